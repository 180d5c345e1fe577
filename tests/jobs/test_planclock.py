"""What the clock says of steps: late ones, client duties, receipts; once, never when done."""

from datetime import date, timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import Notification
from archives.models import Dispatch
from jobs.models import Milestone
from jobs.services.milestones import see_timeline, tick_milestone
from jobs.services.publishing import publish_timeline
from jobs.services.timeline import draft_timeline
from jobs.tasks.timeline import STEPS
from tests.builders import make_client, make_contact, make_stand_in, make_user, when
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db
DUTY = date(2026, 11, 26)  # the example of 5.4: a Thursday


@pytest.fixture
def job(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae)


@pytest.fixture
def contact(job):
    return make_contact(job.client)


def plan(job, ae, at=NOW, **row):
    draft = make.make_timeline(job, state="draft", rows=[row])
    return publish_timeline(timeline=draft, by=ae, at=at)


def duty(job, ae, contact, **row):
    facts = {"owner": "client", "contact": contact, "client_visible": True, "due_on": DUTY}
    return plan(job, ae, **{"name": "Samples", **facts, **row})


def tick(text):
    at = when(text)
    return [line for each in STEPS for line in run_step(each, at)]


def told(kind):
    rows = Notification.objects.filter(kind=kind, is_dropped=False).order_by("pk")
    return [row.key.split(":")[4] for row in rows]


def letters(contact):
    rows = Dispatch.objects.filter(contact=contact, purpose="reminder").order_by("pk")
    return [row.key.split(":")[4] for row in rows]


def each_day(start, days, clock="09:00"):
    for number in range(days):
        tick(f"{start + timedelta(days=number)} {clock}")


@pytest.mark.rule("R64")
def test_a_client_duty_two_working_days_before_and_on_the_day(job, ae, contact):
    duty(job, ae, contact)
    tick("2026-11-24 08:59")
    assert letters(contact) == told("client_duty") == []
    each_day(date(2026, 11, 24), 3)
    assert letters(contact) == told("client_duty") == ["2026-11-24", "2026-11-26"]
    (sent, _day) = Dispatch.objects.filter(purpose="reminder").order_by("pk")
    assert sent.link.purpose == "timeline"
    assert "Samples" in sent.mail.text


@pytest.mark.rule("R65")
def test_an_overdue_duty_the_ae_daily_the_client_every_second_working_day(job, ae, contact):
    duty(job, ae, contact)
    each_day(date(2026, 11, 27), 8)
    # Fri 27, Mon 30, Tue 1, Wed 2, Thu 3, Fri 4; no Saturday, no Sunday
    assert told("client_duty") == [
        "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04",
    ]  # fmt: skip
    assert letters(contact) == ["2026-11-30", "2026-12-02", "2026-12-04"]


def test_a_duty_due_on_a_day_off_is_reminded_on_the_working_day_before(job, ae, contact):
    duty(job, ae, contact, due_on=date(2026, 11, 28))
    each_day(date(2026, 11, 24), 5)
    assert letters(contact) == ["2026-11-25", "2026-11-27"]


@pytest.mark.rule("R65")
def test_a_late_step_tells_the_ae_each_working_morning(job, ae, am):
    plan(job, ae, name="Sketch", owner="creative", due_on=date(2026, 11, 26))
    each_day(date(2026, 11, 26), 5)
    assert told("milestone_late") == ["2026-11-27", "2026-11-30"]
    rows = Notification.objects.filter(kind="milestone_late")
    assert {row.recipient for row in rows} == {ae}
    assert "Late: Sketch" in rows.first().label


def test_over_national_day_it_waits_for_the_first_working_day(job, ae):
    job.due_on = date(2027, 3, 1)
    job.save()
    plan(job, ae, name="Print", due_on=date(2026, 9, 30), at=when("2026-09-01 10:00"))
    each_day(date(2026, 10, 1), 9)
    # 1–7 October are off
    assert told("milestone_late") == ["2026-10-08", "2026-10-09"]


def test_the_same_morning_is_told_once(job, ae, contact):
    duty(job, ae, contact)
    for clock in ("09:00", "09:01", "17:00"):
        tick(f"2026-11-24 {clock}")
    assert letters(contact) == told("client_duty") == ["2026-11-24"]


def test_after_a_standstill_only_the_last_slot(job, ae, contact):
    duty(job, ae, contact)
    tick("2026-11-30 11:30")
    assert letters(contact) == told("client_duty") == ["2026-11-30"]


