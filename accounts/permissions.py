"""Who may do what: the one table (domain.md 4.2) and the questions asked of it.

Cells: Y on clients in scope · A on all clients · o what is one's own · r for a rank below
· or both · t titles only, no client content · - never. The rank used on a client is that of
the assignment there, never above the person's own title (4.1).
"""

from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AccountGroup, Assignment, StandIn
from accounts.models.scope import local_day, scope
from accounts.models.user import RANKS
from agency.common.context import once
from agency.common.dates import MIDNIGHT, local_instant

COLUMNS = ("ae", "am", "ad", "gad", "finance", "management", "department", "admin")

MATRIX = {
    "accounts.view_client": "Y Y Y Y A A Y -",
    "budgets.view_money": "Y Y Y Y A A o -",
    "budgets.view_margin": "- Y Y Y A A - -",
    "jobs.edit_estimate": "Y Y Y Y - - - -",
    "accounts.change_client": "Y Y Y Y - - - -",
    "accounts.manage_contract": "- Y Y Y A - - -",
    "accounts.assign": "- r Y Y - - - -",
    "accounts.stand_in": "o or or or o - - A",
    "accounts.manage_users": "- - - - - - - A",
    "accounts.manage_settings": "- - - - - - - A",
    "accounts.view_audit": "- Y Y Y A A - t",
    "accounts.coach": "- r r r - - - -",
    "accounts.read_coaching": "o r r r - A - -",
    "meetings.run_meeting": "Y Y Y Y - - o -",
    "meetings.log_call": "Y Y Y Y - - - -",
    "meetings.issue_report": "Y Y Y Y - - - -",
    "meetings.record_return": "Y Y Y Y - - - -",
    "meetings.confirm_end": "- Y Y Y - - - -",
    "meetings.work_action": "Y Y Y Y o - o -",
    "meetings.edit_status": "Y Y Y Y - - - -",
    "meetings.sign_status": "- Y Y Y - - - -",
    "archives.file_document": "Y Y Y Y A - o -",
    "archives.void_document": "- Y Y Y - - - -",
    "archives.edit_archive": "Y Y Y Y - - o -",
    "archives.sign_strategy": "- - Y Y - - - -",
    "archives.edit_quarterly": "Y Y Y Y - - - -",
    "archives.sign_quarterly": "- Y Y Y - - - -",
    "jobs.request_job": "Y Y Y Y - - - -",
    "jobs.approve_job": "- Y Y Y - - - -",
    "jobs.edit_brief": "Y Y Y Y - - o -",
    "jobs.sign_creative_brief": "- Y Y Y - - - -",
    "jobs.approve_manager": "- Y Y Y - - - -",
    "jobs.approve_director": "- - Y Y - o - -",
    "jobs.send_estimate": "Y Y Y Y - - - -",
    "jobs.record_signature": "Y Y Y Y - - - -",
    "jobs.confirm_signature": "- Y Y Y - - - -",
    "jobs.give_start": "Y Y Y Y - - - -",
    "jobs.take_start": "- - - - - - o -",
    "jobs.enter_cost": "Y Y Y Y A - o -",
    "jobs.publish_timeline": "Y Y Y Y - - - -",
    "jobs.tick_milestone": "Y Y Y Y - - o -",
    "jobs.check_outgoing": "Y Y Y Y - - - -",
    "jobs.complete": "Y Y Y Y - - - -",
    "jobs.approve_completion": "- Y Y Y - - - -",
    "budgets.edit_budget": "Y Y Y Y - - - -",
    "budgets.authorise_budget": "- Y Y Y - - - -",
    "budgets.edit_plan": "Y Y Y Y - - o -",
    "budgets.draft_invoice": "Y Y Y Y A - - -",
    "budgets.check_invoice": "Y Y Y Y - - - -",
    "budgets.issue_invoice": "- - - - A - - -",
    "budgets.edit_monthly": "Y Y Y Y - - - -",
    "budgets.sign_monthly": "- Y Y Y - - - -",
    "budgets.view_receivables": "Y Y Y Y A A - -",
    "budgets.dun": "- Y Y Y A - - -",
    "budgets.view_dashboard": "o r Y Y A A - -",
    "budgets.edit_opportunity": "Y Y Y Y - - - -",
    "budgets.set_expense_budget": "- - Y Y - - - -",
    "budgets.propose_expense_budget": "- Y Y Y - - - -",
    "budgets.request_expense": "o o o o - - - -",
    "budgets.decide_expense": "- r r r - r - -",
    "accounts.export": "Y Y Y Y A A - -",
}
TABLE = {
    permission: dict(zip(COLUMNS, cells.split(), strict=True))
    for permission, cells in MATRIX.items()
}

