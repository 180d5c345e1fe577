from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy

from agency.common.errors import Refused
from agency.common.models import AuditEntry, Instance, OutboxMail
from agency.common.services import (
    mail_again,
    mail_arrived,
    mail_bounced,
    queue_mail,
    resume_mail,
    void_waiting,
)
from agency.common.services.outbox import source_text, void_mails
from tests.builders import when

AT = when("2026-11-20 11:00")
LATER = AT + timedelta(hours=2)
State = OutboxMail.State


def queue(key="report:1:r1:7", **fields):
    defaults = {"to": "chen@client.example", "subject": "会晤报告", "text": "…", "at": AT}
    return queue_mail(key=key, **{**defaults, **fields})


def ended(state, **fields):
    mail = queue()
    OutboxMail.objects.filter(pk=mail.pk).update(state=state, **fields)
    return mail


@pytest.mark.rule("R20")
def test_a_key_is_queued_once_and_the_second_says_so(db):
    mail = queue(attachments=[{"name": "报告.pdf", "sha256": "0" * 64}])
    assert queue(subject="another") is None
    stored = OutboxMail.objects.get()
    assert (stored.pk, stored.subject, stored.state) == (mail.pk, "会晤报告", State.QUEUED)
    assert stored.attachments == [{"name": "报告.pdf", "sha256": "0" * 64}]
    assert (stored.next_try_at, stored.created_at) == (AT, AT)


def test_a_used_key_does_not_break_the_transaction(db):
    with transaction.atomic():
        queue()
        assert queue() is None
        queue("other")
    assert OutboxMail.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_failed_verb_is_never_sent():
    @transaction.atomic
    def fail():
        queue()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert OutboxMail.objects.count() == 0


def test_message_ids_differ_and_name_our_host(db, settings):
    settings.SITE_URL = "https://agency.example:8443"
    first, second = queue("a"), queue("b")
    assert first.message_id != second.message_id
    assert first.message_id.endswith("@agency.example")


def test_a_subject_is_one_line(db):
    assert queue(subject="a\r\nBcc: x@y.example\n b").subject == "a Bcc: x@y.example b"


def test_due_waits_for_its_time_and_goes_by_it(db):
    night = queue("night", next_try_at=LATER)
    now = queue("now")
    assert list(OutboxMail.objects.due(AT)) == [now]
    assert list(OutboxMail.objects.due(LATER)) == [now, night]


def test_it_arrived_counts_from_the_persons_word(ae):
    mail = mail_arrived(mail=ended(State.HELD), by=ae, at=LATER)
    mail.refresh_from_db()
    assert (mail.state, mail.handed_at) == (State.HANDED, LATER)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.changes["state"]) == ("mail_arrived", ae, "handed")


@pytest.mark.parametrize("state", [State.HELD, State.FAILED, State.BOUNCED])
def test_send_again_is_a_fresh_try_with_the_same_message_id(ae, state):
    mail = ended(state, tries=5, faults=2)
    again = mail_again(mail=mail, by=ae, at=LATER)
    again.refresh_from_db()
    assert (again.state, again.next_try_at) == (State.QUEUED, LATER)
    assert (again.tries, again.faults, again.message_id) == (0, 0, mail.message_id)


def test_it_came_back(ae):
    mail = ended(State.HANDED, handed_at=AT)
    mail_bounced(mail=mail, by=ae, at=LATER, report="5.1.1")
    mail.refresh_from_db()
    assert (mail.state, mail.server_reply) == (State.BOUNCED, "5.1.1")


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (mail_arrived, State.QUEUED),
        (mail_arrived, State.FAILED),
        (mail_again, State.QUEUED),
        (mail_again, State.VOID),
        (mail_bounced, State.QUEUED),
    ],
)
def test_verbs_are_refused_from_other_states(ae, verb, state):
    mail = ended(state)
    with pytest.raises(Refused):
        verb(mail=mail, by=ae, at=LATER)
    mail.refresh_from_db()
    assert mail.state == state


def test_send_again_is_refused_when_out_of_date(ae):
    mail = queue(valid_until=AT)
    OutboxMail.objects.update(state=State.FAILED)
    with pytest.raises(Refused):
        mail_again(mail=mail, by=ae, at=LATER)


@pytest.mark.rule("R18")
def test_waiting_mails_of_a_stopped_ladder_become_void(db):
    waiting, other = queue("report_due:report:12:h12:3"), queue("report_due:report:120:h12:3")
    assert void_waiting(key_prefix="report_due:report:12:", reason="issued", at=AT) == 1
    waiting.refresh_from_db()
    other.refresh_from_db()
    assert (waiting.state, waiting.server_reply) == (State.VOID, "issued")
    assert other.state == State.QUEUED


def test_a_mail_in_hand_is_not_taken_back(db):
    ended(State.HANDED, handed_at=AT)
    assert void_mails(where=Q(key__startswith="report"), reason="x") == 0


def test_a_copy_under_another_address_does_not_send_until_resumed(ae, settings):
    settings.DEBUG = False
    site = Instance.load()
    assert site.may_send
    settings.SITE_URL = "https://copy.example"
    assert not Instance.load().may_send
    resume_mail(by=ae, at=AT)
    assert Instance.load().may_send
    assert AuditEntry.objects.get().verb == "resume_mail"


def test_our_own_reason_is_read_in_ones_own_language_and_a_servers_as_it_came():
    with translation.override("zh-hans"):
        stored = source_text(gettext_lazy("out of date before it could be sent"))
        assert stored == "out of date before it could be sent"
        assert OutboxMail(server_reply=stored).reply_text == "未及发出已过期"
        assert OutboxMail(server_reply="550 no such user").reply_text == "550 no such user"
        assert OutboxMail().reply_text == ""
