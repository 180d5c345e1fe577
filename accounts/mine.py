"""Whose duties a person has today: his own, and those of people he stands in for (4.4)."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import Assignment, Client, StandIn
from accounts.models.scope import local_day, statement

POSTS = ("ae", "am", "ad", "gad")


class Mine:
    """Whose duties are the person's: the own ones, and those of absent people on their clients."""

    def __init__(self, user, at):
        self.user = user
        self.today = local_day(at)
        self.absences = StandIn.objects.taken_by(user, self.today)
        self.posts = {}

    def where(self, field, client="client"):
        """Condition on rows that name a person in `field`; `client` leads to their client."""
        found = Q(**{field: self.user})
        for absence in self.absences:
            theirs = Q(**{field: absence.absent_id})
            if absence.client_id:
                theirs &= Q(**{client: absence.client_id})
            found |= theirs
        return found

    def in_post(self, role, client="client"):
        """Condition on rows of clients where the post is the person's: the lead there, or who
        stands next above an empty post (Z19). No query of its own. `client` "pk": rows are clients.
        """
        if role not in self.posts:
            clients = Client.objects.filter(self._has_post(role))
            self.posts[role] = statement(clients.values("pk"))
        return Q(**{f"{client}__in": self.posts[role]})

    def _has_post(self, role):
        """Condition on clients."""
        leads = Assignment.objects.leads().on(self.today).filter(user__is_active=True)
        found, none_below = Q(), Q()
        for post in POSTS[POSTS.index(role) :]:
            held = leads.filter(role=post)
            is_held = Q(pk__in=held.values("client"))
            is_mine = Q(pk__in=held.filter(self.where("user")).values("client"))
            if post == "gad":
                is_mine |= self.where("group__head", "pk") & ~is_held
            found |= none_below & is_mine
            none_below &= ~is_held
        return found

    def signs_second(self):
        """Condition on reports of two signatures that wait for the person's: the AM's, or the
        AD's where an AM has submitted it (4.3); never his own."""
        managers = Assignment.objects.on(self.today).filter(role="am", client=OuterRef("client"))
        by_manager = Exists(managers.filter(user=OuterRef("author")))
        fits = (self.in_post("am") & ~by_manager) | (self.in_post("ad") & by_manager)
        return fits & ~Q(author=self.user)

    def person(self, user_id):
        """The absent person, for the banner; None for one's own."""
        absent = {row.absent_id: row.absent for row in self.absences}
        return None if user_id == self.user.pk else absent.get(user_id)
