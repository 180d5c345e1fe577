"""Opportunities: business that may come, of a client or a prospect (R89, R90)."""

from django.utils.translation import gettext as _

from accounts.models import Client
from accounts.permissions import Rights, require
from agency.common.dates import first_of
from agency.common.errors import Refused
from agency.common.money import NOTHING, cents
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import check_version, lock, save, verb
from budgets.models import Opportunity
from budgets.services.reminding import first_notice
from jobs.sums import MOST

Stage, Kind = Opportunity.Stage, Opportunity.Kind
RIGHT = "budgets.edit_opportunity"
FACTS = ("title", "income", "month", "probability", "stage", "owner", "next_step", "next_on")


@verb
def create_opportunity(*, client, by, at, form_key=None, **values):
    """Enter what may come: new business of a prospect, additional business of a client."""
    behalf = require(by, RIGHT, client, at)
    if client.status == Client.Status.CLOSED:
        raise Refused(_("This client is closed."), "client")
    kind = Kind.NEW if client.status == Client.Status.PROSPECT else Kind.ORGANIC
    row = Opportunity(
        client=client, kind=kind, form_key=form_key, created_by=by, created_at=at,
        **{"owner": by, **_known(values)},
    )  # fmt: skip
    _check(row, at)
    row.next_notice_at = first_notice(row)
    row, is_new = once(row)
    if is_new:
        record(row, "create_opportunity", by=by, at=at, client=client, behalf_of=behalf)
    return row


def _known(values):
    return {name: value for name, value in values.items() if name in FACTS}


def _check(row, at):
    """Refused where a fact cannot be."""
    row.month = first_of(row.month)
    if row.stage in (Stage.WON, Stage.LOST):
        raise Refused(_("Won or lost is said when it is closed."), "stage")
    if row.income is None or not NOTHING < row.income <= MOST:
        raise Refused(_("Please enter an amount above zero."), "income")
    row.income = cents(row.income)
    if row.probability is None or not 0 <= row.probability <= 1:
        raise Refused(_("A chance lies between 0 and 100 percent."), "probability")
    if bool(row.next_step) != bool(row.next_on):
        field = "next_on" if row.next_step else "next_step"
        raise Refused(_("A next step has its words and its day."), field)
    if not Rights(row.owner, at, row.client).can(RIGHT, row.client):
        raise Refused(_("This person does not serve the client."), "owner")


@verb
def update_opportunity(*, opportunity, by, at, row_version=None, **values):
    """Change what is known of it, its stage and its next step among them."""
    row, behalf = _open(opportunity, by, at, row_version)
    known = _known(values)
    if "month" in known:
        known["month"] = first_of(known["month"])
    changes = {
        name: [getattr(row, name), value]
        for name, value in known.items()
        if getattr(row, name) != value
    }
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    _check(row, at)
    if {"next_on", "owner"} & set(changes):
        row.next_notice_at = first_notice(row)
    if changes:
        save(row)
        record(
            row, "update_opportunity", by=by, at=at, client=row.client, behalf_of=behalf, **changes
        )
    return row


@verb
def close_opportunity(*, opportunity, outcome, by, at, reason="", row_version=None):
    """Won, or lost and why; it is not opened again."""
    row, behalf = _open(opportunity, by, at, row_version)
    if outcome not in (Stage.WON, Stage.LOST):
        raise Refused(_("Please say whether it is won or lost."), "outcome")
    row.stage, row.next_notice_at = outcome, None
    row.closed_reason = check_reason(reason) if outcome == Stage.LOST else reason.strip()
    save(row)
    record(
        row, "close_opportunity", by=by, at=at, client=row.client, behalf_of=behalf,
        state=row.stage, reason=row.closed_reason,
    )  # fmt: skip
    return row


def _open(opportunity, by, at, row_version):
    """(the row locked and not closed, for whom the person acts)."""
    row = lock(opportunity)
    behalf = require(by, RIGHT, row.client, at)
    check_version(row, row_version)
    if row.is_closed:
        raise Refused(
            _("Not possible: this is “%(state)s” already.") % {"state": row.get_stage_display()}
        )
    return row, behalf
