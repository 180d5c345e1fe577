"""A media job and its plan for tests: the worked example of 6.2 through the verbs."""

from datetime import date
from decimal import Decimal as D

from budgets.services import plan as service
from budgets.services import plan_lines
from budgets.services.plan_lines import VALUES
from tests.archives.papers import make_document
from tests.budgets.make import make_media_line, make_plan, pass_plan_to
from tests.builders import assign, make_client, make_user
from tests.jobs import make as jobs
from tests.jobs.make import NOW

MONTH = date(2026, 11, 1)
LINE = {"medium": "tv", "vehicle": "东方卫视", "month": MONTH, "runs": 1, "unit_gross": D("1000")}
EXAMPLE = (
    {"medium": "tv", "vehicle": "东方卫视 30″", "runs": 20, "unit_gross": D("18000.00"),
     "discount_rate": D("0.45")},
    {"medium": "newspaper", "vehicle": "新民晚报", "runs": 4, "unit_gross": D("86500.00"),
     "discount_rate": D("0.325")},
    {"medium": "radio", "vehicle": "上海交通广播", "runs": 90, "unit_gross": D("1280.50"),
     "discount_rate": D("0.5")},
)  # fmt: skip


def media_job(ae=None, team=(), **fields):
    """An approved media job with its brief in force, on which media has work."""
    ae = ae or make_user()
    job = jobs.make_job(make_client(team=[ae, *team]), ae, kind="media", **fields)
    jobs.confirm(jobs.make_brief(job), "media")
    return job


def draft_of(job, *lines, **head):
    """A draft through the verbs; `lines` are what differs from LINE."""
    plan = service.create_plan(job=job, by=job.ae, at=NOW, **head)
    for line in lines:
        add(plan, **line)
    plan.refresh_from_db()
    return plan


def add(plan, by=None, line=None, row_version=None, form_key=None, **data):
    return plan_lines.save_line(
        plan=plan, line=line, by=by or plan.author, at=NOW, row_version=row_version,
        form_key=form_key, data=data if line else {**LINE, **data},
    )  # fmt: skip


def worker(job, department="media"):
    """A person of the department, on the client."""
    user = make_user(role="department", department=department)
    assign(job.client, user)
    return user


def signed_plan(job=None, *lines):
    """A signed plan with one booked line of November unless others are given."""
    plan = pass_plan_to(draft_of(job or media_job(), *(lines or ({},))), "signed")
    plan.lines.update(booked_on=NOW.date())
    return plan


def proof_of(plan, **fields):
    return make_document(plan.client, kind="clipping", **fields)


def next_version(plan, **changes):
    """A draft of the next version with the same threads; `changes`: of its first line."""
    draft = make_plan(
        plan.job, number=plan.number, revision=plan.revision + 1, supersedes=plan,
        brief=plan.brief,
    )  # fmt: skip
    for line in plan.lines.all():
        given = {name: getattr(line, name) for name in VALUES}
        row = make_media_line(draft, line.position, **{**given, **changes})
        row.thread = line.thread
        row.save()
        changes = {}
    return draft
