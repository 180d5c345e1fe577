import pytest
from django.test import Client as Browser
from django.utils import timezone

from agency.common.models import OutboxMail
from agency.common.sender import send_due
from agency.common.services import queue_mail

PDF = b"%PDF-1.7 x"


def pdf(sha256):
    return PDF


@pytest.fixture
def browser_of(ae, settings, tmp_path):
    settings.DEBUG = True
    settings.EMAIL_URL, settings.MAIL_DIR = "", tmp_path / "mail"
    settings.MAIL_HOOK, settings.MAIL_ATTACH = "", "tests.test_mailbox.pdf"
    browser = Browser()
    browser.force_login(ae)
    return browser


def sent():
    mail = queue_mail(
        key="a",
        to="chen@client.example",
        subject="会晤报告",
        text="请打开 http://testserver/c/abc/ <b>",
        attachments=[{"name": "报告.pdf", "sha256": "0"}],
        at=timezone.now(),
    )
    send_due()
    return mail.message_id.partition("@")[0]


def test_a_mail_is_listed_and_its_links_can_be_followed(browser_of):
    name = sent()
    assert f"/mail/{name}/" in browser_of.get("/mail/").content.decode()
    page = browser_of.get(f"/mail/{name}/").content.decode()
    assert '<a href="http://testserver/c/abc/">http://testserver/c/abc/</a>' in page
    assert "&lt;b&gt;" in page


def test_a_file_can_be_opened_and_runs_nothing(browser_of):
    answer = browser_of.get(f"/mail/{sent()}/0/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert browser_of.get(f"/mail/{OutboxMail.objects.get().message_id[:36]}/1/").status_code == 404


@pytest.mark.parametrize("name", ["..", "x", "0" * 36])
def test_names_from_elsewhere_are_not_found(browser_of, name):
    assert browser_of.get(f"/mail/{name}/").status_code == 404


def test_a_real_site_has_no_mailbox(browser_of, settings):
    settings.DEBUG = False
    assert browser_of.get("/mail/").status_code == 404


def test_strangers_sign_in_first(browser_of):
    assert Browser().get("/mail/").status_code == 302
