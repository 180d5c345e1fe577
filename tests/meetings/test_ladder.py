"""Who is told when a report is not there (domain.md 5.2, 5.5)."""

from datetime import date

import pytest

from agency.common.context import remembering
from agency.common.models import Heartbeat, Notification, OutboxMail
from agency.common.services.pulse import judged
from meetings import services, tasks
from meetings.services import ladder
from tests.builders import make_contact, make_stand_in, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R17")]
END = when("2026-11-19 11:37")  # Thursday


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def report(account, ae):
    client, contact = account
    return make.log(client, contact, ae, END)


def level_of(report, slot):
    rows = Notification.objects.about(report).filter(key__contains=f":{slot}:")
    return {(str(row.recipient), row.level) for row in rows.filter(is_dropped=False)}


def climb(report, *times):
    for time in times:
        make.tick(when(time))


def test_the_whole_ladder_runs_up_to_the_gad(report):
    gad = report.client.group.head
    climb(report, "2026-11-19 23:37", "2026-11-20 07:37", "2026-11-20 11:38", "2026-11-20 23:37")
    assert level_of(report, "h36") == {("ad", "escalation")}
    climb(report, "2026-11-21 11:37")  # a Saturday: the hour ladder never moves
    assert level_of(report, "d") == {("ad", "escalation"), (str(gad), "escalation")}
    climb(report, "2026-11-22 12:00", "2026-11-23 08:59:59")
    assert Notification.objects.about(report).filter(key__contains=":d:").count() == 2
    climb(report, "2026-11-23 09:00", "2026-11-24 09:00")
    assert Notification.objects.about(report).filter(key__contains=":d:").count() == 6


def test_daily_escalation_skips_holidays(account, ae):
    client, contact = account
    report = make.log(client, contact, ae, when("2026-09-22 15:00"))
    climb(report, "2026-09-24 15:00", "2026-09-25 09:00", "2026-09-27 09:00")
    days = Notification.objects.about(report).filter(
        key__contains=":d:2026-09-2", recipient__role="ad"
    )
    assert [row.key.split(":d:")[1][:10] for row in days] == ["2026-09-24"]
    climb(report, "2026-09-28 09:00")
    assert days.all().count() == 2


def test_escalation_names_the_am(report):
    climb(report, "2026-11-20 11:38", "2026-11-20 23:37")
    notice = Notification.objects.about(report).get(key__contains=":h36:")
    assert "AM am" in notice.label
    assert notice.due_at == when("2026-11-20 11:37")


def test_working_mode_counts_the_same_hours_in_working_time(account, ae):
    client, contact = account
    client.report_clock = "working"
    client.save()
    report = make.log(client, contact, ae, when("2026-11-20 16:30"))
    make.tick(when("2026-11-22 23:59"))
    assert make.told(report) == {("ae", "due")}
    make.tick(when("2026-11-23 04:30"))
    assert make.told(report) == {("ae", "due"), ("ae", "h12")}
    assert report.due_at == when("2026-11-23 16:30")


def test_reminder_mail_waits_for_the_morning_breach_never(account, ae):
    client, contact = account
    report = make.log(client, contact, ae, when("2026-11-19 02:30"))
    make.tick(when("2026-11-19 22:30"))
    reminder = Notification.objects.about(report).get(recipient=ae, key__contains=":h20:")
    assert reminder.mail.next_try_at == when("2026-11-20 07:30")
    make.tick(when("2026-11-20 02:31"))
    breach = Notification.objects.about(report).get(recipient=ae, key__contains=":breach:")
    assert breach.mail.next_try_at == when("2026-11-20 02:31")


def test_the_first_notice_is_in_the_page_only(report, ae):
    notice = Notification.objects.about(report).get(recipient=ae)
    assert (notice.level, notice.mail, notice.due_at) == ("info", None, report.due_at)


def test_without_am_the_ad_takes_the_slot(ae, ad):
    client, contact = make.make_account(ae, ad)
    report = make.log(client, contact, ae, END)
    make.tick(when("2026-11-20 07:37"))
    assert make.told(report) == {("ae", "due"), ("ae", "h20"), ("ad", "h20")}


def test_who_holds_two_posts_is_told_once(am, ad):
    client, contact = make.make_account(am, ad)
    report = make.log(client, contact, am, END)
    make.tick(when("2026-11-20 11:38"))
    breaches = Notification.objects.about(report).filter(key__contains=":breach:")
    assert sorted(str(row.recipient) for row in breaches) == ["ad", "am"]


@pytest.mark.rule("R77")
def test_the_stand_in_is_told_beside_the_absent(report, ae):
    deputy = make_user("deputy")
    make_stand_in(ae, deputy, date(2026, 11, 19), date(2026, 11, 20))
    make.tick(when("2026-11-19 23:37"))
    assert {("ae", "h12"), ("deputy", "h12")} <= make.told(report)


