"""Sending through a real mail server on loopback: every end a mail can come to (C1, C2)."""

from contextlib import closing
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.db.models import F

from agency.common import sender
from agency.common.models import Instance, OutboxMail
from agency.common.sender import send_due
from agency.common.services import VoidMail, claims, queue_mail
from tests.builders import when

AT = when("2026-11-20 11:00")
MINUTE = timedelta(minutes=1)
State, Kind = OutboxMail.State, OutboxMail.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings, tmp_path):
    settings.MAIL_HOOK = ""
    settings.MAIL_ATTACH = "tests.common.test_sender.bytes_of"
    settings.MAIL_CONNECT_SECONDS = settings.MAIL_REPLY_SECONDS = settings.MAIL_DATA_SECONDS = 1
    settings.MAIL_DIR = tmp_path / "mail"
    sender._probe["after"] = 0


def bytes_of(sha256):
    return {"good": b"%PDF-1.7 hello"}[sha256]


def fill_links(mail, at):
    return mail.text.replace("{{link}}", f"token-{mail.pk}"), ""


def say_no(mail, at):
    raise VoidMail("the contact is not active any more")


def queue(key="a", to="chen@client.example", kind=Kind.CLIENT_PAPER, **fields):
    words = {"subject": "会晤报告 CR/GI/2026/014", "text": "您好，请看附件。", "at": AT}
    return queue_mail(key=key, to=to, kind=kind, **{**words, **fields})


def send(at=AT):
    return send_due(now=lambda: at)


def fresh(mail):
    mail.refresh_from_db()
    return mail


@pytest.mark.rule("R20")
def test_a_mail_is_handed_over_once(smtp):
    mail = queue(html="<p>您好</p>", attachments=[{"name": "会晤报告.pdf", "sha256": "good"}])
    assert (send(), send()) == (1, 0)
    [arrived] = smtp.arrived
    assert arrived.recipients == ["chen@client.example"]
    assert arrived.message_id == f"<{mail.message_id}>"
    assert arrived.message["Subject"] == "会晤报告 CR/GI/2026/014"
    assert arrived.message.get_body(("plain",)).get_content().strip() == "您好，请看附件。"
    [paper] = arrived.message.iter_attachments()
    assert (paper.get_filename(), paper.get_content()) == ("会晤报告.pdf", b"%PDF-1.7 hello")
    assert (fresh(mail).state, mail.handed_at, mail.tries) == (State.HANDED, AT, 0)


def test_a_long_line_and_a_leading_dot_arrive_as_written(smtp):
    text = f".first\n{'x' * 3000}\n..\n"
    queue(text=text)
    send()
    assert smtp.arrived[0].message.get_content().replace("\r\n", "\n") == text


def test_nothing_is_sent_before_its_time_nor_while_paused(smtp):
    queue(next_try_at=AT + MINUTE)
    assert send() == 0
    Instance.load()
    Instance.objects.update(mail_paused=True)
    assert send(AT + MINUTE) == 0
    assert smtp.arrived == []


