"""take_bounce and resume_mail, as the mail server and the administrator call them."""

import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agency.common import faults
from agency.common.models import AuditEntry, Instance, OutboxMail
from agency.common.services import queue_mail
from tests.builders import when

AT = when("2026-11-20 11:00")
State = OutboxMail.State
REPORT = """\
From: MAILER-DAEMON@mail.example
To: agency@agency.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <11111111-2222-4333-8444-555555555555@mail.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; chen@client.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such person

--b
Content-Type: message/rfc822

Message-ID: <{message_id}>
Subject: x

x

--b--
"""


@pytest.fixture
def mail(db):
    mail = queue_mail(key="a", to="chen@client.example", subject="x", text="x", at=AT)
    OutboxMail.objects.update(state=State.HANDED, handed_at=AT)
    return mail


def take(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    out = StringIO()
    call_command("take_bounce", stdout=out)
    return out.getvalue()


def report(mail, action="failed"):
    return REPORT.format(action=action, message_id=mail.message_id)


def test_a_delivery_report_marks_the_mail_that_came_back(mail, monkeypatch):
    assert take(monkeypatch, report(mail)) == "Came back: x → chen@client.example\n"
    mail.refresh_from_db()
    assert mail.state == State.BOUNCED
    assert mail.server_reply == "failed; 5.1.1; smtp; 550 5.1.1 no such person"
    assert AuditEntry.objects.get().verb == "mail_bounced"


def test_the_same_report_again_changes_nothing(mail, monkeypatch):
    take(monkeypatch, report(mail))
    assert take(monkeypatch, report(mail)).startswith("Known already")
    assert AuditEntry.objects.count() == 1


def test_an_old_server_s_plain_words_are_enough(mail, monkeypatch):
    text = f"Subject: failure\n\nMessage-ID: <{mail.message_id}>\nno such person\n"
    take(monkeypatch, text)
    mail.refresh_from_db()
    assert mail.state == State.BOUNCED


@pytest.mark.parametrize("action", ["delayed", "delivered"])
def test_a_report_of_delay_is_no_return(mail, monkeypatch, action):
    with pytest.raises(CommandError):
        take(monkeypatch, report(mail, action))
    mail.refresh_from_db()
    assert mail.state == State.HANDED


@pytest.mark.parametrize("text", ["", "Subject: hello\n\nhello", REPORT])
def test_what_names_no_mail_of_ours_is_refused(mail, monkeypatch, text):
    with pytest.raises(CommandError):
        take(monkeypatch, text)


def test_a_mail_that_names_ours_as_its_own_id_is_no_return(mail, monkeypatch):
    with pytest.raises(CommandError):
        take(monkeypatch, f"Message-ID: <{mail.message_id}>\nSubject: x\n\nx")


def test_resume_mail_after_a_restore(db, settings):
    Instance.load()
    Instance.objects.update(mail_paused=True, site_url="https://old.example")
    out = StringIO()
    call_command("resume_mail", stdout=out)
    assert out.getvalue() == f"Mails leave again from {settings.SITE_URL}.\n"
    site = Instance.objects.get()
    assert (site.mail_paused, site.site_url) == (False, settings.SITE_URL)


def test_faults_strike_by_their_chance(settings):
    settings.FAULT = "skip_lock,pdf_fail:0.0,after_data:1"
    assert faults.happens("skip_lock")
    assert not faults.happens("pdf_fail")
    assert not faults.happens("in_claim")
    settings.FAULT = ""
    assert not faults.happens("skip_lock")
