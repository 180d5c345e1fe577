"""What grows on the pages of jobs, for the count of questions (tests/test_queries.py)."""

from datetime import timedelta

from django.urls import reverse

from jobs.models import ReviewNote
from tests.archives.papers import make_document
from tests.builders import make_user
from tests.jobs import desk, make
from tests.jobs.make import D

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SIZES = (1, 3, 50)
AT_WORK = {"state": "active", "estimate_due_at": make.NOW}


def job(world, number):
    """One job at work, and one more of everything that stands on its page."""
    if not number:
        begin(world)
    row = world.job
    papers(world, number)
    work(world, number)
    row.logs.create(at=world.now, from_state="active", to_state="delivered", by=world.am)
    row.questions.create(text="Logo?", asked_by=world.ae, answerer=world.am, due_on=world.today)
    row.questions.create(
        text="Size?", asked_by=world.am, contact=world.contact, due_on=world.today - DAY
    )
    make.make_deliverable(row, f"Poster {number}")


def begin(world):
    """A job with brief, plan in force and signed estimate; and drafts of the next ones."""
    world.job = make.make_job(world.client, world.ae, approved_by=world.am, **AT_WORK)
    world.brief = make.make_brief(world.job)
    for department in ("creative", "production"):
        make.confirm(world.brief, department)
    world.plan = make.make_timeline(world.job)
    world.next_plan = make.make_timeline(world.job, "draft", reason="A day was lost")
    world.signed = desk.sign(world.job)
    world.draft = make.make_estimate(make.make_job(world.client, world.ae, **AT_WORK))
    world.next_brief = make.make_brief(world.draft.job, state="draft", version=2)


def papers(world, number):
    """One more fact, step, line, version and filed paper."""
    for brief in (world.brief, world.next_brief):
        brief.facts.create(name=f"Logo {number}", due_on=world.today, from_user=world.am)
        brief.facts.create(name=f"Text {number}", due_on=world.today, from_contact=world.contact)
        brief.comments.create(by=world.am, at=world.now, text="Well thought")
    for plan in (world.plan, world.next_plan):
        steps(world, plan, number)
    line(world.draft, number)
    if number + 1 in SIZES:
        handed_in(world, number + 1)
    make.make_estimate(
        world.job, change=number + 1, revision=0, scope_answer="asked", brief_changed=True
    )
    paper = make_document(world.client, content=f"%PDF-1.7 job {number} %%EOF".encode())
    paper.job_numbers.create(job_number=world.job.number)


def steps(world, plan, number):
    """A step of each owner that is late, done, the client's."""
    place = {"due_on": world.today - DAY, "first_due_on": world.today - DAY}
    row = plan.milestones.create(name="Proof", position=9 * number + 1, user=world.ae, **place)
    plan.milestones.create(
        name="Samples", position=9 * number + 2, owner="client", client_visible=True,
        contact=world.contact, slip_cause="client", **place,
    )  # fmt: skip
    plan.milestones.create(
        name="Print", position=9 * number + 3, owner="supplier", done_on=row.due_on,
        supplier=make.make_supplier(f"Print {number} {plan.pk}"), **place,
    )  # fmt: skip
    plan.receipts.create(user=make_user(role="ae"), sent_at=world.now)


def line(estimate, number):
    """A dear line of the draft, of its own supplier, with his quote."""
    supplier = make.make_supplier(f"Lantern {number} {estimate.pk}")
    row = make.make_line(
        estimate, f"Photo {number}", position=number + 1, group=f"Part {number}",
        cost=D("9000.00"), price=D("9900.00"), supplier=supplier,
    )  # fmt: skip
    row.quotes.create(supplier=supplier, amount=D("9000.00"), on=make.DUE)


def handed_in(world, size):
    """An estimate with the manager and one that was signed, of so many lines."""
    for name, state in (("submitted", "submitted"), ("agreed", "signed")):
        estimate = make.make_estimate(make.make_job(world.client, world.ae, **AT_WORK))
        for number in range(size):
            line(estimate, number)
        setattr(world, name, make.pass_to(estimate, state, world.am, world.ad))


def work(world, number):
    """One more order, cost, check, rating and note."""
    row = world.job
    supplier = make.make_supplier(f"House {number}")
    make.make_order(row)
    order = make.make_order(row, "supplier", supplier=supplier)
    for line in (world.signed.lines.last(), None):
        row.costs.create(
            supplier=supplier, start_order=order, line=line, on=world.today, amount=D("10.00")
        )
    make.make_check(row, checker=world.am)
    row.ratings.create(by=make_user(role="department"), department="creative", stars=5)
    ReviewNote.objects.create(job=row, by=world.ad, kind="creative", text="Strong", on=world.today)


def month(world, number):
    """One more job with all that the figures count: signed, waiting, checked, late, in error."""
    client = world.client
    late = {**AT_WORK, "estimate_due_at": world.now - DAY}
    row = make.make_job(client, world.ae, title=f"Poster {number}", **late)
    moments = [world.now - (9 - step) * HOUR for step in range(5)]
    desk.walked(row, *moments)
    desk.walked(make.make_job(client, make_user(role="ae"), **late), *moments[: number % 4 + 1])
    for author in (world.ae, make_user(role="ae")):
        make.make_check(
            row, "failed", author=author, checker=make_user(role="am"), checked_at=world.now - HOUR
        )
    kind = ("price", "date", "sum")[number % 3]
    row.error_notes.create(kind=kind, found_on=world.today, text="Wrong", amount=D("10.00"))
    steps(world, make.make_timeline(row), number)


def of(name, row):
    return lambda world: reverse(f"jobs:{name}", args=[getattr(world, row).pk])


def at(name):
    return lambda _world: reverse(f"jobs:{name}")


def face(world):
    return f"{reverse('jobs:timeline_detail', args=[world.plan.pk])}?face=client"


JOB = {
    "job": of("job_detail", "job"),
    "brief": of("brief_detail", "brief"),
    "draft of a brief": of("brief_detail", "next_brief"),
    "brief's form": of("brief_update", "next_brief"),
    "estimate with the manager": of("estimate_detail", "submitted"),
    "signed estimate": of("estimate_detail", "agreed"),
    "estimate's draft": of("estimate_update", "draft"),
    "timeline": of("timeline_detail", "plan"),
    "timeline's client face": face,
    "timeline's draft": of("timeline_detail", "next_plan"),
    "timeline's form": of("timeline_update", "next_plan"),
}
MONTH = {
    "jobs": at("job_list"),
    "board": at("job_board"),
    "estimates": at("estimate_list"),
    "orders": at("order_list"),
    "checks": at("check_list"),
    "errors": at("error_list"),
    "figures": at("figures"),
    "steps": at("step_list"),
}
GROWTHS = {
    "job": (job, {"ae": JOB, "am": JOB}),
    "jobs": (month, {"ae": MONTH, "am": MONTH, "ad": MONTH}),
}
