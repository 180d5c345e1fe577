"""Clients: made, changed, put to rest, closed and taken up again (R92)."""

from django.utils.translation import gettext as _

from accounts.models import Assignment, Client
from accounts.models.client import RESERVED_CODE
from accounts.models.scope import local_day
from accounts.permissions import require
from accounts.services.edits import change, differences, insert, made_before
from accounts.services.trail import record
from agency.common.errors import Refused
from agency.common.texts import check_reason
from agency.common.verbs import check_version, lock, save, verb

# What belongs to the terms of dealing: only who may make contracts changes it (4.2).
TERMS = {
    "group",
    "currency",
    "report_clock",
    "sign_needs_code",
    "return_needs_code",
    "sign_expiry_days",
    "director_limit",
}


@verb
def create_client(*, by, at, form_key=None, director=None, **values):
    """A new client. Its maker is its lead with his own title; finance names the AD (4.1)."""
    require(by, "accounts.manage_contract", None, at)
    if twin := made_before(Client, form_key):
        return twin
    if values.get("code") == RESERVED_CODE:
        raise Refused(_("This code is the agency's own."), "code")
    lead = _first_lead(by, director)
    client = insert(Client(form_key=form_key, created_by=by, created_at=at, **values))
    if lead is not None:
        _assign_first(client, lead, by, at)
    record("create_client", client, by=by, at=at, client=client)
    return client


def _first_lead(by, director):
    if by is None or by.rank:
        return by
    if director is None or director.role != "ad" or not director.is_active:
        raise Refused(_("Name the account director in charge."), "director")
    return director


def _assign_first(client, lead, by, at):
    insert(
        Assignment(
            client=client,
            user=lead,
            role=lead.role,
            is_lead=True,
            starts_on=local_day(at),
            created_by=by,
            created_at=at,
        )
    )


@verb
def update_client(*, client, by, at, row_version=None, **values):
    """Change a client; its terms of dealing need the right to make contracts."""
    row = lock(client)
    check_version(row, row_version)
    values.pop("code", None)
    behalf_of = _right_to_change(row, set(differences(row, values)), by, at)
    if "report_clock" in differences(row, values):
        values["report_clock_since"] = at
    changes = change(row, values)
    record("update_client", row, by=by, at=at, client=row, behalf_of=behalf_of, changes=changes)
    return row


def _right_to_change(row, touched, by, at):
    behalf_of = None
    if touched & TERMS:
        behalf_of = require(by, "accounts.manage_contract", row, at)
    if touched - TERMS or not touched:
        behalf_of = require(by, "accounts.change_client", row, at)
    return behalf_of


@verb
def set_client_status(*, client, status, by, at, reason="", row_version=None):
    """Prospect, active, resting or closed; rest and closing need a reason (R92, Z15)."""
    row = lock(client)
    check_version(row, row_version)
    behalf_of = require(by, "accounts.manage_contract", row, at)
    if status == row.status:
        raise Refused(
            _("The client is “%(status)s” already.") % {"status": row.get_status_display()}
        )
    if status in (Client.Status.RESTING, Client.Status.CLOSED):
        reason = check_reason(reason)
    old, row.status = row.status, status
    save(row, "status")
    changes = {"status": [old, str(status)], "reason": reason}
    record("set_client_status", row, by=by, at=at, client=row, behalf_of=behalf_of, changes=changes)
    return row
