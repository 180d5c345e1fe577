"""Contracts and the terms that are in force (R41)."""

from django.utils.translation import gettext as _

from accounts.models import AgencySettings, Contract, FormerTerms
from accounts.models.contract import FEE_TERMS
from accounts.permissions import require
from accounts.services.edits import change, insert, made_before
from accounts.services.trail import record
from agency.common.errors import Refused
from agency.common.texts import check_reason
from agency.common.verbs import check_version, lock, save, verb

RIGHT = "accounts.manage_contract"


def terms(*, client, on):
    """Rates and days in force: the contract covering the day that began last, else the house."""
    return client.contracts.covering(on).first() or AgencySettings.load()


@verb
def create_contract(*, client, by, at, form_key=None, **values):
    behalf_of = require(by, RIGHT, client, at)
    if twin := made_before(Contract, form_key):
        return twin
    row = insert(Contract(client=client, form_key=form_key, created_by=by, created_at=at, **values))
    record("create_contract", row, by=by, at=at, client=client, behalf_of=behalf_of)
    return row


@verb
def update_contract(*, contract, by, at, row_version=None, **values):
    row = lock(contract)
    check_version(row, row_version)
    behalf_of = require(by, RIGHT, row.client, at)
    if row.is_archived:
        raise Refused(_("This contract is archived."))
    former = _said(row, by, at)
    changes = change(row, values)
    if changes.keys() & set(FEE_TERMS):
        former.save()
    record(
        "update_contract",
        row,
        by=by,
        at=at,
        client=row.client,
        behalf_of=behalf_of,
        changes=changes,
    )
    return row


@verb
def archive_contract(*, contract, reason, by, at, row_version=None):
    """Take a contract out of force, with the reason kept (Z15)."""
    row = lock(contract)
    check_version(row, row_version)
    behalf_of = require(by, RIGHT, row.client, at)
    if row.is_archived:
        raise Refused(_("This contract is archived."))
    reason = check_reason(reason)
    _said(row, by, at).save()
    row.is_archived = True
    save(row, "is_archived")
    record(
        "archive_contract",
        row,
        by=by,
        at=at,
        client=row.client,
        behalf_of=behalf_of,
        changes={"reason": reason},
    )
    return row


def _said(row, by, at):
    """The terms of the fee that end at the instant: cut-offs before it go on counting by them."""
    said = {name: getattr(row, name) for name in FEE_TERMS}
    return FormerTerms(contract=row, ended_at=at, created_at=at, created_by=by, **said)
