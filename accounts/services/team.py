"""Who serves a client: assignments, one lead a day, and who is meant by a post (Z19)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Assignment, StandIn
from accounts.models.scope import local_day
from accounts.models.user import RANKS
from accounts.permissions import Rights, require
from accounts.services.edits import change, check_order, insert, made_before
from accounts.services.trail import record
from agency.common.context import once
from agency.common.errors import Refused
from agency.common.verbs import check_version, lock, verb

RIGHT = "accounts.assign"
POSTS = ("ae", "am", "ad", "gad")


def people(*, client, role, at, named=None, team=None):
    """Who is meant by a post of the client, then their stand-ins: both are told (Z19).

    `named` is the person on the row. Somebody inactive is replaced by the successor, an empty
    post is skipped upward; the list is empty only when the group's head is gone too.
    team: the client's `OnDuty` at that instant, where the caller holds it.
    """
    day = local_day(at)
    if named is not None and (found := _present(named)):
        return with_deputies(found, client, day, team)
    leads = _leads(client, day)
    for post in POSTS[POSTS.index(role) :]:
        holder = client.group.head if post == "gad" and post not in leads else leads.get(post)
        if holder is not None and (found := _present(holder)):
            return with_deputies(found, client, day)
    return []


def recipients_of(*, user, client, at, team=None):
    """One person, or the successor, and who stands in at this client: for notices to owners."""
    found = _present(user)
    return with_deputies(found, client, local_day(at), team) if found else []


def _leads(client, day):
    def ask():
        rows = client.assignments.on(day).leads().select_related("user", "user__successor")
        return {row.role: row.user for row in rows}

    return once(("leads", client.pk, day), ask)


def _present(user):
    """The person, or the first active successor down the line; None when nobody is left."""
    seen = set()
    while user is not None and not user.is_active:
        if user.pk in seen:
            return None
        seen.add(user.pk)
        user = user.successor
    return user


def with_deputies(user, client, day, team=None):
    known = team and team.deputies_of(user)
    if known is not None:
        return [user, *known]

    def ask():
        absences = StandIn.objects.on(day).covering(user, client).select_related("deputy")
        return [row.deputy for row in absences if row.deputy.is_active]

    return [user, *once(("deputies", user.pk, client.pk, day), ask)]


@verb
def assign(*, client, user, role, starts_on, by, at, ends_on=None, is_lead=False, form_key=None):
    """Put a person on a client. AM: AEs only; the role never exceeds the person's title (4.1)."""
    behalf_of = _require_assign(by, role, client, at)
    if twin := made_before(Assignment, form_key):
        return twin
    _check_fit(user, role, is_lead)
    check_order(starts_on, ends_on)
    row = Assignment(
        client=client,
        user=user,
        role=role,
        is_lead=is_lead,
        starts_on=starts_on,
        ends_on=ends_on,
        form_key=form_key,
        created_by=by,
        created_at=at,
    )
    insert(row)
    record("assign", row, by=by, at=at, client=client, behalf_of=behalf_of)
    return row


def _require_assign(by, role, client, at):
    behalf_of = require(by, RIGHT, client, at)
    if by is not None and Rights(by, at, client).role_on(client) == "am" and role != "ae":
        raise PermissionDenied(RIGHT)
    return behalf_of


def _check_fit(user, role, is_lead):
    if not user.is_active:
        raise Refused(_("This person has left."), "user")
    if role == "department":
        if is_lead:
            raise Refused(_("A department has no lead."), "is_lead")
        return
    if user.rank == 0:
        raise Refused(_("This person is not of the account service."), "user")
    if RANKS[role] > user.rank:
        raise Refused(_("The role is above the person's title."), "role")


@verb
def end_assignment(*, assignment, ends_on, by, at, row_version=None):
    """Let an assignment end on a day; not before it began, and not in the past."""
    row = lock(assignment)
    check_version(row, row_version)
    behalf_of = _require_assign(by, row.role, row.client, at)
    if ends_on < local_day(at) - timedelta(days=1):
        raise Refused(_("The last day lies in the past."), "ends_on")
    check_order(row.starts_on, ends_on)
    changes = change(row, {"ends_on": ends_on})
    record(
        "end_assignment",
        row,
        by=by,
        at=at,
        client=row.client,
        behalf_of=behalf_of,
        changes=changes,
    )
    return row


@verb
def make_lead(*, assignment, by, at, row_version=None):
    """Hand the lead of a role over from today: one lead a day (R80)."""
    row = lock(assignment)
    check_version(row, row_version)
    behalf_of = _require_assign(by, row.role, row.client, at)
    _check_fit(row.user, row.role, is_lead=True)
    row = take_lead(row, by, at)
    record("make_lead", row, by=by, at=at, client=row.client, behalf_of=behalf_of)
    return row


def take_lead(row, by, at):
    """From today this assignment leads its role; who led until now serves on without the lead."""
    today = local_day(at)
    others = row.client.assignments.leads().filter(role=row.role).exclude(pk=row.pk)
    for other in others.until_after(today):
        _from_today(lock(other), today, by, at, is_lead=False)
    return _from_today(row, today, by, at, is_lead=True)


def _from_today(row, today, by, at, is_lead):
    """The row with another lead flag from today; the days before keep what was true then."""
    if row.starts_on >= today:
        change(row, {"is_lead": is_lead})
        return row
    until = row.ends_on
    change(row, {"ends_on": today - timedelta(days=1)})
    return insert(
        Assignment(
            client=row.client,
            user=row.user,
            role=row.role,
            is_lead=is_lead,
            starts_on=today,
            ends_on=until,
            created_by=by,
            created_at=at,
        )
    )


def close(row, today):
    """Nothing more from today; what would have begun today or later leads nothing."""
    if row.starts_on < today:
        change(row, {"ends_on": today - timedelta(days=1)})
    else:
        change(row, {"ends_on": row.starts_on, "is_lead": False})
