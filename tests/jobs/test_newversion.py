"""A slip that the client sees is a new version to it the same day: duty, notice, note (R65)."""

from datetime import date

import pytest

from agency.common.clock import run_step
from agency.common.models import Notification
from jobs.reports import awaiting
from jobs.services.milestones import tick_milestone
from jobs.services.publishing import publish_timeline
from jobs.services.timeline import draft_timeline
from jobs.tasks.timeline import STEPS
from tests.builders import assign, make_client, make_stand_in, make_user, when
from tests.jobs import make
from tests.jobs.desk import address
from tests.jobs.make import DUE, NOW
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R65")]
TODAY = NOW.date()  # Thursday 19 November
LATER = date(2026, 12, 8)
BUTTON = "Publish a new version of the timeline"
WHY = "The studio has no free day"


@pytest.fixture
def job(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae, state="active")


@pytest.fixture
def plan(job, ae):
    rows = [
        {"name": "Proof", "client_visible": True, "owner": "creative", "due_on": date(2026, 12, 4)},
        {"name": "Sketch", "owner": "creative", "due_on": date(2026, 12, 1)},
        {"name": "Delivery", "client_visible": True, "due_on": DUE},
    ]
    draft = make.make_timeline(job, state="draft", rows=rows)
    return publish_timeline(timeline=draft, by=ae, at=NOW)


def slip(plan, by, name="Proof", at=NOW, forecast_on=LATER, **fields):
    facts = {"slip_cause": "agency", "forecast_on": forecast_on, **fields}
    return tick_milestone(milestone=plan.milestones.get(name=name), by=by, at=at, **facts)


def republish(job, ae, at=NOW, **moved):
    """The next version; `moved`: the new day of a step by its name."""
    draft = draft_timeline(job=job, by=ae, at=at)
    draft.reason = WHY
    draft.save()
    for name, day in moved.items():
        draft.milestones.filter(name=name).update(due_on=day)
    return publish_timeline(timeline=draft, by=ae, at=at)


def owed(user, at=NOW):
    return [(duty.due_on, duty.url) for duty in awaiting(user, at) if duty.button == BUTTON]


def tick(text):
    at = when(text)
    return [line for each in STEPS for line in run_step(each, at) if "new version" in line]


def told():
    rows = Notification.objects.filter(kind="version_missing", is_dropped=False)
    return [row.recipient for row in rows.order_by("recipient_id")]


# --- the duty -----------------------------------------------------------------------------------


def test_a_slip_that_the_client_sees_is_a_duty_of_the_ae_for_the_same_day(plan, ae, am):
    assert owed(ae) == []
    slip(plan, ae)
    assert owed(ae) == [(TODAY, plan.get_absolute_url())]
    assert owed(am) == []


@pytest.mark.parametrize(
    ("name", "forecast_on"),
    [
        ("Sketch", LATER),
        ("Proof", date(2026, 12, 4)),
        ("Proof", date(2026, 12, 3)),
        ("Proof", None),
    ],
)
def test_what_the_client_does_not_see_or_what_does_not_slip_is_none(plan, ae, name, forecast_on):
    slip(plan, ae, name, forecast_on=forecast_on)
    assert owed(ae) == []


def test_one_day_later_is_a_slip(plan, ae):
    slip(plan, ae, forecast_on=date(2026, 12, 5))
    assert len(owed(ae)) == 1


def test_the_department_says_so_and_the_ae_owes_it(plan, job, ae):
    artist = make_user(role="department", department="creative")
    assign(job.client, artist)
    slip(plan, artist)
    assert len(owed(ae)) == 1
    assert owed(artist) == []


def test_a_stand_in_owes_it_and_a_foreign_ae_does_not(plan, ae, other_ae):
    deputy = make_user(role="ae")
    make_stand_in(ae, deputy, TODAY, TODAY)
    make_client(team=[other_ae])
    slip(plan, ae)
    assert len(owed(deputy)) == 1
    assert owed(other_ae) == []


def test_taken_back_or_done_it_is_owed_no_more(plan, ae):
    slip(plan, ae)
    slip(plan, ae, forecast_on=None)
    assert owed(ae) == []
    slip(plan, ae)
    slip(plan, ae, forecast_on=None, done_on=TODAY)
    assert owed(ae) == []


def test_a_second_slip_on_a_later_day_moves_no_deadline(plan, ae):
    slip(plan, ae)
    slip(plan, ae, "Delivery", at=when("2026-11-20 10:00"), forecast_on=date(2026, 12, 22))
    assert owed(ae) == [(TODAY, plan.get_absolute_url())]


def test_the_new_version_with_the_new_day_ends_it(plan, job, ae):
    slip(plan, ae)
    republish(job, ae, Proof=LATER)
    assert owed(ae) == []


def test_a_new_version_with_the_old_day_leaves_it_owed_since_then(plan, job, ae):
    slip(plan, ae)
    second = republish(job, ae, at=when("2026-11-20 10:00"), Sketch=date(2026, 11, 30))
    assert owed(ae) == [(TODAY, second.get_absolute_url())]