def test_later_means_1_5_15_60_240_minutes_and_then_failed(smtp):
    smtp.refuse_rcpt["chen@client.example"] = "451 try later"
    mail, at, waits = queue(kind=Kind.INTERNAL), AT, []
    while fresh(mail).state == State.QUEUED:
        assert send(at) == 1
        waits.append((fresh(mail).next_try_at - at) // MINUTE)
        at = mail.next_try_at
    assert waits[:-1] == [1, 5, 15, 60, 240]
    assert (mail.state, mail.server_reply) == (State.FAILED, "451 try later")


def test_a_client_paper_is_tried_for_48_hours(smtp):
    smtp.refuse_rcpt["chen@client.example"] = "451 try later"
    mail, at = queue(), AT
    while fresh(mail).state == State.QUEUED:
        send(at)
        last, at = at, max(fresh(mail).next_try_at, at)
    assert timedelta(hours=44) < last - AT < timedelta(hours=48)
    assert (mail.state, mail.tries) == (State.FAILED, 15)


def test_never_means_failed_at_once(smtp):
    smtp.refuse_rcpt["chen@client.example"] = "550 no such person"
    mail, other = queue(), queue("b", to="li@client.example")
    assert send() == 2
    assert (fresh(mail).state, mail.server_reply) == (State.FAILED, "550 no such person")
    assert fresh(other).state == State.HANDED


@pytest.mark.parametrize(("answer", "state"), [("554 no", State.FAILED), ("451 no", State.QUEUED)])
def test_a_refused_body_is_refused_not_doubtful(smtp, answer, state):
    smtp.refuse_data = answer
    mail = queue()
    send()
    assert (fresh(mail).state, mail.server_reply) == (state, answer)


def test_a_client_paper_without_an_answer_is_held(smtp):
    smtp.data_seconds = 1.5
    mail = queue()
    send()
    assert fresh(mail).state == State.HELD
    smtp.data_seconds = 0
    assert send(AT + timedelta(days=1)) == 0
    assert len(smtp.arrived) == 1


def test_an_internal_mail_without_an_answer_is_repeated_with_its_message_id(smtp):
    smtp.data_seconds = 1.5
    mail = queue(kind=Kind.INTERNAL)
    send()
    smtp.data_seconds = 0
    assert fresh(mail).state == State.QUEUED
    assert send(AT + MINUTE) == 1
    assert [one.message_id for one in smtp.arrived] == [f"<{mail.message_id}>"] * 2
    assert fresh(mail).state == State.HANDED


def test_a_server_that_is_away_costs_no_try_and_is_asked_again(smtp, monkeypatch):
    mail = queue()
    smtp.stop()
    assert send() == 0
    assert (fresh(mail).state, mail.tries, mail.next_try_at) == (State.QUEUED, 0, AT)
    smtp.start()
    assert send() == 0, "asked again only after 30 seconds"
    monkeypatch.setitem(sender._probe, "after", 0)
    assert send() == 1
    assert fresh(mail).state == State.HANDED


def test_a_slow_recipient_is_tried_later(smtp):
    smtp.rcpt_seconds = 1.5
    mail = queue()
    send()
    assert (fresh(mail).state, mail.tries) == (State.QUEUED, 1)
    assert mail.next_try_at == AT + MINUTE


def test_out_of_date_is_void(smtp):
    mail = queue(valid_until=AT - MINUTE)
    assert send() == 0
    assert (fresh(mail).state, mail.server_reply) == (State.VOID, claims.OUT_OF_DATE)


def test_the_hook_fills_links_that_are_stored_nowhere(smtp, settings):
    settings.MAIL_HOOK = "tests.common.test_sender.fill_links"
    mail = queue(text="open {{link}}")
    send()
    assert smtp.arrived[0].message.get_content().strip() == f"open token-{mail.pk}"
    assert fresh(mail).text == "open {{link}}"


def test_the_hook_may_void_at_the_last_moment(smtp, settings):
    settings.MAIL_HOOK = "tests.common.test_sender.say_no"
    mail, other = queue(), queue("b")
    assert send() == 2
    assert smtp.arrived == []
    assert (fresh(mail).state, mail.server_reply) == (
        State.VOID,
        "the contact is not active any more",
    )
    assert fresh(other).state == State.VOID


@pytest.mark.parametrize(
    "poison",
    [
        {"to": "a@b.example\r\nBcc: c@d.example"},
        {"subject": "a\r\nBcc: c@d.example"},
        {"attachments": [{"name": "x.pdf", "sha256": "missing"}]},
    ],
)
def test_a_poison_row_fails_at_the_second_try_and_hinders_nobody(smtp, poison):
    mail = queue()
    OutboxMail.objects.filter(pk=mail.pk).update(**poison)
    for number in range(10):
        queue(f"good{number}")
    send()
    assert (fresh(mail).state, mail.faults) == (State.QUEUED, 1)
    assert len(smtp.arrived) == 10
    send(AT + MINUTE)
    assert fresh(mail).state == State.FAILED
    assert len(smtp.arrived) == 10


def test_the_copy_for_the_house_is_blind_and_of_client_mails_only(smtp, settings):
    settings.MAIL_COPY_TO = "archive@agency.example"
    queue("a")
    queue("b", to="ae@agency.example", kind=Kind.INTERNAL)
    send()
    assert smtp.arrived[0].recipients == ["chen@client.example", "archive@agency.example"]
    assert b"archive@" not in smtp.arrived[0].data
    assert smtp.arrived[1].recipients == ["ae@agency.example"]


def test_a_refused_copy_does_not_keep_the_paper_from_the_client(smtp, settings):
    settings.MAIL_COPY_TO = "archive@agency.example"
    smtp.refuse_rcpt["archive@agency.example"] = "550 no such person"
    mail = queue()
    send()
    assert fresh(mail).state == State.HANDED


# --- leases ------------------------------------------------------------------------------------


def abandoned(mail, state):
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=state,
        lease_owner="00000000-0000-4000-8000-000000000001",
        lease_until=F("created_at") - timedelta(days=30),
    )
    return mail


@pytest.mark.parametrize(
    ("kind", "state", "result"),
    [
        (Kind.CLIENT_PAPER, State.CLAIMED, State.QUEUED),
        (Kind.INTERNAL, State.CLAIMED, State.QUEUED),
        (Kind.CLIENT_PAPER, State.DATA, State.HELD),
        (Kind.INTERNAL, State.DATA, State.QUEUED),
    ],
)
def test_what_a_dead_sender_held_is_taken_back(kind, state, result):
    mail = abandoned(queue(kind=kind), state)
    claims.recover(AT)
    assert (fresh(mail).state, mail.lease_owner, mail.tries) == (result, None, 0)


def test_a_lease_that_runs_is_respected(smtp):
    mail = queue()
    claimed = claims.claim(AT)
    assert send() == 0
    assert (fresh(mail).state, mail.lease_owner) == (State.CLAIMED, claimed.lease_owner)


def test_a_sender_that_slept_past_its_lease_walks_away_before_the_body(smtp):
    queue()
    slept = claims.claim(AT)
    abandoned(slept, State.CLAIMED)
    assert send() == 1
    with closing(sender.open_line()) as line:
        sender.deliver(line, slept, lambda: AT)
    assert len(smtp.arrived) == 1


def test_a_sender_that_slept_in_the_body_changes_nothing(smtp):
    mail = queue()
    slept = claims.claim(AT)
    assert claims.enter_data(slept, lambda text, html: b"x", AT) == b"x"
    abandoned(mail, State.DATA)
    claims.recover(AT)
    assert not claims.handed(slept, "250 OK", AT)
    assert fresh(mail).state == State.HELD


# --- places and folder -------------------------------------------------------------------------


def test_senders_have_their_places(settings):
    settings.MAIL_SENDERS = 1
    with sender.place() as may_send:
        assert may_send
    with sender.place() as may_send:
        assert may_send


def test_without_a_server_a_mail_becomes_a_file(settings):
    settings.EMAIL_URL = ""
    mail = queue(kind=Kind.INTERNAL)
    assert send() == 1
    [path] = settings.MAIL_DIR.iterdir()
    assert message_from_bytes(path.read_bytes())["Message-ID"] == f"<{mail.message_id}>"
    assert fresh(mail).state == State.HANDED
