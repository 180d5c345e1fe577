"""Notes of what was talked about with a contact (R75)."""

from django.utils.translation import gettext as _

from accounts.models import ContactNote
from accounts.models.scope import local_day
from accounts.permissions import require
from accounts.services.contacts import RIGHT
from accounts.services.edits import change, insert, made_before
from accounts.services.trail import record
from agency.common.errors import Refused
from agency.common.verbs import check_version, lock, verb


@verb
def add_note(*, contact, by, at, form_key=None, **values):
    behalf_of = require(by, RIGHT, contact.client, at)
    if twin := made_before(ContactNote, form_key):
        return twin
    _check_day(values["on"], at)
    row = ContactNote(contact=contact, form_key=form_key, created_by=by, created_at=at, **values)
    insert(row)
    record("add_note", row, by=by, at=at, client=contact.client, behalf_of=behalf_of)
    return row


@verb
def change_note(*, note, by, at, row_version=None, **values):
    """Other words or another day; the trail says that they changed, not the words."""
    row = lock(note)
    check_version(row, row_version)
    client = row.contact.client
    behalf_of = require(by, RIGHT, client, at)
    _check_day(values.get("on", row.on), at)
    changes = change(row, values)
    changes.pop("text", None)
    record("change_note", row, by=by, at=at, client=client, behalf_of=behalf_of, changes=changes)
    return row


def _check_day(day, at):
    if day > local_day(at):
        raise Refused(_("Nobody has spoken on a day that lies ahead."), "on")
