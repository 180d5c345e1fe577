"""Notes of what was talked about with a contact (R75)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ContactNote
from accounts.services import add_note, change_note
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from tests.builders import make_client, make_contact, make_user, when
from tests.meetings.pages import fields_of, send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R75")]
AT, DAY = when("2026-11-19 10:00"), date(2026, 11, 18)


@pytest.fixture
def contact(ae, am):
    return make_contact(make_client("LM", team=[ae, am]))


def note(contact, by, **fields):
    return add_note(
        contact=contact, by=by, at=AT,
        **{"on": DAY, "channel": "call", "text": "The new marketing head.", **fields},
    )  # fmt: skip


def test_a_note_says_who_when_and_how(contact, ae):
    row = note(contact, ae)
    assert (row.created_by, row.on, row.get_channel_display()) == (ae, DAY, "Phoned")
    assert list(contact.talks.all()) == [row]


def test_the_newest_day_stands_first(contact, ae):
    late, early = note(contact, ae), note(contact, ae, on=DAY - timedelta(days=9))
    assert list(contact.talks.all()) == [late, early]


def test_nobody_has_spoken_tomorrow(contact, ae):
    with pytest.raises(Refused):
        note(contact, ae, on=DAY + timedelta(days=2))
    assert note(contact, ae, on=DAY + timedelta(days=1)).pk


@pytest.mark.parametrize("bad", [{"text": ""}, {"channel": "pigeon"}, {"text": "bell\x07"}])
def test_what_is_no_note_is_refused(contact, ae, bad):
    with pytest.raises(Refused):
        note(contact, ae, **bad)
    assert not ContactNote.objects.exists()


def test_it_is_changed_with_its_version_and_the_trail_keeps_no_words(contact, ae, am):
    row = note(contact, ae)
    change_note(note=row, text="The old one.", on=DAY, by=am, at=AT, row_version=0)
    with pytest.raises(Stale):
        change_note(note=row, text="Another.", on=DAY, by=ae, at=AT, row_version=0)
    row.refresh_from_db()
    assert row.text == "The old one."
    assert "old one" not in str(AuditEntry.objects.get(verb="change_note").changes)


def test_others_note_nothing(contact, other_ae):
    for person in (other_ae, make_user(role="management"), make_user(role="finance")):
        with pytest.raises(PermissionDenied):
            note(contact, person)


def test_notes_are_seen_with_the_client(contact, ae, other_ae):
    row = note(contact, ae)
    assert list(ContactNote.objects.visible_to(ae, AT)) == [row]
    assert not ContactNote.objects.visible_to(other_ae, AT).exists()


def test_a_note_is_made_on_the_contacts_page(client, contact, ae):
    client.force_login(ae)
    path = contact.get_absolute_url()
    data = fields_of(client.get(path)) | {"text": "Likes the poster."}
    for _twice in range(2):
        assert client.post(f"{path}notes/", data).url == path
    words = text_of(client.get(path))
    assert "Likes the poster." in words
    assert ContactNote.objects.count() == 1


def test_a_note_is_corrected_on_its_own_page(client, contact, ae):
    row = note(contact, ae)
    client.force_login(ae)
    answer = send(client, f"/clients/contacts/notes/{row.pk}/", text="Mended.", channel="meet")
    row.refresh_from_db()
    assert answer.url == contact.get_absolute_url()
    assert (row.text, row.channel) == ("Mended.", "meet")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("on", day) for day in ("", "soon", "0001-01-01", "9999-12-31", "2026-02-30")],
        *[("text", text) for text in ("", " ", "bell\x07", "x" * 1_000_000)],
        ("channel", "pigeon"),
    ],
)
def test_bad_notes_are_refused(client, contact, ae, field, value):
    client.force_login(ae)
    path = contact.get_absolute_url()
    data = fields_of(client.get(path)) | {"text": "Kept words", field: value}
    answer = client.post(f"{path}notes/", data)
    assert answer.status_code == 422
    assert field == "text" or "Kept words" in answer.content.decode()
    assert not ContactNote.objects.exists()


def test_management_reads_when_but_not_what(client, contact, ae):
    note(contact, ae)
    client.force_login(make_user(role="management"))
    words = text_of(client.get(contact.get_absolute_url()))
    assert "18 Nov" in words
    assert "marketing head" not in words
    assert "Note it" not in words
