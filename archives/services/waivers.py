"""What a folder may go without, by the account manager's word, and the word taken back (R40)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import lock, verb
from archives.folder import WANTED
from archives.models import Waiver

RIGHT = "archives.void_document"


@verb
def waive(*, client, kind, reason, by, at):
    """Note why the client's folder goes without something it is asked for."""
    client = lock(client)
    behalf = require(by, RIGHT, client, at)
    if kind not in WANTED:
        raise Refused(_("The folder is not asked for this."), "kind")
    return note(client=client, kind=kind, reason=reason, by=by, at=at, behalf_of=behalf)


def note(*, client, kind, reason, by, at, behalf_of, job_number=""):
    """The row and its line in the trail; the calling verb has asked the right and locked."""
    reason = check_reason(reason)
    row, is_new = Waiver.objects.get_or_create(
        client=client, job_number=job_number, kind=kind,
        defaults={"reason": reason, "by": by, "created_by": by, "created_at": at},
    )  # fmt: skip
    if is_new:
        record(row, "waive_paper", by=by, at=at, client=client, behalf_of=behalf_of, reason=reason)
    return row


@verb
def end_waiver(*, waiver, by, at):
    """The folder is asked for it again; who waived it and why stays in the trail."""
    row = lock(waiver)
    behalf = require(by, RIGHT, row.client, at)
    record(row, "end_waiver", by=by, at=at, client=row.client, behalf_of=behalf,
           reason=row.reason)  # fmt: skip
    row.delete()
    return waiver
