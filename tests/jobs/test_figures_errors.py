"""Jobs in figures: errors by kind, estimates that came late (6.8, R59, R84)."""

from datetime import date, timedelta

import pytest

from jobs.models import Job
from jobs.reports import figures
from tests.builders import make_client, when
from tests.jobs import desk, make
from tests.jobs.make import D

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MONDAY = when("2026-11-16 00:00")
START, END = when("2026-11-01 00:00"), when("2026-12-01 00:00")


@pytest.fixture
def account(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


def note(job, kind="price", day=16, amount=None):
    return job.error_notes.create(
        kind=kind, found_on=date(2026, 11, day), text="A zero too many", amount=amount
    )


def errors(user, first=1, last=30, client=None):
    rows = figures.errors(user, date(2026, 11, first), date(2026, 11, last), client)
    return {kind: (count, amount) for kind, _label, count, amount in rows}


@pytest.mark.rule("R59")
def test_errors_are_counted_and_added_by_kind(job, am):
    note(job, amount=D("90.00"))
    note(job, amount=D("-12.50"))
    note(job, "date")
    note(job, "sum", amount=D("7.00"))
    note(job, "sum")
    assert errors(am) == {
        "sum": (2, D("7.00")), "price": (2, D("77.50")), "date": (1, None)
    }  # fmt: skip


@pytest.mark.rule("R59")
def test_kinds_stand_in_their_own_order_with_their_words(job, am):
    for kind in ("other", "omission", "proof"):
        note(job, kind)
    rows = figures.errors(am, date(2026, 11, 1), date(2026, 11, 30))
    assert [(kind, str(label)) for kind, label, _count, _amount in rows] == [
        ("omission", "Omission"), ("proof", "Proofreading"), ("other", "Other")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "count"), [(16, 16, 1), (1, 15, 0), (17, 30, 0), (1, 30, 1)]
)
def test_both_days_of_the_span_count(job, am, first, last, count):
    note(job)
    assert len(errors(am, first, last)) == count


def test_errors_are_of_ones_own_clients(job, ae, am, other_ae):
    note(job)
    assert errors(other_ae) == {}
    assert errors(am, client=make_client(team=[ae, am])) == {}
    assert errors(am, client=job.client) == {"price": (1, None)}


@pytest.mark.rule("R84")
@pytest.mark.parametrize(
    ("submitted", "late"),
    [
        (None, True),
        (MONDAY - HOUR, False),
        (MONDAY, False),
        (MONDAY + timedelta(seconds=1), True),
    ],
)
def test_estimate_is_late_when_it_came_after_its_hour(account, ae, am, submitted, late):
    job = make.make_job(account, ae, estimate_due_at=MONDAY)
    if submitted:
        desk.walked(job, submitted)
    assert figures.late_estimates(am, START, END) == ({ae.pk: 1} if late else {})


@pytest.mark.rule("R84")
def test_late_jobs_are_as_many_as_the_figure(account, ae, am):
    jobs = [make.make_job(account, ae, estimate_due_at=MONDAY + hours * HOUR) for hours in range(3)]
    assert set(figures.late_jobs(Job.objects.visible_to(am), START, END)) == set(jobs)
    assert figures.late_estimates(am, START, END) == {ae.pk: 3}


@pytest.mark.parametrize(
    ("kind", "due", "count"),
    [
        ("production", MONDAY, 1),
        ("production", START, 1),
        ("production", END, 0),
        ("production", None, 0),
        ("media", MONDAY, 0),
        ("fee", MONDAY, 0),
    ],
)
def test_only_production_due_in_the_span_can_be_late(account, ae, am, kind, due, count):
    make.make_job(account, ae, kind=kind, estimate_due_at=due)
    assert figures.late_jobs(Job.objects.visible_to(am), START, END).count() == count


def test_late_jobs_of_others_are_not_seen(account, ae, other_ae):
    make.make_job(account, ae, estimate_due_at=MONDAY)
    assert figures.late_estimates(other_ae, START, END) == {}