def test_issuing_voids_the_mail_that_waits_for_the_morning(report, ae):
    at = when("2026-11-19 23:40")
    make.tick(at)
    mail = Notification.objects.about(report).get(key__contains=":h12:").mail
    make.send_out(report, ae, at)
    mail.refresh_from_db()
    assert mail.state == OutboxMail.State.VOID
    make.tick(when("2026-11-21 12:00"))
    assert not Notification.objects.about(report).filter(key__contains=":breach:").exists()


def test_a_ladder_stops_its_own_mails_only(account, ae):
    client, contact = account
    first, other = (make.log(client, contact, ae, END) for _ in range(2))
    make.tick(when("2026-11-19 23:40"))
    make.send_out(first, ae, when("2026-11-19 23:41"))
    waiting = Notification.objects.about(other).get(key__contains=":h12:").mail
    assert waiting.state == OutboxMail.State.QUEUED


def test_after_a_standstill_each_person_gets_the_highest_slot(report):
    make.tick(when("2026-11-22 15:00"))
    gad = str(report.client.group.head)
    slots = {("ae", "breach"), ("am", "breach"), ("ad", "d"), (gad, "d")}
    assert make.told(report) == slots | {("ae", "due")}
    breach = Notification.objects.about(report).filter(key__contains=":breach:", is_dropped=False)
    assert {row.due_at for row in breach} == {when("2026-11-20 11:37")}
    assert {("ae", "h12"), ("ae", "h20"), ("am", "h20"), ("ad", "h36")} <= make.dropped(report)


def test_lower_slots_never_come_later(report):
    make.tick(when("2026-11-20 07:37"))
    before = make.told(report)
    make.tick(when("2026-11-19 23:40"))  # the clock was set back
    make.tick(when("2026-11-20 07:38"))
    assert make.told(report) == before


def test_nothing_is_told_twice(report):
    for _round in range(3):
        make.tick(when("2026-11-20 11:38"))
    assert Notification.objects.about(report).filter(key__contains=":breach:").count() == 3


def test_an_untrusted_clock_writes_no_breach(report):
    at = when("2026-11-20 11:38")
    with judged(False):
        make.tick(at)
    assert level_of(report, "breach") == set()
    with judged(True):
        make.tick(at)
    assert len(level_of(report, "breach")) == 3


def test_the_clock_does_not_make_an_open_form_stale(report):
    version = report.row_version
    make.tick(when("2026-11-20 11:38"))
    report.refresh_from_db()
    assert report.row_version == version


def test_next_look_is_the_next_slot(report):
    report.refresh_from_db()
    assert report.next_notice_at == when("2026-11-19 23:37")
    make.tick(when("2026-11-19 23:37"))
    report.refresh_from_db()
    assert report.next_notice_at == when("2026-11-20 07:37")


@pytest.mark.rule("R22")
def test_a_revision_has_the_same_ladder_before_and_after_its_draft(account, ae):
    client, contact = account
    report = make.delivered(client, contact, ae)
    make.object_to(report, contact, when("2026-11-23 17:10"))
    make.tick(when("2026-11-24 05:10"))
    assert ("ae", "h12") in make.told(kind="revision_due")
    draft = services.revise_report(
        report=report, reason="another size was named", by=ae, at=when("2026-11-24 06:00")
    )
    make.tick(when("2026-11-24 06:01"))
    make.tick(when("2026-11-24 17:10:01"))
    slots = [slot for _who, slot in make.told(kind="revision_due")]
    assert (slots.count("h12"), slots.count("breach")) == (1, 3)
    make.send_out(draft, ae, when("2026-11-24 18:00"))
    make.tick(when("2026-11-25 12:00"))
    assert "h36" not in [slot for _who, slot in make.told(kind="revision_due")]


def test_quiet_hours_are_those_of_the_client(ae, am, ad):
    client, _contact = make.make_account(ae, am, ad, timezone="Europe/Berlin")
    contact = make_contact(client)
    report = make.log(client, contact, ae, when("2026-11-19 18:00"))
    make.tick(when("2026-11-20 06:00"))  # 23:00 in Berlin
    notice = Notification.objects.about(report).get(key__contains=":h12:")
    assert notice.mail.next_try_at == when("2026-11-20 14:30")


def test_run_of_an_accepted_report_is_none(account, ae):
    client, contact = account
    report = make.delivered(client, contact, ae)
    make.answer(report, contact, when("2026-11-19 15:00"))
    report.refresh_from_db()
    assert ladder.run_of(report) is None
    assert report.next_notice_at is None
    assert not Heartbeat.objects.exists()


def test_a_breach_among_many_costs_the_same_few_queries(account, ae, django_assert_max_num_queries):
    client, contact = account
    for _number in range(3):
        make.log(client, contact, ae, when("2026-11-19 10:00"))
    at = when("2026-11-20 10:00:01")
    first, *others = tasks.ladders(at)
    with judged(True), remembering():
        ladder.climb(report=first, at=at)
        for report in others:
            # savepoint, lock, notices, mails, their tie, dropped, next look, release
            with django_assert_max_num_queries(8):
                assert len(ladder.climb(report=report, at=at)) == 3
