"""Jobs in figures: lead times, waiting, first-time passes, errors, lateness (6.8, R84)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from agency.common.models import CalendarDay
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


# --- the two numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "median", "p90"),
    [
        ([], None, None),
        ([5], D("5.0"), D("5.0")),
        ([8, 2], D("5.0"), D("8.0")),
        ([1, 9, 2], D("2.0"), D("9.0")),
        ([4, 1, 3, 2], D("2.5"), D("4.0")),
        (range(1, 10), D("5.0"), D("9.0")),
        (range(1, 11), D("5.5"), D("9.0")),
        (range(1, 12), D("6.0"), D("10.0")),
        (range(1, 21), D("10.5"), D("18.0")),
        (range(1, 22), D("11.0"), D("19.0")),
        ([3] * 7, D("3.0"), D("3.0")),
    ],
)
def test_median_is_the_middle_and_p90_the_nearest_rank(spans, median, p90):
    found = [hours * HOUR for hours in spans]
    assert figures.median(found) == median
    assert figures.percentile(found) == p90


@pytest.mark.parametrize(
    ("share", "hours"), [("0.1", 1), ("0.11", 2), ("0.5", 5), ("0.51", 6), ("0.95", 10), ("1", 10)]
)
def test_percentile_is_value_number_share_of_n_rounded_up(share, hours):
    found = [number * HOUR for number in range(10, 0, -1)]
    assert figures.percentile(found, Decimal(share)) == hours


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0.0"), (2, "0.0"), (3, "0.1"), (9, "0.2"), (60, "1.0"), (95, "1.6")]
)
def test_hours_are_rounded_half_up_to_a_tenth(minutes, shown):
    assert str(figures.hours(timedelta(minutes=minutes))) == shown


# --- lead times ----------------------------------------------------------------------------------


def test_nothing_signed_is_no_figure_and_not_zero(account, am):
    assert leads(am) == dict.fromkeys(figures.STEPS, (0, None, None))


def test_each_step_counts_from_the_end_of_the_one_before(account, ae, am):
    signed(account, ae, MONDAY + 9 * HOUR)
    assert leads(am) == {
        "all": (1, D("10.0"), D("10.0")),
        "manager": (1, D("1.0"), D("1.0")),
        "director": (1, D("2.0"), D("2.0")),
        "sending": (1, D("3.0"), D("3.0")),
        "client": (1, D("4.0"), D("4.0")),
    }


def test_labels_of_the_steps_are_in_the_order_of_the_chain(am):
    labels = [str(row.label) for row in figures.lead_times(am, START, END)]
    assert labels == [
        "From submission to signature",
        "Account manager",
        "Director's office",
        "Sending",
        "Client",
    ]


def test_of_several_the_median_and_nine_of_ten(account, ae, am):
    for hours in (2, 30, 6, 4):
        signed(account, ae, MONDAY, manager=hours)
    found = leads(am)
    assert found["manager"] == (4, D("5.0"), D("30.0"))
    assert found["all"] == (4, D("14.0"), D("39.0"))
    assert found["client"] == (4, D("4.0"), D("4.0"))


def test_weekend_is_no_working_time(account, ae, am):
    """Friday 18:00 submitted, the manager on Monday 06:00: six hours of Friday, six of Monday."""
    signed(account, ae, MONDAY - 54 * HOUR, manager=60)
    assert leads(am)["manager"] == (1, D("12.0"), D("12.0"))


def test_agency_s_own_holiday_is_no_working_time(account, ae, am):
    CalendarDay.objects.create(day=date(2026, 11, 17), is_working=False, name="outing")
    signed(account, ae, MONDAY + 12 * HOUR, manager=48)
    assert leads(am)["manager"] == (1, D("24.0"), D("24.0"))


def test_working_days_are_those_of_the_client(ae, am):
    """Saturday morning in Shanghai is Friday evening in Berlin."""
    berlin = make_client(team=[ae, am], timezone="Europe/Berlin")
    signed(berlin, ae, when("2026-11-21 05:00"), manager=1)
    assert leads(am)["manager"] == (1, D("1.0"), D("1.0"))


def test_second_director_belongs_to_the_directors_office(account, ae, am):
    moments = [MONDAY + hours * HOUR for hours in (0, 1, 3, 9, 10)]
    estimate = make.make_estimate(make.make_job(account, ae))
    estimate.approvals.create(
        step="director2", decision="approved", by=make_user(role="gad"), at=MONDAY + 8 * HOUR,
        data_sha256=make.SHA,
    )  # fmt: skip
    desk.walk(estimate, *moments)
    found = leads(am)
    assert found["director"] == (1, D("7.0"), D("7.0"))
    assert found["sending"] == (1, D("1.0"), D("1.0"))


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-11-16 10:00", "2026-11-16 10:01", 1),
        ("2026-11-16 10:01", "2026-11-17 00:00", 0),
        ("2026-11-16 00:00", "2026-11-16 10:00", 0),
        ("2026-11-01 00:00", "2026-12-01 00:00", 1),
    ],
)
def test_span_is_that_of_the_signature_its_end_left_out(account, ae, am, start, end, count):
    signed(account, ae, MONDAY)
    assert leads(am, when(start), when(end))["all"][0] == count


def test_figures_are_of_one_client_where_asked(account, ae, am):
    other = make_client(team=[ae, am])
    signed(account, ae, MONDAY)
    signed(other, ae, MONDAY, manager=5)
    assert leads(am)["all"][0] == 2
    assert leads(am, client=other)["manager"] == (1, D("5.0"), D("5.0"))


@pytest.mark.parametrize(("role", "count"), [("ae", 0), ("department", 0), ("management", 1)])
def test_figures_hold_only_what_one_may_see(account, ae, role, count):
    signed(account, ae, MONDAY)
    assert leads(make_user(role=role))["all"][0] == count


def test_unsigned_estimates_have_no_lead_time(account, ae, am):
    for steps in range(5):
        desk.walked(make.make_job(account, ae), *[MONDAY] * steps)
    assert leads(am)["all"] == (0, None, None)


def test_estimates_behind_the_figure_are_as_many(account, ae, am):
    rows = [signed(account, ae, MONDAY + number * HOUR) for number in range(3)]
    assert set(figures.signed(am, START, END)) == set(rows)
    assert leads(am)["all"][0] == 3


def test_lead_times_cost_the_same_queries_however_many(
    account, ae, am, django_assert_max_num_queries
):
    for number in range(4):
        signed(account, ae, MONDAY + number * HOUR)
    with django_assert_max_num_queries(6):
        figures.lead_times(am, START, END)


# --- waiting -------------------------------------------------------------------------------------


def waiting(user, **more):
    rows = figures.waiting(user, MONDAY + 100 * HOUR, **more)
    return {row.state: (row.count, row.since) for row in rows if row.count}


@pytest.mark.parametrize(
    ("steps", "state"), [(1, "submitted"), (2, "manager_ok"), (3, "approved"), (4, "sent")]
)
def test_estimate_waits_since_its_last_step(account, ae, am, steps, state):
    moments = [MONDAY + number * HOUR for number in range(steps)]
    desk.walked(make.make_job(account, ae), *moments)
    assert waiting(am) == {state: (1, moments[-1])}


@pytest.mark.parametrize("steps", [0, 5])
def test_draft_and_signed_estimates_do_not_wait(account, ae, am, steps):
    desk.walked(make.make_job(account, ae), *[MONDAY] * steps)
    assert waiting(am) == {}


def test_of_several_the_oldest_is_told(account, ae, am):
    for hours in (7, 3, 5):
        desk.walked(make.make_job(account, ae), MONDAY + hours * HOUR)
    assert waiting(am) == {"submitted": (3, MONDAY + 3 * HOUR)}


def test_every_step_has_its_row_even_when_nothing_waits(am):
    rows = figures.waiting(am, MONDAY)
    assert [(row.state, row.count, row.since) for row in rows] == [
        (state, 0, None) for state in figures.WAITS
    ]
    assert str(rows[0].label) == "With the account manager"


def test_waiting_is_of_ones_own_clients(account, ae, am, other_ae):
    desk.walked(make.make_job(account, ae), MONDAY)
    other = make_client(team=[ae, am])
    assert waiting(other_ae) == {}
    assert waiting(am, client=other) == {}
    assert waiting(am, client=account) == {"submitted": (1, MONDAY)}


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


# --- errors --------------------------------------------------------------------------------------


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


# --- late estimates ------------------------------------------------------------------------------


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
    assert set(figures.late_jobs(am, START, END)) == set(jobs)
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
    assert figures.late_jobs(am, START, END).count() == count


def test_late_jobs_of_others_are_not_seen(account, ae, other_ae):
    make.make_job(account, ae, estimate_due_at=MONDAY)
    assert figures.late_estimates(other_ae, START, END) == {}
