"""Delivered, not delivered, silent: what the clock makes of an issued report (R20, R21, Z4)."""

from datetime import timedelta

import pytest

from agency.common.errors import Refused
from agency.common.models import Heartbeat, Notification
from agency.common.services.pulse import judged
from archives.models import Dispatch
from meetings import services
from meetings.models import ContactReport
from tests.builders import make_client, make_contact, when
from tests.meetings import make

pytestmark = pytest.mark.django_db
END = make.END


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def report(account, ae):
    client, contact = account
    return make.issued(client, contact, ae)


def tick(report, *times):
    for time in times:
        make.tick(when(time))
    report.refresh_from_db()


@pytest.mark.rule("R20")
def test_the_48_hours_run_from_the_handing_over(report, account):
    _client, contact = account
    tick(report, "2026-11-19 11:40")
    assert (report.delivered_at, report.next_notice_at) == (None, None)
    make.hand_over(report, contact, when("2026-11-19 11:41:07"))
    tick(report, "2026-11-19 11:45")
    assert report.delivered_at == when("2026-11-19 11:41:07")
    assert report.return_due_at == when("2026-11-23 11:41:07")


@pytest.mark.rule("R20")
def test_not_handed_over_after_15_minutes_is_told_once(report):
    tick(report, "2026-11-19 11:52")
    assert report.undelivered_at is None
    tick(report, "2026-11-19 11:52:01", "2026-11-19 11:53")
    assert report.undelivered_at == when("2026-11-19 11:52:01")
    told = make.told(report, "not_delivered")
    assert {who for who, _slot in told} == {"ae", "am"}
    assert len(told) == 2


@pytest.mark.rule("R20")
@pytest.mark.parametrize("state", ["failed", "bounced", "void"])
def test_a_mail_that_ended_otherwise_is_told_at_once(report, account, state):
    _client, contact = account
    make.set_mail(report, contact, state)
    tick(report, "2026-11-19 11:38")
    assert report.undelivered_at == when("2026-11-19 11:38")
    # Of what failed or came back the archives tell; nobody hears of it twice.
    told = {who for who, _slot in make.told(report, "not_delivered")}
    assert told == ({"ae", "am"} if state == "void" else set())


@pytest.mark.rule("R20")
def test_arriving_late_starts_the_clock_after_all(report, account):
    _client, contact = account
    tick(report, "2026-11-19 12:00")
    make.hand_over(report, contact, when("2026-11-19 12:10"))
    tick(report, "2026-11-19 12:11")
    assert (report.undelivered_at, report.delivered_at) == (None, when("2026-11-19 12:10"))


