"""Time that does not pass as one thinks: sleep, jumps, summer time, people who leave (B1).

The parts are tested beside their sources (tests/common/test_pulse.py, tests/test_clock_command.py,
tests/meetings/test_ladder.py, tests/meetings/test_delivery.py); here the whole clock runs.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.services import deactivate_contact, set_client_status
from agency import clock as roof
from agency.common.models import Heartbeat, Notification, OutboxMail
from agency.common.sender import send_due
from agency.common.services import queue_mail
from agency.common.services.pulse import measure
from meetings.models import ContactReport
from tests.builders import make_contact, when
from tests.meetings import make

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
FRIDAY, MONDAY = when("2026-11-20 18:00"), when("2026-11-23 08:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


def beat(at):
    """A good beat at that instant, of an earlier start of the machine: it proves no jump."""
    heart = measure(timezone.now())
    heart.at, heart.boot_id = at, "before"
    heart.save()


def run_clock(at):
    lines = list(roof.clock(at))
    assert not [line for line in lines if "FAILED" in line], lines
    return lines


def mails_to(*people):
    rows = OutboxMail.objects.filter(to__in=[person.email for person in people])
    return list(rows.order_by("to", "pk"))


# --- asleep ------------------------------------------------------------------------------------


@pytest.fixture
def asleep(account, ae):
    """A call on Friday at 15:00, its draft waiting; the machine sleeps from 18:00 to Monday."""
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=when("2026-11-20 15:00"))
    beat(FRIDAY - 2 * HOUR)
    make.tick(FRIDAY)
    beat(FRIDAY)
    return draft


@pytest.mark.rule("R17")
def test_a_weekend_asleep_is_told_once_with_the_true_hour(asleep, ae, am, ad):
    run_clock(MONDAY)
    breach = Notification.objects.about(asleep).filter(key__contains=":breach:", is_dropped=False)
    assert {row.due_at for row in breach} == {when("2026-11-21 15:00")}
    assert {str(row.recipient) for row in breach} == {"ae", "am"}
    assert {("ae", "h12"), ("ae", "h20"), ("am", "h20"), ("ad", "h36")} <= make.dropped(asleep)
    assert [mail.to for mail in mails_to(ae, am, ad)] == [ad.email, ae.email, am.email]
    told = Notification.objects.count()
    assert run_clock(MONDAY) == []
    assert (Notification.objects.count(), len(mails_to(ae, am, ad))) == (told, 3)


def test_what_was_worth_something_on_saturday_only_is_not_sent_on_monday(asleep, smtp):
    saturday = when("2026-11-21 10:00")
    mail = queue_mail(
        key="old", to="ae@agency.example", subject="x", text="x", at=FRIDAY, valid_until=saturday
    )
    send_due(now=lambda: MONDAY)
    mail.refresh_from_db()
    assert (mail.state, smtp.to("ae@agency.example")) == ("void", [])


@pytest.mark.rule("R21")
def test_silence_while_we_slept_is_no_consent_before_its_true_hour(account, ae):
    client, contact = account
    report = make.delivered(client, contact, ae, at=FRIDAY, ended_at=when("2026-11-20 15:00"))
    beat(FRIDAY)
    run_clock(when("2026-11-24 18:00"))
    report.refresh_from_db()
    assert report.state == "issued"  # 48 working hours after Friday 18:00, and we were away


# --- set wrong ---------------------------------------------------------------------------------


@pytest.fixture
def running(account, ae):
    """A draft that is due in 23 hours from now, and a clock that has beaten."""
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=timezone.now() - HOUR)
    list(roof.tick())
    return draft


def told_of(report):
    """Every notice of the row, but for the machine's own to the admin."""
    return sorted(Notification.objects.about(report).values_list("key", "is_dropped"))


@pytest.mark.rule("R17")
@pytest.mark.parametrize("forward", [timedelta(days=1), timedelta(days=3)])
def test_a_clock_set_forward_writes_no_breach(running, forward):
    before = told_of(running)
    list(roof.tick(now=lambda: timezone.now() + forward))
    assert told_of(running) == before
    assert Heartbeat.objects.newest().is_good is False
    list(roof.tick())
    assert told_of(running) == before
    running.refresh_from_db()
    assert running.next_notice_at == running.clock_from + 12 * HOUR


