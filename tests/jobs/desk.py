"""A job at work and what its pages answer, for the tests of orders, checks, closing and figures."""

from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.builders import assign, make_client, make_user
from tests.jobs import make
from tests.jobs.make import D
from tests.meetings.pages import text_of

STALE = {"row_version": "99"}
LINES = ({"text": "Printing", "cost": D("1000.00")}, {"text": "Paper", "cost": D("500.00")})


def ready_job(ae, am, **fields):
    """An approved job on which planning and creative work may start."""
    client = make_client("LM", team=[ae, am])
    job = make.make_job(client, ae, risk_note="The agency bears it till then", **fields)
    brief = make.make_brief(job)
    for department in ("creative", "production"):
        make.confirm(brief, department)
    make.make_brief(job, kind="creative")
    make.make_timeline(job)
    return job


def sign(job):
    """1,500.00 of cost signed by the client: production may start."""
    return make.pass_to(make.make_estimate(job, LINES, cost=D("1500.00")), "signed")


def worker(job, department="creative", **fields):
    """A person of the department, on the client."""
    user = make_user(role="department", department=department, **fields)
    assign(job.client, user)
    return user


def address(name, row):
    return reverse(f"jobs:{name}", args=[row.pk])


def listed(page, name, **asked):
    """The rows that a list shows under these filters."""
    answer = page.get(reverse(f"jobs:{name}"), asked)
    assert answer.status_code == 200
    return set(answer.context["rows"])


def sheet_of(answer):
    """The cells of a downloaded sheet, without its heading row."""
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    rows = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    return list(rows)[1:]


def refused(answer, *words):
    """The form came back: nothing was done, and each reason stands on it."""
    assert answer.status_code == 422
    shown = text_of(answer)
    assert [word for word in words if word not in shown] == []


def is_stale(answer, row, state):
    """409, and the row is what it was."""
    assert answer.status_code == 409
    row.refresh_from_db()
    assert row.state == state


def in_days(number):
    """The day so many days from today, as a form types it."""
    return f"{timezone.localdate() + timedelta(days=number)}"


WAY = ("submitted", "manager_ok", "approved", "sent", "signed")
APPROVERS = {"manager_ok": "manager", "approved": "director"}


def walked(job, *moments, **fields):
    """An estimate that took the steps of WAY at these instants; fewer instants, shorter way."""
    return walk(make.make_estimate(job, **fields), *moments)


def walk(estimate, *moments):
    for state, at in zip(WAY, moments, strict=False):
        if state in APPROVERS:
            approve(estimate, APPROVERS[state], at)
        else:
            make._STEPS[state](estimate, None, None, None)
            setattr(estimate, f"{state}_at", at)
        estimate.state = state
        estimate.save()
    return estimate


def approve(estimate, step, at):
    return estimate.approvals.create(
        step=step, decision="approved", by=make_user(role="am"), at=at, data_sha256=make.SHA
    )
