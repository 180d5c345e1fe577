"""Cover for each other (补位, R77, domain.md 4.4)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import StandIn
from accounts.models.scope import local_day
from accounts.permissions import is_over, require
from accounts.services.edits import change, check_order, insert, made_before
from accounts.services.trail import record, worded
from agency.common.errors import Refused
from agency.common.services import notify
from agency.common.texts import check_reason
from agency.common.verbs import check_version, lock, verb
from agency.common.wording import full_day_text

RIGHT = "accounts.stand_in"


@verb
def appoint_stand_in(
    *, absent, deputy, starts_on, ends_on, reason, by, at, client=None, form_key=None
):
    """The deputy has the absent person's rights on these days, both days included."""
    _require_over(by, absent, at)
    if twin := made_before(StandIn, form_key):
        return twin
    check_order(starts_on, ends_on)
    _check_days(starts_on, at)
    _check_fit(absent, deputy)
    _check_client(absent, client, starts_on, ends_on)
    _check_free(absent, deputy, client, starts_on, ends_on)
    row = StandIn(
        absent=absent,
        deputy=deputy,
        client=client,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=check_reason(reason),
        made_by=by,
        form_key=form_key,
        created_by=by,
        created_at=at,
    )
    insert(row)
    _tell(row, at, "made")
    record("appoint_stand_in", row, by=by, at=at, client=client)
    return row


def _require_over(by, absent, at):
    """One's own absence, that of one of my people, or, for the admin, anybody's (4.2)."""
    own = by is not None and by.pk == absent.pk
    require(by, RIGHT, None, at, own=own)
    if by is not None and not own and not by.is_admin and not is_over(by, absent, at):
        raise PermissionDenied(RIGHT)


def _check_days(starts_on, at):
    if starts_on < local_day(at):
        raise Refused(_("The first day lies in the past."), "starts_on")


def _check_fit(absent, deputy):
    """At most one rank below; outside the account service the same role and department (4.4)."""
    if not deputy.is_active:
        raise Refused(_("This person has left."), "deputy")
    if absent.pk == deputy.pk:
        raise Refused(_("Nobody stands in for himself."), "deputy")
    if absent.rank:
        fits = deputy.rank >= max(absent.rank - 1, 1)
    else:
        fits = (deputy.role, deputy.department) == (absent.role, absent.department)
    if not fits:
        raise Refused(_("A stand-in may be at most one rank below."), "deputy")


def _check_client(absent, client, starts_on, ends_on):
    if client is None:
        return
    rows = absent.assignments.filter(client=client).overlapping(starts_on, ends_on)
    if not rows.exists() and client.group.head_id != absent.pk:
        raise Refused(_("The absent person does not serve this client then."), "client")


def _check_free(absent, deputy, client, starts_on, ends_on):
    """One stand-in a client and day; a deputy who is away himself covers nobody (not chained)."""
    rows = absent.absences.overlapping(starts_on, ends_on)
    if client is not None:
        rows = rows.touching(client)
    if rows.exists():
        raise Refused(_("There is a stand-in for these days already."), "starts_on")
    if deputy.absences.overlapping(starts_on, ends_on).filter(client=None).exists():
        raise Refused(_("This person is away on these days, too."), "deputy")


@verb
def end_stand_in(*, stand_in, by, at, row_version=None):
    """End it early: from now on for one that runs, not at all for one that has not begun."""
    row = lock(stand_in)
    check_version(row, row_version)
    _require_over(by, row.absent, at)
    today = local_day(at)
    if row.ends_on < today:
        raise Refused(_("This is over already."))
    record("end_stand_in", row, by=by, at=at, client=row.client)
    _tell(row, at, "ended")
    if row.starts_on > today:
        row.delete()
        return None
    change(row, {"ends_on": max(row.starts_on, today - timedelta(days=1))})
    return row


def _tell(row, at, slot):
    notify(
        key=f"stand_in:standin:{row.pk}:{slot}",
        recipients=[row.absent, row.deputy],
        kind="stand_in",
        subject=row,
        label=worded(lambda: _label(row, slot)),
        path="/people/stand-ins/",
        at=at,
    )


def _label(row, slot):
    words = {
        "made": _("%(deputy)s stands in for %(absent)s, %(first)s to %(last)s."),
        "ended": _("%(deputy)s no longer stands in for %(absent)s (%(first)s to %(last)s)."),
    }
    facts = {
        "deputy": row.deputy,
        "absent": row.absent,
        "first": full_day_text(row.starts_on),
        "last": full_day_text(row.ends_on),
    }
    return words[slot] % facts
