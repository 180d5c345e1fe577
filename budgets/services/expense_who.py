"""Who decides an expense request: the next rank above its author (R86, 3.14)."""

from collections import defaultdict

from accounts.models import Assignment, Client, StandIn, User
from accounts.models.scope import local_day
from accounts.models.user import RANKS
from accounts.permissions import capped
from budgets.models.expense import MANAGEMENT

LEAST = 1


def level_of(row, is_over, at):
    """The rank that decides: one above the author, one more for each of: afterwards, over the
    month's budget, more spent than was approved. Above a GAD stands the management."""
    steps = 1 + row.is_afterwards + is_over + (row.spent is not None)
    return min(author_rank(row, at) + steps, MANAGEMENT)


def author_rank(row, at):
    """His rank on the client; without a client, or off its team, that of his title."""
    if row.client is not None:
        rows = Assignment.objects.on(local_day(at)).filter(client=row.client, user=row.author)
        if ranks := [RANKS[capped(one.role, row.author)] for one in rows if one.role in RANKS]:
            return max(ranks)
    return max(row.author.rank, LEAST)


def deciders(row, level, at):
    """{user: whom he acts for, None for himself} of those who decide at the level now.

    On the client of the request, else on every client that its author serves. An empty post is
    skipped upward; where nobody is left the management decides. The author never does, nor does
    a stand-in for him.
    """
    day, found = local_day(at), {}
    if level < MANAGEMENT:
        clients = [row.client] if row.client else list(served_by(row.author, day))
        for posts in _posts(clients, day).values():
            for user, absent in _from(posts, level, row.author).items():
                found.setdefault(user, absent)
    return found or _management(row.author)


def served_by(author, day):
    """The clients he is assigned to; those of a GAD's groups, too."""
    own = Assignment.objects.on(day).filter(user=author).values("client")
    rows = Client.objects.filter(pk__in=own)
    if author.role == User.Role.GAD:
        rows = rows | Client.objects.filter(group__head=author)
    return rows.select_related("group__head")


def _management(author):
    rows = User.objects.active().filter(role=User.Role.MANAGEMENT)
    return dict.fromkeys(rows.exclude(pk=author.pk))


def _posts(clients, day):
    """{client id: [(user, rank, whom he acts for)]}: in person, or for somebody absent."""
    found = defaultdict(list)
    for user, rank, client_id in _holders(clients, day):
        found[client_id].append((user, rank, None))
    people = {user for rows in found.values() for user, _rank, _absent in rows}
    absences = StandIn.objects.on(day).filter(absent__in=people, deputy__is_active=True)
    for row in absences.select_related("absent", "deputy"):
        for client_id, rows in found.items():
            if row.client_id in (None, client_id):
                rows += _deputised(row, rows)
    return found


def _holders(clients, day):
    rows = Assignment.objects.on(day).filter(client__in=clients, role__in=RANKS)
    for row in rows.select_related("user"):
        yield row.user, RANKS.get(capped(row.role, row.user), 0), row.client_id
    for client in clients:
        head = client.group.head
        if head.role == User.Role.GAD:
            yield head, RANKS["gad"], client.pk


def _deputised(absence, rows):
    """A deputy decides only where his own title would do (4.4)."""
    return [
        (absence.deputy, rank, absence.absent)
        for user, rank, acts_for in rows
        if user == absence.absent and acts_for is None and absence.deputy.rank >= rank
    ]


def _from(posts, level, author):
    """Who holds the level, or the next one that is not empty."""
    for rank in range(level, MANAGEMENT):
        found = {}
        for user, one, absent in posts:
            if one == rank and user.is_active and author not in (user, absent):
                found.setdefault(user, absent)
        if found:
            return found
    return {}
