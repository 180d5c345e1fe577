from datetime import time, timedelta

import pytest
from django.utils.translation import gettext_lazy as _

from agency.common.models import Notification, OutboxMail
from agency.common.services import drop, notify, void_waiting
from agency.common.services.notify import digesting, quiet_until, send_digest
from tests.builders import make_user, when

AT = when("2026-11-20 11:00")
NIGHT = when("2026-11-19 23:37")
MORNING = when("2026-11-20 07:30")
KEY = "report_due:report:12:h12"
Level = Notification.Level


def tell(recipients, subject, key=KEY, at=AT, **fields):
    words = {"kind": "report_due", "label": "Report due by 11:37", "path": "/meetings/12/"}
    return notify(key=key, recipients=recipients, subject=subject, at=at, **{**words, **fields})


def test_a_notice_and_its_mail(ae):
    [notice] = tell([ae], ae, level=Level.REMIND, client_code="GI", due_at=when("2026-11-20 11:37"))
    assert (notice.recipient, notice.label, notice.level) == (ae, "Report due by 11:37", "remind")
    assert (notice.subject_type, notice.subject_id) == ("accounts.user", ae.pk)
    mail = notice.mail
    assert (mail.to, mail.subject, mail.kind) == (ae.email, "Report due by 11:37", "internal")
    assert mail.key == notice.key == f"{KEY}:{ae.pk}"
    assert mail.next_try_at == AT
    assert "http://testserver/meetings/12/" in mail.text
    assert "due 2026-11-20 11:37" in mail.text


@pytest.mark.rule("R18")
def test_the_same_key_tells_nobody_twice(ae, am):
    assert len(tell([ae], ae)) == 1
    assert [notice.recipient for notice in tell([ae, am, am], ae)] == [am]
    assert OutboxMail.objects.count() == 2


def test_in_app_only(ae):
    [notice] = tell([ae], ae, mail=False)
    assert notice.mail is None
    assert OutboxMail.objects.count() == 0


@pytest.mark.rule("R92")
def test_who_has_left_is_replaced_by_the_successor_or_nobody(ae, am):
    gone = make_user(is_active=False, successor=make_user(is_active=False, successor=am))
    alone = make_user(is_active=False)
    assert [notice.recipient for notice in tell([gone, alone, am], ae)] == [am]


def test_each_person_reads_their_own_language(ae):
    chinese = make_user(language="zh")
    notices = tell([ae, chinese], ae, label=_("English"))
    assert [notice.label for notice in notices] == ["English", "英文"]


def test_a_name_with_line_breaks_stays_one_line(ae):
    [notice] = tell([ae], ae, label="a\r\nBcc: b@c.example")
    assert notice.label == notice.mail.subject == "a Bcc: b@c.example"


def test_words_in_a_plain_mail_are_not_escaped(ae):
    [notice] = tell([ae], ae, label='P&G <"new">')
    assert 'P&G <"new">' in notice.mail.text


# --- the night ---------------------------------------------------------------------------------


@pytest.mark.rule("R18")
def test_e1_a_reminder_in_the_night_is_mailed_in_the_morning(ae):
    [notice] = tell([ae], ae, at=NIGHT, level=Level.REMIND)
    assert (notice.created_at, notice.mail.next_try_at) == (NIGHT, MORNING)


@pytest.mark.parametrize("level", [Level.BREACH, Level.ESCALATION, Level.INFO])
def test_what_is_late_never_waits(ae, level):
    [notice] = tell([ae], ae, at=NIGHT, level=level)
    assert notice.mail.next_try_at == NIGHT


def test_the_night_is_that_of_the_client(ae):
    [notice] = tell([ae], ae, at=NIGHT, level=Level.REMIND, zone="Europe/Berlin")
    assert notice.mail.next_try_at == NIGHT


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-19 21:59:59", None),
        ("2026-11-19 22:00", "2026-11-20 07:30"),
        ("2026-11-20 00:00", "2026-11-20 07:30"),
        ("2026-11-20 07:29:59", "2026-11-20 07:30"),
        ("2026-11-20 07:30", None),
    ],
)
def test_edges_of_the_night(at, until):
    assert quiet_until(when(at), (time(22), time(7, 30))) == (when(until) if until else None)


def test_a_night_within_one_day():
    siesta = (time(13), time(15))
    assert quiet_until(when("2026-11-20 14:00"), siesta) == when("2026-11-20 15:00")
    assert quiet_until(when("2026-11-20 12:00"), siesta) is None


# --- ladders -----------------------------------------------------------------------------------


@pytest.mark.rule("R18")
def test_only_the_highest_slot_is_told_and_the_lower_never_come(ae):
    lower = ["report_due:report:12:due", "report_due:report:12:h12"]
    [notice] = tell([ae], ae, key="report_due:report:12:h20", lower_keys=lower)
    assert tell([ae], ae, key=lower[1]) == []
    assert list(Notification.objects.of(ae)) == [notice]
    assert Notification.objects.filter(is_dropped=True).count() == 2
    assert OutboxMail.objects.count() == 1


def test_a_slot_already_told_is_not_made_dropped(ae):
    tell([ae], ae, key="k:due")
    tell([ae], ae, key="k:h12", lower_keys=["k:due"])
    assert Notification.objects.of(ae).count() == 2


def test_a_dropped_slot_never_comes(ae):
    [slot] = drop(slots=[(KEY, [ae], "x")], kind="x", subject=ae, at=AT)
    assert slot.is_dropped
    assert tell([ae], ae) == []


@pytest.mark.rule("R18")
def test_when_the_ladder_stops_its_waiting_mails_are_void(ae):
    [notice] = tell([ae], ae, at=NIGHT, level=Level.REMIND)
    assert void_waiting(key_prefix="report_due:report:12:", reason="issued", at=NIGHT) == 1
    notice.mail.refresh_from_db()
    assert notice.mail.state == OutboxMail.State.VOID


# --- after a standstill ------------------------------------------------------------------------


def test_one_mail_a_person_after_a_standstill(ae, am):
    with digesting(True):
        for number in range(3):
            tell([ae], ae, key=f"k{number}", label=f"Notice {number}", level=Level.BREACH)
        tell([am], ae, key="k9")
    assert OutboxMail.objects.count() == 0
    mail = send_digest(ae, AT)
    assert (mail.to, mail.subject, mail.next_try_at) == (ae.email, "3 notices", AT)
    assert all(f"Notice {number}" in mail.text for number in range(3))
    assert set(Notification.objects.of(ae).values_list("mail", flat=True)) == {mail.pk}
    assert send_digest(ae, AT) is None
    assert send_digest(am, AT).subject == "1 notice"


def test_a_digest_of_reminders_waits_for_the_morning(ae):
    with digesting(True):
        tell([ae], ae, level=Level.REMIND, at=NIGHT)
    assert send_digest(ae, NIGHT).next_try_at == MORNING


def test_a_ladder_that_stopped_is_not_in_the_digest(ae):
    with digesting(True):
        tell([ae], ae)
    void_waiting(key_prefix=KEY, reason="issued", at=AT)
    assert send_digest(ae, AT + timedelta(minutes=1)) is None


def test_the_lists_of_a_person(ae, am):
    read, unread = tell([ae], ae, key="a")[0], tell([ae], ae, key="b")[0]
    tell([am], ae, key="c")
    Notification.objects.filter(pk=read.pk).update(read_at=AT)
    assert list(Notification.objects.of(ae).unread()) == [unread]
    assert Notification.objects.about(ae).count() == 3
