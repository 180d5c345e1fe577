"""Jobs in figures: lead times, waiting, first-time passes (6.8)."""

from datetime import date, timedelta

import pytest

from agency.common.models import CalendarDay
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