@pytest.mark.rule("R65")
def test_it_stops_when_done(job, ae, contact):
    current = duty(job, ae, contact)
    row = current.milestones.get()
    tick_milestone(milestone=row, by=ae, at=NOW, done_on=NOW.date())
    each_day(date(2026, 11, 24), 6)
    assert letters(contact) == told("client_duty") == []


def test_it_stops_when_the_job_ends(job, ae, contact):
    duty(job, ae, contact)
    job.state, job.delivered_at = "delivered", NOW
    job.save()
    each_day(date(2026, 11, 24), 6)
    assert letters(contact) == []


def test_a_new_version_does_not_remind_again_of_the_same_morning(job, ae, contact):
    duty(job, ae, contact)
    tick("2026-11-24 09:00")
    draft = draft_timeline(job=job, by=ae, at=when("2026-11-24 10:00"))
    draft.reason = "A second step was added"
    draft.save()
    publish_timeline(timeline=draft, by=ae, at=when("2026-11-24 10:00"))
    tick("2026-11-24 10:01")
    tick("2026-11-26 09:00")
    assert letters(contact) == ["2026-11-24", "2026-11-26"]


def test_a_contact_without_an_address_is_left_to_the_ae(job, ae, contact):
    duty(job, ae, contact)
    contact.email = ""
    contact.save()
    tick("2026-11-24 09:00")
    assert (letters(contact), told("client_duty")) == ([], ["2026-11-24"])


def test_the_stand_in_of_the_ae_is_told_too(job, ae):
    plan(job, ae, name="Sketch", due_on=date(2026, 11, 26))
    deputy = make_user(role="ae")
    make_stand_in(ae, deputy, date(2026, 11, 27), date(2026, 11, 27))
    tick("2026-11-27 09:00")
    rows = Notification.objects.filter(kind="milestone_late")
    assert {row.recipient for row in rows} == {ae, deputy}


def test_in_another_zone_nine_is_the_clients_nine(ae, am, ad):
    client = make_client("BE", team=[ae, am, ad], timezone="Europe/Berlin")
    job = make.make_job(client, ae)
    row = plan(job, ae, name="Sketch", due_on=date(2026, 11, 26)).milestones.get()
    assert row.next_notice_at == when("2026-11-27 16:00")


def test_the_clocks_note_makes_no_open_form_stale(job, ae):
    row = plan(job, ae, name="Sketch", due_on=date(2026, 11, 26)).milestones.get()
    tick("2026-11-27 09:00")
    after = Milestone.objects.get(pk=row.pk)
    assert after.row_version == row.row_version
    assert after.next_notice_at == when("2026-11-30 09:00")


# --- receipts -----------------------------------------------------------------------------------


@pytest.mark.rule("R66")
def test_a_missing_receipt_is_told_to_the_ae_after_one_working_day_once(job, ae, am, ad, contact):
    current = duty(job, ae, contact, due_on=date(2026, 12, 18))  # published Thu 19 Nov 14:00
    see_timeline(timeline=current, by=ad, at=NOW)
    tick("2026-11-20 13:59")
    assert not Notification.objects.filter(kind="receipt_missing").exists()
    tick("2026-11-20 14:00")
    tick("2026-11-20 14:01")
    notice = Notification.objects.get(kind="receipt_missing")
    assert notice.recipient == ae
    assert str(am) in notice.label
    assert str(contact) in notice.label
    assert str(ad) not in notice.label.replace(str(job), "")


@pytest.mark.rule("R66")
def test_a_receipt_waits_over_the_weekend(job, ae, contact):
    draft = make.make_timeline(job, state="draft", rows=[{"name": "Sketch"}])
    publish_timeline(timeline=draft, by=ae, at=when("2026-11-20 16:00"))
    tick("2026-11-23 15:59")
    assert not Notification.objects.filter(kind="receipt_missing").exists()
    tick("2026-11-23 16:00")
    assert Notification.objects.filter(kind="receipt_missing").count() == 1


def test_receipts_of_an_old_version_are_not_missed(job, ae, contact):
    duty(job, ae, contact)
    draft = draft_timeline(job=job, by=ae, at=NOW)
    draft.reason = "The client asked for it"
    draft.save()
    second = publish_timeline(timeline=draft, by=ae, at=NOW)
    tick("2026-11-20 14:00")
    notice = Notification.objects.get(kind="receipt_missing")
    assert notice.subject_id == second.pk