@pytest.mark.rule("R21")
def test_a_clock_set_forward_takes_no_silence_for_consent(account, ae):
    client, contact = account
    now = timezone.now()
    report = make.delivered(client, contact, ae, at=now, ended_at=now - HOUR)
    list(roof.tick())
    list(roof.tick(now=lambda: timezone.now() + timedelta(days=7)))
    report.refresh_from_db()
    assert (report.state, report.returned_at) == ("issued", None)


@pytest.mark.rule("R17")
def test_a_clock_set_back_repeats_nothing(running):
    list(roof.clock(timezone.now() - 2 * HOUR))  # what was told at that hour, maybe yesterday's
    before, mails = told_of(running), OutboxMail.objects.count()
    for back in (2 * HOUR, HOUR, 0 * HOUR):
        list(roof.tick(now=lambda back=back: timezone.now() - back))
    assert (told_of(running), OutboxMail.objects.count()) == (before, mails)
    goods = Heartbeat.objects.order_by("pk").values_list("is_good", flat=True)
    assert list(goods) == [True, False, False, True]


# --- summer time -------------------------------------------------------------------------------


@pytest.fixture
def berlin(ae, am, ad):
    return make.make_account(ae, am, ad, code="YL", timezone="Europe/Berlin")


@pytest.mark.rule("R17")
@pytest.mark.parametrize(
    ("ended", "due"),
    [
        ("2026-03-28 16:00", "2026-03-29 17:00"),  # a day of 23 hours
        ("2026-10-24 16:00", "2026-10-25 15:00"),  # a day of 25 hours
        ("2026-10-25 16:00", "2026-10-26 16:00"),
    ],
)
def test_the_24_hours_are_elapsed_hours(berlin, ae, ended, due):
    client, contact = berlin
    report = make.log(client, contact, ae, ended_at=when(ended, BERLIN))
    assert report.due_at == when(due, BERLIN)
    make.tick(report.due_at)
    assert "breach" not in {slot for _who, slot in make.told(report)}
    make.tick(report.due_at + timedelta(seconds=1))
    assert "breach" in {slot for _who, slot in make.told(report)}


@pytest.mark.rule("R21")
def test_the_return_is_due_at_the_same_local_hour_after_the_change(berlin, ae):
    client, contact = berlin
    handed = when("2026-10-23 11:05", BERLIN)  # Friday before the change
    report = make.delivered(client, contact, ae, at=handed, ended_at=handed - HOUR)
    assert report.return_due_at == when("2026-10-27 11:05", BERLIN)


@pytest.mark.rule("R17")
def test_the_daily_escalation_keeps_the_local_morning(berlin, ae, ad):
    client, contact = berlin
    report = make.log(client, contact, ae, ended_at=when("2026-10-22 10:00", BERLIN))
    make.tick(when("2026-10-24 10:00", BERLIN))
    report.refresh_from_db()
    assert report.next_notice_at == when("2026-10-26 09:00", BERLIN)  # Monday, in winter time


# --- people and clients that rest --------------------------------------------------------------


@pytest.mark.rule("R20", "R41")
def test_a_contact_who_left_while_the_mail_was_queued_gets_nothing(account, ae, am, smtp):
    client, contact = account
    other = make_contact(client, gets_reports=True)
    report = make.issued(client, contact, ae)
    deactivate_contact(contact=contact, by=ae, at=make.END)
    send_due(now=lambda: make.END)
    assert (smtp.to(contact.email), len(smtp.to(other.email))) == ([], 1)
    mail = make.mails(report, contact).get()
    assert (mail.state, mail.server_reply) == ("void", "contact inactive")
    make.tick(make.END + timedelta(minutes=1))
    told = make.told(report, "not_delivered")
    assert {who for who, _slot in told} == {"ae", "am"}


@pytest.mark.rule("R92")
def test_a_client_at_rest_still_gets_the_report_that_is_owed(account, ae, am, smtp):
    """Only what begins anew stops: a meeting that was held keeps its 24 hours."""
    client, contact = account
    sent = make.issued(client, contact, ae)
    owed = make.log(client, contact, ae)
    reason = "The season is over at last."
    set_client_status(client=client, status="resting", reason=reason, by=am, at=make.END)
    send_due(now=lambda: make.END)
    assert len(smtp.to(contact.email)) == 1
    make.tick(owed.due_at + timedelta(seconds=1))
    assert ("ae", "breach") in make.told(owed)
    found = ContactReport.objects.visible_to(ae).values_list("pk", flat=True)
    assert set(found) == {sent.pk, owed.pk}
