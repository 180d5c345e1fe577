"""Who serves a client on a day, in person or for somebody absent (domain.md 4.1, 4.4)."""

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from accounts.models import Assignment, StandIn
from accounts.models.scope import local_day
from accounts.models.user import RANKS
from accounts.permissions import capped


class OnDuty:
    """The team of a client on the day, asked once; a second time only where somebody is absent."""

    def __init__(self, client, at):
        self.client, self.day = client, local_day(at)
        rows = Assignment.objects.filter(client=client).on(self.day).select_related("user")
        away = Q(absent=OuterRef("user")) | Q(absent=client.group.head_id)
        self.rows = list(rows.annotate(is_covered=Exists(self._all_absences().filter(away))))
        self.absences = list(self._absences()) if self._is_anybody_away() else []

    def _all_absences(self):
        return StandIn.objects.on(self.day).touching(self.client)

    def _is_anybody_away(self):
        return any(row.is_covered for row in self.rows) or not self.rows

    def _absences(self):
        rows = self._all_absences().filter(absent__in=[user for user, _role in self.holders])
        return rows.select_related("absent", "deputy")

    @cached_property
    def holders(self):
        """[(user, role)] of those who stand in a post themselves."""
        found = [(row.user, capped(row.role, row.user)) for row in self.rows]
        head = self.client.group.head
        return [*found, (head, "gad")] if head is not None and head.role == "gad" else found

    def posts(self):
        """[(user, role, whom he acts for)]: who stands in which post, in person or for another."""
        found = [(user, role, None) for user, role in self.holders if user.is_active]
        for row in self.absences:
            if row.deputy.is_active:
                found += self._deputised(row)
        return found

    def _deputised(self, absence):
        """A deputy signs only where his own title would do, and counts as himself (4.4)."""
        for user, role in self.holders:
            title = RANKS.get(absence.deputy.role, 0)
            if user == absence.absent and title >= RANKS.get(role, 9):
                yield absence.deputy, role, absence.absent

    def served_by(self, user):
        """The assignments that the person serves, his own and those of people he stands in for;
        of two absences the later one counts first."""
        taken = [row for row in self.absences if row.deputy_id == user.pk]
        taken.sort(key=lambda row: row.starts_on, reverse=True)
        own = [row for row in self.rows if row.user_id == user.pk]
        return [*own, *(row for absence in taken for row in self.rows
                        if row.user_id == absence.absent_id)]  # fmt: skip

    def deputies_of(self, user):
        """Who stands in for the holder of a post; None for anybody else."""
        if all(user != holder for holder, _role in self.holders):
            return None
        found = [row.deputy for row in self.absences if row.absent_id == user.pk]
        return [deputy for deputy in found if deputy.is_active]