# Signing steps: a stand-in uses them only where his own title would do (4.4).
SIGNATURES = {
    "archives.sign_strategy",
    "archives.sign_quarterly",
    "jobs.approve_job",
    "jobs.sign_creative_brief",
    "jobs.approve_manager",
    "jobs.approve_director",
    "jobs.confirm_signature",
    "jobs.approve_completion",
    "budgets.authorise_budget",
    "budgets.sign_monthly",
    "budgets.decide_expense",
    "meetings.sign_status",
}


@dataclass(frozen=True)
class Standing:
    """In what role somebody stands on a client, and for whom (None: on his own account)."""

    role: str
    acting_for: object = None


class Rights:
    """The rights of one person at one instant: asked once, then any number of questions.

    team: the client's `OnDuty` at that instant, where the caller holds it: nothing is asked anew.
    """

    def __init__(self, user, at=None, client=None, team=None):
        self.user = user
        self.day = local_day(at or timezone.now())
        self.client_id = getattr(client, "pk", client)
        self._assigned = team and team.served_by(user)
        self._standings = None

    @property
    def is_present(self):
        return bool(self.user.is_authenticated and self.user.is_active)

    def can(self, permission, client=None, own=False):
        """True when the table allows it; `own` says that the thing is the person's own."""
        return self.standing_for(permission, client, own) is not None

    def standing_for(self, permission, client=None, own=False):
        """The standing that allows it, one's own before a stand-in's; None when none does."""
        if not self.is_present:
            return None
        for standing in self.standings(client):
            if self._is_enough(permission, standing, own, client is not None):
                return standing
        return None

    def _is_enough(self, permission, standing, own, about_client):
        cells = TABLE[permission]
        roles = [standing.role]
        if standing.acting_for and permission in SIGNATURES:
            roles.append(self.user.role)
        return all(_allows(cells[role], own, about_client) for role in roles)

    def standings(self, client=None):
        """All standings on the client; without a client, the person's title."""
        if client is None or self.user.sees_all_clients:
            return [Standing(self.user.role)]
        return self._all().get(getattr(client, "pk", client), [])

    def role_on(self, client):
        """The role used on the client, or None outside one's scope."""
        standings = self.standings(client)
        return standings[0].role if standings else None

    def rank_on(self, client):
        """The highest rank on the client; 0 outside the account service."""
        return max((RANKS.get(one.role, 0) for one in self.standings(client)), default=0)

    def ranks(self):
        """{client id: highest rank} of all clients in scope by assignment, group or cover."""
        return {client_id: self.rank_on(client_id) for client_id in self._all()}

    def _all(self):
        if self._standings is None:
            key = ("standings", self.user.pk, self.day, self.client_id)
            self._standings = once(key, self._gathered)
        return self._standings

    def _gathered(self):
        found = {}
        for client_id, standing in self._rows():
            found.setdefault(client_id, []).append(standing)
        return found

    def _rows(self):
        """Own standings first, then those of people stood in for (4.4)."""
        if self.user.is_admin:
            return
        served = self._served()
        for row in served:
            if row.user_id == self.user.pk:
                yield row.client_id, Standing(capped(row.role, self.user))
        yield from self._headed()
        for row in served:
            if row.user_id != self.user.pk:
                yield row.client_id, Standing(capped(row.role, row.user), acting_for=row.user)

    def _narrow(self, rows, field="client"):
        return rows.all() if self.client_id is None else rows.filter(**{field: self.client_id})

    def colleagues(self):
        """Today's assignments of active people on the clients in scope; what the person's own
        standing comes from is among them, so it is not asked again."""
        clients = scope(self.user, local_instant(self.day, MIDNIGHT))
        rows = Assignment.objects.on(self.day).select_related("user")
        found = list(rows if clients is None else rows.filter(client__in=clients))
        if self.client_id is None:
            self._assigned = self._served_of(found)
        return [row for row in found if row.user.is_active]

    def _served_of(self, rows):
        """Of these the person's own, and those of people stood in for; never chained (4.4)."""
        pairs = {(self.user.pk, None)}
        for absence in StandIn.objects.taken_by(self.user, self.day):
            pairs.add((absence.absent_id, absence.client_id))
        return [row for row in rows if pairs & {(row.user_id, None), (row.user_id, row.client_id)}]

    def _served(self):
        """The same in one query; of two absences the later one counts first."""
        if self._assigned is None:
            self._assigned = list(_served_by(self.user.pk, self.day, self.client_id).all())
        return self._assigned

    def _headed(self):
        if self.user.role != "gad":
            return
        groups = AccountGroup.objects.filter(head=self.user, clients__isnull=False)
        for client_id in self._narrow(groups, "clients").values_list("clients", flat=True):
            if self.client_id in (None, client_id):
                yield client_id, Standing("gad")


