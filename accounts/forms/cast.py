"""Who may be named on a client's papers: its contacts, and our people who work for it."""

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Assignment, Contact, User
from accounts.models.scope import local_day

HELPERS = (User.Role.DEPARTMENT, User.Role.FINANCE)


class Cast:
    """People of one client, read once for a page however many rows ask.

    also: people named already who must stay choosable though they have left since.
    """

    def __init__(self, client, at, me=None, also=()):
        self.client = client
        self.day = local_day(at)
        self.me = me
        self.also = {person for person in also if person is not None}

    @cached_property
    def contacts(self):
        """{"c12": Contact} of active contacts, the key ones first."""
        kept = [person.pk for person in self.also if isinstance(person, Contact)]
        rows = Contact.objects.filter(Q(is_active=True) | Q(pk__in=kept), client=self.client)
        return {f"c{row.pk}": row for row in rows}

    @cached_property
    def users(self):
        """{"u7": User}: me, the client's team, the head of its group, departments, finance."""
        kept = [person.pk for person in (*self.also, self.me) if isinstance(person, User)]
        rows = User.objects.filter(
            Q(is_active=True) & (Q(pk__in=self._team) | self._others()) | Q(pk__in=kept)
        )
        return {f"u{row.pk}": row for row in sorted(rows, key=self._place)}

    @cached_property
    def _team(self):
        rows = Assignment.objects.filter(client=self.client).on(self.day)
        return set(rows.values_list("user", flat=True))

    def _others(self):
        return Q(role__in=HELPERS) | Q(groups_headed=self.client.group_id)

    def _place(self, user):
        mine = self.me is not None and user.pk == self.me.pk
        return (not mine, user.pk not in self._team, user.username)

    @property
    def people(self):
        """Everybody by the key a form sends."""
        return {**self.users, **self.contacts}

    @cached_property
    def contact_choices(self):
        return [(key, str(row)) for key, row in self.contacts.items()]

    @cached_property
    def user_choices(self):
        return [(key, str(row)) for key, row in self.users.items()]

    @cached_property
    def owner_choices(self):
        """One list for both sides: an action has exactly one owner (R19)."""
        client = [(key, f"▲ {row}") for key, row in self.contacts.items()]
        return [
            ("", _("Choose")),
            (_("Ours"), self.user_choices),
            (str(self.client), client),
        ]

    @cached_property
    def main_contact(self):
        """Who is proposed as the person met and as returner: a reachable key contact first."""
        reachable = [row for row in self.contacts.values() if row.is_active and row.email]
        return next(iter(reachable), None) or next(iter(self.contacts.values()), None)


def key_of(person):
    """The key a form sends for a person: "u7" or "c12"; empty for nobody."""
    if person is None:
        return ""
    return f"{'u' if isinstance(person, User) else 'c'}{person.pk}"
