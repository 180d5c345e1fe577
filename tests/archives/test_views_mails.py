from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archives.models import Dispatch
from tests.archives.papers import NOON, make_document, page, send
from tests.builders import make_contact, make_user

LIST, FILE = reverse("archives:document_list"), reverse("archives:document_create")
MAILS = reverse("archives:held_mail_list")


def test_mails_in_doubt_are_listed_with_their_buttons(at_ae, client_, letter):
    send(make_document(client_, title="In doubt"), make_contact(client_), letter, "held")

    text = page(at_ae.get(MAILS))

    assert "In doubt" in text
    assert "It arrived" in text
    assert "Send again" in text


@pytest.mark.parametrize(("days", "is_shown"), [(29, True), (31, False)])
def test_handed_mails_of_late_are_shown_when_asked_for(at_ae, client_, letter, days, is_shown):
    row = send(make_document(client_), make_contact(client_), letter, "handed", handed_at=NOON)
    queued_at = timezone.now() - timedelta(days=days)
    Dispatch.objects.filter(pk=row.pk).update(queued_at=queued_at)

    assert list(at_ae.get(MAILS).context["rows"]) == []
    shown = page(at_ae.get(MAILS, {"show": "handed"}))
    assert ("It came back" in shown) is is_shown


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("held", "mail_arrived", "handed"),
        ("held", "mail_again", "queued"),
        ("failed", "mail_again", "queued"),
        ("handed", "mail_back", "bounced"),
    ],
)
def test_buttons_decide(at_ae, client_, letter, before, name, after):
    fields = {"handed_at": NOON} if before == "handed" else {}
    row = send(make_document(client_), make_contact(client_), letter, before, **fields)
    address = reverse(f"archives:{name}", args=[row.pk])
    assert at_ae.get(address).status_code == 405

    assert at_ae.post(address).status_code == 302
    row.refresh_from_db()
    assert row.state == after


def test_button_pressed_too_late_says_so(at_ae, client_, letter):
    row = send(make_document(client_), make_contact(client_), letter, "queued")

    response = at_ae.post(reverse("archives:mail_arrived", args=[row.pk]), follow=True)

    assert "Not possible" in response.content.decode()


def test_mails_of_other_clients_are_not_there(client, client_, other_ae, letter):
    row = send(make_document(client_), make_contact(client_), letter, "held")
    client.force_login(other_ae)

    assert client.post(reverse("archives:mail_arrived", args=[row.pk])).status_code == 404
    assert list(client.get(MAILS).context["rows"]) == []


def test_finance_decides_on_no_mail(client, client_):
    client.force_login(make_user(role="finance"))

    assert client.get(MAILS).status_code == 403
