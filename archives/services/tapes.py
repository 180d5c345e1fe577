"""Tapes of the library: entered, changed, lost, found, discarded (R47)."""

from django.utils.translation import gettext as _

from accounts.models import Client
from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services import next_number
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.models import Tape

RIGHT = "archives.edit_archive"
FACTS = ("title", "content", "format", "length_s", "recorded_on", "shelf", "is_master", "ad")
Owner, State = Tape.Owner, Tape.State


@verb
def create_tape(*, client, by, at, competitor=None, form_key=None, **values):
    """A tape comes to the library and gets its number; `competitor`: it shows what he does."""
    behalf = require(by, RIGHT, client, at)
    if earlier := form_key and Tape.objects.filter(form_key=form_key).first():
        return earlier
    tape = Tape(
        form_key=form_key, created_by=by, created_at=at,
        **_owned(client, competitor), **_known(values),
    )  # fmt: skip
    _check(tape)
    tape.number = f"TP-{next_number('TP'):04d}"
    tape, is_new = once(tape)
    if is_new:
        record(tape, "create_tape", by=by, at=at, client=client, behalf_of=behalf)
    return tape


def _known(values):
    return {name: value for name, value in values.items() if name in FACTS}


def _owned(client, competitor):
    """Of the client, or of a competitor of one of its brands."""
    if client.status == Client.Status.CLOSED:
        raise Refused(_("This client is closed."), "client")
    if competitor is None:
        return {"owner": Owner.CLIENT, "client": client}
    if competitor.brand.client_id != client.pk:
        raise Refused(_("This belongs to another client."), "competitor")
    return {"owner": Owner.COMPETITOR, "competitor": competitor}


def _check(tape):
    """Refused where the ad on it is somebody else's."""
    ad = tape.ad
    whose = (tape.client_id, tape.competitor_id)
    if ad is not None and (ad.client_id, ad.competitor_id) != whose:
        raise Refused(_("This ad is not of whom the tape is of."), "ad")


@verb
def update_tape(*, tape, by, at, row_version=None, **values):
    """Correct what is known of it, each change in the audit trail; its number and owner stay."""
    row, behalf = opened(tape, by, at, row_version)
    changes = {}
    for name, value in _known(values).items():
        if getattr(row, name) != value:
            changes[name] = [getattr(row, name), value]
            setattr(row, name, value)
    _check(row)
    if changes:
        save(row)
        record(row, "update_tape", by=by, at=at, client=row.account, behalf_of=behalf, **changes)
    return row


def opened(tape, by, at, row_version, *states):
    """(the row locked, in one of the states, for whom the person acts)."""
    row = lock(tape)
    behalf = require(by, RIGHT, row.account, at)
    check_version(row, row_version)
    if states:
        check_state(row, *states)
    return row, behalf


@verb
def lose_tape(*, tape, reason, by, at, row_version=None):
    """It cannot be found: on the shelf or with its borrower."""
    row, behalf = opened(tape, by, at, row_version, State.IN, State.OUT)
    return _gone(row, State.LOST, "lose_tape", reason, by, at, behalf)


@verb
def discard_tape(*, tape, reason, by, at, row_version=None):
    """It leaves the library for ever; its record and its loans stay."""
    row, behalf = opened(tape, by, at, row_version, State.IN, State.LOST)
    return _gone(row, State.DISCARDED, "discard_tape", reason, by, at, behalf)


def _gone(row, state, act, reason, by, at, behalf):
    row.state, row.state_reason = state, check_reason(reason)
    save(row)
    record(row, act, by=by, at=at, client=row.account, behalf_of=behalf, reason=row.state_reason)
    return row