@pytest.mark.rule("R20")
def test_a_bounce_stops_the_clock(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    tick(report, "2026-11-19 11:38")
    make.set_mail(report, contact, "bounced")
    tick(report, "2026-11-19 11:50", "2026-11-24 12:00")
    assert (report.state, report.delivered_at, report.return_due_at) == ("issued", None, None)
    assert report.undelivered_at == when("2026-11-19 11:50")


@pytest.mark.rule("R20")
def test_sent_again_to_a_corrected_address(report, account, ae):
    _client, contact = account
    make.set_mail(report, contact, "bounced")
    tick(report, "2026-11-19 11:50")
    contact.email = "right@client.example"
    contact.save()
    at = when("2026-11-19 12:00")
    services.send_again(report=report, contact=contact, by=ae, at=at)
    assert make.mails(report, contact).last().to == "right@client.example"
    make.mails(report, contact).filter(state="queued").update(state="handed", handed_at=at)
    tick(report, "2026-11-19 12:01")
    assert (report.delivered_at, report.undelivered_at) == (at, None)


def test_nothing_is_sent_again_while_the_first_is_on_its_way(report, account, ae):
    client, contact = account
    for person in (contact, make_contact(client)):
        with pytest.raises(Refused):
            services.send_again(report=report, contact=person, by=ae, at=END)
    assert make.mails(report, contact).count() == 1


@pytest.mark.rule("R21")
def test_reminder_after_24_working_hours_then_deemed_accepted(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    tick(report, "2026-11-19 11:38", "2026-11-20 11:36:59")
    assert make.mails(report, contact).count() == 1
    tick(report, "2026-11-20 11:37", "2026-11-20 11:38")
    reminder = Dispatch.objects.get(purpose="reminder")
    assert (reminder.contact, reminder.link.purpose) == (contact, "return")
    tick(report, "2026-11-23 11:36:59")
    assert report.state == "issued"
    tick(report, "2026-11-23 11:37")
    assert (report.state, report.returned_at) == ("deemed_accepted", when("2026-11-23 11:37"))
    assert {who for who, _slot in make.told(report, "deemed")} == {"ae"}
    assert Dispatch.objects.filter(purpose="reminder").count() == 1


@pytest.mark.rule("R21")
def test_after_a_standstill_deemed_with_the_true_instant_and_no_reminder(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    tick(report, "2026-11-19 11:38", "2026-11-26 09:00")
    assert (report.state, report.returned_at) == ("deemed_accepted", when("2026-11-23 11:37"))
    assert not Dispatch.objects.filter(purpose="reminder").exists()


@pytest.mark.rule("R21")
def test_downtime_of_over_an_hour_extends_the_period(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    tick(report, "2026-11-19 11:38", "2026-11-20 11:37")
    start = when("2026-11-19 11:30")
    rows = [start + timedelta(minutes=30 * n) for n in range(400)]
    is_down = (when("2026-11-20 12:00"), when("2026-11-20 15:00"))
    Heartbeat.objects.bulk_create(
        Heartbeat(at=at, host="one", boot_s=0, db_gap_s=0)
        for at in rows
        if not is_down[0] < at < is_down[1]
    )
    tick(report, "2026-11-23 11:37")
    assert report.state == "issued"
    tick(report, "2026-11-23 14:36:59")
    assert report.state == "issued"
    tick(report, "2026-11-23 14:37")
    assert (report.state, report.returned_at) == ("deemed_accepted", when("2026-11-23 14:37"))


def test_an_untrusted_clock_takes_no_silence_for_a_yes(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    tick(report, "2026-11-19 11:38")
    with judged(False):
        tick(report, "2026-11-23 12:00")
    assert report.state == "issued"
    with judged(True):
        tick(report, "2026-11-23 12:01")
    assert report.state == "deemed_accepted"


def test_an_answer_stops_reminder_and_silence(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    tick(report, "2026-11-19 11:38")
    make.answer(report, contact, when("2026-11-19 12:00"))
    tick(report, "2026-11-20 11:37", "2026-11-24 12:00")
    assert report.state == "accepted"
    assert not Dispatch.objects.filter(purpose="reminder").exists()


def test_an_inactive_returner_gets_no_reminder(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    contact.is_active = False
    contact.save()
    tick(report, "2026-11-19 11:38", "2026-11-20 11:37")
    assert not Dispatch.objects.filter(purpose="reminder").exists()


def test_an_answer_takes_back_the_reminder_that_waits(report, account):
    _client, contact = account
    make.hand_over(report, contact, END)
    tick(report, "2026-11-19 11:38", "2026-11-20 11:37")
    make.answer(report, contact, when("2026-11-20 11:37:30"))
    assert Dispatch.objects.get(purpose="reminder").mail.state == "void"


@pytest.fixture
def handed(ae):
    """A report handed over by fax to a returner without an address."""
    client = make_client(team=[ae])
    contact = make_contact(client, email="")
    data = make.typed(contact, channel="fax")
    return make.issued(client, contact, ae, data=data, at=make.END)


@pytest.mark.rule("R21")
def test_a_returner_without_an_address_is_phoned_by_the_ae(handed, ae):
    due = handed.delivered_at + timedelta(days=1)
    make.tick(due - timedelta(seconds=1))
    assert make.told(handed, "report_return") == set()
    make.tick(due)
    make.tick(due + timedelta(minutes=1))
    notice = Notification.objects.about(handed).get(kind="report_return")
    assert (notice.recipient, notice.level) == (ae, "remind")
    assert notice.label == f"Phone {handed.returner} for the return of {handed}"


@pytest.mark.rule("R21")
def test_nobody_is_phoned_for_a_report_that_came_back(handed, ae):
    at = handed.delivered_at + timedelta(hours=3)
    ContactReport.objects.filter(pk=handed.pk).update(
        state="accepted", returned_at=at, next_notice_at=None
    )
    make.tick(handed.delivered_at + timedelta(days=1))
    assert make.told(handed, "report_return") == set()
