"""Contacts of a client. Who is deactivated gets no mail, and his links die at once (R41)."""

from django.utils.translation import gettext as _

from accounts.models import ClientLink, Contact
from accounts.models.scope import local_day
from accounts.permissions import require
from accounts.services.edits import change, insert, made_before
from accounts.services.trail import record
from agency.common.errors import Refused
from agency.common.verbs import check_version, lock, verb

RIGHT = "accounts.change_client"


@verb
def create_contact(*, client, by, at, form_key=None, **values):
    behalf_of = require(by, RIGHT, client, at)
    if twin := made_before(Contact, form_key):
        return twin
    row = Contact(client=client, form_key=form_key, created_by=by, created_at=at, **_low(values))
    insert(row)
    record("create_contact", row, by=by, at=at, client=client, behalf_of=behalf_of)
    return row


@verb
def update_contact(*, contact, by, at, row_version=None, **values):
    """Change a contact; losing the right to sign revokes what was sent for signing (3.10)."""
    row = lock(contact)
    check_version(row, row_version)
    behalf_of = require(by, RIGHT, row.client, at)
    lost_sign = row.can_sign and not values.get("can_sign", row.can_sign)
    changes = change(row, _low(values))
    if lost_sign:
        _revoke(row.links.filter(purpose=ClientLink.Purpose.SIGN), _("may no longer sign"))
    record(
        "update_contact",
        row,
        by=by,
        at=at,
        client=row.client,
        behalf_of=behalf_of,
        changes=changes,
    )
    return row


@verb
def deactivate_contact(*, contact, by, at, row_version=None):
    """The contact has left: links die now, mail on its way is voided when its turn comes (R41)."""
    row = lock(contact)
    check_version(row, row_version)
    behalf_of = require(by, RIGHT, row.client, at)
    if not row.is_active:
        raise Refused(_("This contact is inactive already."))
    change(row, {"is_active": False, "ended_on": local_day(at)})
    revoked = _revoke(row.links, _("contact inactive"))
    changes = {"links_revoked": revoked}
    record(
        "deactivate_contact",
        row,
        by=by,
        at=at,
        client=row.client,
        behalf_of=behalf_of,
        changes=changes,
    )
    return row


@verb
def reactivate_contact(*, contact, by, at, row_version=None):
    """The contact is back; links that died stay dead."""
    row = lock(contact)
    check_version(row, row_version)
    behalf_of = require(by, RIGHT, row.client, at)
    change(row, {"is_active": True, "ended_on": None})
    record("reactivate_contact", row, by=by, at=at, client=row.client, behalf_of=behalf_of)
    return row


def _revoke(links, reason):
    return links.open().update(state=ClientLink.State.REVOKED, closed_reason=reason)


def _low(values):
    """Addresses are kept in lower case, so that one person is one address."""
    return {**values, "email": values["email"].lower()} if values.get("email") else values
