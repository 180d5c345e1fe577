"""Papers that come by mail: from known senders, kept before the mail counts as read (R38)."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from agency.common.clock import run_step
from archives.models import Incoming
from archives.tasks.incoming import STEPS
from tests.archives.papers import NOON, PDF
from tests.builders import assign, make_client, make_contact, make_user
from tests.imap import Mailbox, serving

BY_MAIL, MINUTE = STEPS[0], timedelta(minutes=1)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("R38")]


def letter(sender, *files, subject="Frame contract", number="1"):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, subject, f"<{number}@x.example>"
    mail.set_content("Please find it attached. 请查收")
    for name, body in files:
        mail.add_attachment(body, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


def fetched(box, settings, at=NOON):
    with serving(box) as settings.INTAKE_URL:
        return list(run_step(BY_MAIL, at))


@pytest.fixture
def person():
    user = make_user(email="ae@agency.example")
    assign(make_client("LM", name="绿麦食品"), user)
    return user


def test_what_one_of_us_sends_waits_for_him(person, settings):
    box = Mailbox(letter("AE <AE@agency.example>", ("LM 合同.pdf", PDF), ("b.pdf", PDF + b" ")))
    assert fetched(box, settings) == ["papers by mail: mail 1: 2 to be filed"]
    rows = Incoming.objects.all()
    assert [(row.name, row.owner, row.source) for row in rows] == [
        ("LM 合同.pdf", person, "mail"),
        ("b.pdf", person, "mail"),
    ]
    assert (rows[0].client.code, rows[0].kind) == ("LM", "contract")
    assert box.flags[1] == set()
    fetched(box, settings, NOON + MINUTE)
    assert box.flags[1] == {r"\Seen"}


def test_what_a_contact_sends_waits_with_the_client(person, settings):
    client = make_contact(make_client("YL"), email="he@client.example").client
    fetched(Mailbox(letter("he@client.example", ("a.pdf", PDF))), settings)
    row = Incoming.objects.get()
    assert (row.client, row.owner, row.sender) == (client, None, "he@client.example")


def test_a_strangers_mail_is_flagged_and_brings_nothing(person, settings):
    box = Mailbox(letter("who@else.example", ("a.pdf", PDF)))
    assert "nothing was taken" in fetched(box, settings)[0]
    assert box.flags[1] == {r"\Seen", r"\Flagged"}
    assert not Incoming.objects.exists()


def test_a_mail_without_files_is_kept_as_its_words(person, settings):
    fetched(Mailbox(letter("ae@agency.example", subject="传真 LM 2026")), settings)
    row = Incoming.objects.get()
    assert (row.name, row.kind, row.mime) == ("传真 LM 2026.txt", "fax", "text/plain")


def test_the_same_mail_again_brings_nothing_new(person, settings):
    mail = letter("ae@agency.example", ("a.pdf", PDF))
    fetched(Mailbox(mail), settings)
    fetched(Mailbox(mail), settings)
    assert Incoming.objects.count() == 1


def test_what_the_door_refuses_stays_behind_and_the_rest_comes(person, settings):
    box = Mailbox(letter("ae@agency.example", ("empty.pdf", b""), ("good.pdf", PDF)))
    fetched(box, settings)
    assert [row.name for row in Incoming.objects.all()] == ["good.pdf"]


def test_a_mail_that_could_not_be_kept_stays_unread(person, settings, tmp_path):
    box = Mailbox(letter("ae@agency.example", ("a.pdf", PDF)))
    root, settings.STORAGE_ROOT = settings.STORAGE_ROOT, tmp_path / "gone"
    settings.STORAGE_ROOT.write_text("no folder")
    assert "FAILED" in fetched(box, settings)[0]
    assert (box.unseen(), Incoming.objects.count()) == ([1], 0)
    settings.STORAGE_ROOT = root
    fetched(box, settings)
    fetched(box, settings, NOON + MINUTE)
    assert (box.unseen(), Incoming.objects.count()) == ([], 1)


def test_a_mailbox_that_says_no_is_said_by_the_clock(person, settings):
    with serving(Mailbox(word="other")) as settings.INTAKE_URL:
        assert list(run_step(BY_MAIL, NOON)) == ["papers by mail: FAILED"]
    settings.INTAKE_URL = "imap://a:b@127.0.0.1:1/INBOX"
    assert list(run_step(BY_MAIL, NOON)) == ["papers by mail: FAILED"]


def test_without_an_address_nothing_is_asked(settings):
    settings.INTAKE_URL = ""
    assert list(run_step(BY_MAIL, NOON)) == []