@lru_cache(maxsize=1000)
def _served_by(user_id, day, client_id):
    """The question of Rights, put together once a person, day and client; it holds no answer."""
    mine = Assignment.objects.held_by(user_id, day)
    mine = mine if client_id is None else mine.filter(client=client_id)
    return mine.select_related("user").order_by("-user__absences__starts_on", "pk")


def capped(role, user):
    """The assignment's role, never above the person's title (4.1)."""
    if role in RANKS and user.role in RANKS:
        return min(role, user.role, key=RANKS.get)
    return role if role == "department" else user.role


def _allows(cell, own, about_client):
    if cell in ("Y", "A"):
        return True
    if cell == "t":
        return not about_client
    if "o" in cell and own:
        return True
    return "r" in cell


def can(user, permission, client=None, at=None, own=False):
    """May the person do this on the client at that instant (4.2)?"""
    return Rights(user, at, client).can(permission, client, own)


def acting_for(user, permission, client, at=None, own=False):
    """Whose right is used: the person himself, or the absent one stood in for; None without one."""
    standing = Rights(user, at, client).standing_for(permission, client, own)
    return None if standing is None else (standing.acting_for or user)


def require(user, permission, client=None, at=None, own=False, team=None):
    """Refuse with 403 unless allowed; return whom the person acts for, None for himself.

    `user` None is the system: the clock may do what section 3 gives to it.
    """
    if user is None:
        return None
    standing = Rights(user, at, client, team).standing_for(permission, client, own)
    if standing is None:
        raise PermissionDenied(permission)
    return standing.acting_for


def is_over(user, person, at=None):
    """True when the person serves a client on which the user's rank is higher (R80)."""
    return any(person.pk == one.pk for one in people_under(user, at))


def people_under(user, at=None):
    """Active people who serve a client on which the user's rank is higher, by name (R80)."""
    rights = Rights(user, at)
    rows = rights.colleagues() if rights.is_present else []
    ranks = rights.ranks() if rows else {}
    found = {
        row.user
        for row in rows
        if 0 < RANKS.get(capped(row.role, row.user), 0) < ranks.get(row.client_id, 0)
    }
    return sorted(found - {user}, key=lambda one: one.name)
