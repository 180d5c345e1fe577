"""A client's year for tests: jobs signed and billed at given instants, without the verbs."""

from datetime import timedelta
from decimal import Decimal as D

from budgets.models import AnnualBudget
from tests.archives.papers import make_document
from tests.budgets import make
from tests.builders import make_contact, unguarded, when
from tests.jobs.make import make_estimate, make_job, pass_to

YEAR_BEGAN = when("2026-01-05 10:00")
CUTOFF = when("2026-11-01 00:00")


def make_year(client, year=2026, at=YEAR_BEGAN, plan=None, **amounts):
    """The authorised budget, in force since `at`; plan: {category: sum planned to October}."""
    if not client.contacts.exists():
        make_contact(client, can_sign=True)
    budget = make.make_budget(client, year=year, **amounts)
    rewrite(budget, authorised_at=at)
    for category, until_october in (plan or {}).items():
        spread(budget.lines.get(category=category), D(until_october))
    return budget


def make_version(client, version, at, year=2026, **amounts):
    """The next version of the budget, authorised at the instant; the old one gives way to it."""
    for old in client.budgets.filter(year=year, state="authorised"):
        rewrite(old, state="superseded", superseded_at=at)
    budget = AnnualBudget.objects.create(
        client=client, year=year, version=version, currency=client.currency, state="authorised",
        authorised_at=at, authorised_on=at.date(), authorised_by=client.contacts.first(),
        proof=make_document(client),
    )  # fmt: skip
    for category, amount in amounts.items():
        make.make_budget_line(budget, category, D(amount))
    return budget


def spread(line, until_october):
    """Planned in ten equal months and two that take the rest."""
    each = (until_october / 10).quantize(D("0.01"))
    rest = line.amount - each * 10
    months = [each] * 10 + [rest / 2, rest - rest / 2]
    for number, amount in enumerate(months, 1):
        setattr(line, f"m{number:02}", amount)
    line.save()


def job_of(client, state="active", at=YEAR_BEGAN, **fields):
    """A job with a log from `at` on."""
    ae = client.assignments.filter(role="ae").first().user
    job = make_job(client, ae, state, **{"title": "Film", **fields})
    job.logs.create(at=at, from_state="requested", to_state="approved")
    return job


def ends(job, state, at):
    job.logs.create(at=at, from_state=job.state, to_state=state)
    job.state = state
    job.closed_at = at if state == "closed" else None
    job.save()


def signed(job, net, at=YEAR_BEGAN, **fields):
    """An estimate of `net` or a change order that the client signed at the instant."""
    paper = make.make_signed(job, net, **fields)
    dated(paper, at, signed_at=at)
    return paper


def dated(paper, at, **more):
    """All the paper's instants set to `at`."""
    before = at - timedelta(hours=1)
    times = {"created_at": before, "submitted_at": before, "sent_at": before, **more}
    rewrite(paper, **times)


def unsigned(job, net, state, at=YEAR_BEGAN, **fields):
    """An estimate on its way, sent or still inside."""
    net = D(net)
    tax = net * D("0.06")
    paper = make_estimate(job, subtotal=net, net=net, vat=tax, total=net + tax, **fields)
    pass_to(paper, state)
    names = [name for name in ("submitted_at", "sent_at") if getattr(paper, name)]
    rewrite(paper, created_at=at, **dict.fromkeys(names, at))
    return paper


def rewrite(row, **fields):
    """Past the triggers that keep what was submitted or issued: only the dates of the story."""
    with unguarded():
        type(row)._base_manager.filter(pk=row.pk).update(**fields)


def billed(job, net, on, **fields):
    """An invoice of `net`, or a credit note below 0, that bears the day."""
    if D(net) < 0:
        fields = {"kind": "credit", "credits": job.invoices.first(), **fields}
    row = make.make_invoice(job, net, state="issued", **fields)
    rewrite(row, issued_on=on, issued_at=when(f"{on} 12:00"))
    return row


def plan_signed(job, at, lines):
    """A media plan signed at the instant; lines are (month, price)."""
    rows = [{"month": month, "unit_gross": D(price)} for month, price in lines]
    plan = make.sign_plan(make.make_plan(job, rows))
    dated(plan, at, signed_at=at)
    return plan
