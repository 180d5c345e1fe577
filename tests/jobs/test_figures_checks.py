"""Figures of checks, errors and late estimates (6.8)."""

from datetime import timedelta

import pytest

from jobs.models import OutgoingCheck
from jobs.reports import figures
from tests.builders import make_client, make_user, when
from tests.jobs import desk, make
from tests.jobs.make import D

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MONDAY = when("2026-11-16 00:00")
START, END = when("2026-11-01 00:00"), when("2026-12-01 00:00")


@pytest.fixture
def account(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


def signed(account, ae, submitted, manager=1, director=2, sending=3, client=4):
    """Signed after so many hours at each step, one after the other."""
    moments = [submitted]
    for hours in (manager, director, sending, client):
        moments.append(moments[-1] + hours * HOUR)
    return desk.walked(make.make_job(account, ae), *moments)


def leads(user, start=START, end=END, client=None):
    rows = figures.lead_times(user, start, end, client)
    return {row.step: (row.count, row.median, row.p90) for row in rows}


# --- first-time passes ----------------------------------------------------------------------------


def check(job, state, author, checker=None, at=MONDAY, **fields):
    return make.make_check(
        job, state, author=author, checker=checker or make_user(role="am"), checked_at=at, **fields
    )


def passes(user, by="author", start=START, end=END, **more):
    rows = figures.first_passes(user, start, end, by, **more)
    return {row.person.username: (row.looked, row.passed, row.rate) for row in rows}


@pytest.fixture
def job(account, ae):
    return make.make_job(account, ae, state="active")


@pytest.mark.rule("R73")
def test_first_looks_are_counted_by_author(job, ae, am):
    for state in ("passed", "passed", "passed", "failed"):
        check(job, state, ae)
    check(job, "failed", am)
    assert passes(am) == {"ae": (4, 3, D("0.75")), "am": (1, 0, D("0"))}


@pytest.mark.rule("R73")
def test_and_by_checker(job, ae, am, ad):
    check(job, "passed", ae, am)
    check(job, "failed", ae, am)
    check(job, "passed", ae, ad)
    assert passes(am, "checker") == {"am": (2, 1, D("0.5")), "ad": (1, 1, D("1"))}


@pytest.mark.rule("R73")
def test_second_look_at_a_failed_thing_is_not_counted(job, ae, am):
    failed = check(job, "failed", ae)
    check(job, "passed", ae, follows=failed)
    assert passes(am) == {"ae": (1, 0, D("0"))}


def test_open_check_is_not_counted(job, ae, am):
    make.make_check(job, author=ae)
    assert passes(am) == {}


@pytest.mark.parametrize(
    ("start", "end", "found"), [(MONDAY, END, True), (START, MONDAY, False), (START, END, True)]
)
def test_check_belongs_to_the_span_in_which_it_ended(job, ae, am, start, end, found):
    check(job, "passed", ae)
    assert bool(passes(am, start=start, end=end)) is found


def test_passes_are_of_one_client_where_asked(job, ae, am, other_ae):
    check(job, "passed", ae)
    other = make_client(team=[ae, am])
    assert passes(am, client=other) == {}
    assert passes(am, client=job.client) == {"ae": (1, 1, D("1"))}
    assert passes(other_ae) == {}


def test_people_stand_in_the_order_of_their_names(job, am):
    names = ["zhou", "an", "lin"]
    for name in names:
        check(job, "passed", make_user(username=name))
    assert list(passes(am)) == sorted(names)


def test_person_nobody_looked_at_has_no_rate(ae):
    assert figures.Pass(ae, 0, 0).rate is None


@pytest.mark.parametrize("by", ["author", "checker"])
def test_list_behind_a_pass_holds_exactly_that_many(job, ae, am, ad, by):
    for state, person in (("passed", am), ("failed", am), ("passed", ad)):
        check(job, state, ae, person)
    rows = figures.first_passes(am, START, END, by)
    for row in rows:
        behind = OutgoingCheck.objects.first_looks().filter(**{by: row.person})
        assert (row.looked, row.passed) == (behind.count(), behind.passed().count())


@pytest.mark.rule("R84")
def test_failed_checks_are_counted_by_author(job, ae, am, other_ae):
    for author in (ae, ae, am):
        check(job, "failed", author)
    check(job, "passed", ae)
    check(job, "failed", ae, at=END)
    assert figures.failed_checks(am, START, END) == {ae.pk: 2, am.pk: 1}
    assert figures.failed_checks(other_ae, START, END) == {}
