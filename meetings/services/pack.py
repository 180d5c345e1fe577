"""The preparation pack: each place has its papers, or a reason why it needs none (R7)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from meetings.models import Meeting
from meetings.services import proposals
from meetings.services.ends import RUN, lock_meeting

MOST_PAPERS = 20  # in one place


def lock_item(item, row_version, by, at):
    """The locked place of a pack while the meeting is ahead, and whom the person acts for."""
    item = lock(item)
    behalf = require(by, RUN, item.meeting.client, at)
    check_state(item.meeting, *Meeting.AHEAD)
    check_version(item, row_version)
    return item, behalf


def _done(item, done, by, behalf, at, **changes):
    save(item)
    meeting = item.meeting
    record(
        meeting, done, by=by, at=at, client=meeting.client, behalf_of=behalf,
        kind=item.kind, **changes,
    )  # fmt: skip
    return item


@verb
def attach(*, item, documents, by, at, row_version=None):
    """Put papers of this client into their place; only what the person may see (Z14)."""
    item, behalf = lock_item(item, row_version, by, at)
    known = proposals.attachable(item.meeting.client, by, at)
    wanted = {paper.pk for paper in documents}
    if not wanted:
        raise Refused(_("Choose at least one paper."), "documents")
    if known.filter(pk__in=wanted).count() != len(wanted):
        raise Refused(_("This paper is not one of the client's."), "documents")
    if len(wanted | set(item.documents.values_list("pk", flat=True))) > MOST_PAPERS:
        raise Refused(_("At most %(count)d papers stand here.") % {"count": MOST_PAPERS})
    item.documents.add(*wanted)
    item.not_needed = ""
    return _done(item, "attach_papers", by, behalf, at, papers=sorted(wanted))


@verb
def detach(*, item, document, by, at, row_version=None):
    item, behalf = lock_item(item, row_version, by, at)
    item.documents.remove(document)
    return _done(item, "detach_paper", by, behalf, at, papers=[document.pk])


@verb
def set_not_needed(*, item, reason, by, at, row_version=None):
    """This meeting needs no such paper, and why (Z16)."""
    item, behalf = lock_item(item, row_version, by, at)
    if item.documents.exists():
        raise Refused(_("A paper is attached here: take it out first."), "reason")
    item.not_needed = check_reason(reason)
    return _done(item, "not_needed", by, behalf, at, reason=item.not_needed)


@verb
def set_needed(*, item, by, at, row_version=None):
    """The reason falls: the place is open again."""
    item, behalf = lock_item(item, row_version, by, at)
    if not item.not_needed:
        raise Refused(_("This place is open already."))
    item.not_needed = ""
    return _done(item, "needed", by, behalf, at)


@verb
def attach_newest(*, meeting, by, at, row_version=None):
    """The newest visible paper into each empty place; refused where there is none for any."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.AHEAD)
    count = proposals.attach_newest(meeting, by, at)
    if not count:
        raise Refused(_("The folder holds no paper for the places that are empty."))
    record(
        meeting, "attach_newest", by=by, at=at, client=meeting.client, behalf_of=behalf,
        count=count,
    )  # fmt: skip
    return meeting