def test_a_day_later_than_said_before_is_a_slip_of_the_new_version(plan, job, ae):
    slip(plan, ae)
    second = republish(job, ae, Proof=LATER)
    slip(second, ae, at=when("2026-11-23 10:00"), forecast_on=date(2026, 12, 9))
    assert owed(ae) == [(date(2026, 11, 23), second.get_absolute_url())]


@pytest.mark.parametrize("change", [{"state": "delivered"}, {"archived_at": NOW}])
def test_no_job_at_work_no_duty_and_no_notice(plan, job, ae, change):
    slip(plan, ae)
    type(job).objects.filter(pk=job.pk).update(**change)
    assert owed(ae) == []
    assert tick("2026-11-20 00:00") == []


# --- the notice ---------------------------------------------------------------------------------


def test_when_the_day_ends_without_it_ae_and_am_are_told_once(plan, ae, am):
    slip(plan, ae)
    assert tick("2026-11-19 23:59:59") == []
    assert len(tick("2026-11-20 00:00:00")) == 1
    assert tick("2026-11-20 00:01") == tick("2026-11-23 09:00") == []
    assert set(told()) == {ae, am}
    notice = Notification.objects.filter(kind="version_missing").first()
    assert (notice.level, "Proof" in notice.label) == ("breach", True)
    assert notice.path == plan.get_absolute_url()
    assert "Sketch" not in notice.label


@pytest.mark.parametrize(
    ("said_at", "due_on", "told_at"),
    [
        ("2026-11-19 23:59:59", TODAY, "2026-11-20 00:00"),
        ("2026-11-20 00:00:00", date(2026, 11, 20), "2026-11-21 00:00"),
    ],
)
def test_the_day_is_that_of_the_slip(plan, ae, said_at, due_on, told_at):
    slip(plan, ae, at=when(said_at))
    assert owed(ae, when(said_at)) == [(due_on, plan.get_absolute_url())]
    assert tick(f"{due_on} 23:59:59") == []
    assert len(tick(told_at)) == 1


def test_published_before_midnight_nobody_is_told(plan, job, ae):
    slip(plan, ae)
    republish(job, ae, at=when("2026-11-19 23:59:59"), Proof=LATER)
    assert tick("2026-11-20 00:00") == []
    assert told() == []


def test_what_was_told_is_not_told_again_of_the_next_version(plan, job, ae):
    slip(plan, ae)
    tick("2026-11-20 00:00")
    republish(job, ae, at=when("2026-11-20 10:00"), Sketch=date(2026, 11, 30))
    assert tick("2026-11-21 00:00") == []


def test_slipping_anew_after_it_was_taken_back_is_told_anew(plan, ae):
    slip(plan, ae)
    tick("2026-11-20 00:00")
    slip(plan, ae, forecast_on=None, at=when("2026-11-20 09:00"))
    slip(plan, ae, at=when("2026-11-20 10:00"))
    assert tick("2026-11-20 23:59:59") == []
    assert len(tick("2026-11-21 00:00")) == 1
    assert len(told()) == 4


def test_without_the_clock_for_days_it_is_told_once(plan, ae):
    slip(plan, ae)
    assert len(tick("2026-11-26 15:00")) == 1
    assert len(told()) == 2


def test_in_another_zone_the_day_ends_at_the_clients_midnight(ae, am, ad):
    client = make_client("BE", team=[ae, am, ad], timezone="Europe/Berlin")
    job = make.make_job(client, ae, state="active")
    row = {"name": "Proof", "client_visible": True, "due_on": date(2026, 12, 4)}
    plan = make.make_timeline(job, rows=[row])
    slip(plan, ae, at=when("2026-11-20 06:59:59"))  # 23:59:59 of the 19th in Berlin
    assert tick("2026-11-20 06:59:59") == []
    assert len(tick("2026-11-20 07:00")) == 1


def test_the_slip_makes_no_open_form_stale(plan, ae):
    version = plan.row_version
    slip(plan, ae)
    plan.refresh_from_db()
    assert plan.row_version == version


# --- the page -----------------------------------------------------------------------------------


def test_the_page_says_so_with_the_button(plan, job, ae, sign_in):
    page = sign_in(ae)
    assert BUTTON not in text_of(page.get(plan.get_absolute_url()))
    slip(plan, ae)
    words = text_of(page.get(plan.get_absolute_url()))
    assert "The client still has the old dates: the new version is due on" in words
    assert "Proof: 4 Dec" in words
    assert f'href="{address("timeline_create", job)}">{BUTTON}' in page.get(
        plan.get_absolute_url()
    ).content.decode().replace('class="btn" ', "")


def test_the_clients_face_and_who_does_not_publish_read_nothing_of_it(plan, ae, sign_in):
    slip(plan, ae)
    face = sign_in(ae).get(plan.get_absolute_url(), {"face": "client"})
    other = sign_in(make_user(role="management")).get(plan.get_absolute_url())
    for page in (face, other):
        assert page.status_code == 200
        assert "old dates" not in text_of(page)
