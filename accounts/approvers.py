"""Who approves a step when a chair is empty or the author sits on it (domain.md 4.3, 4.4)."""

from accounts.duty import OnDuty
from accounts.models import User
from accounts.models.user import RANKS

MANAGER, DIRECTOR, DIRECTOR2 = "manager", "director", "director2"


def approvers(*, client, step, authors, approved=(), at, posts=None):
    """{user: whom he acts for, None for himself} of those who may take the step now.

    authors: everybody who wrote or submitted this revision, or changed a line of it; approved:
    who has approved an earlier step. None of them approves, nor does a stand-in for them. An
    empty answer means that the paper waits: nothing shortens the chain. posts: those of `OnDuty`
    at that instant, where the caller has asked already.
    """
    rows = OnDuty(client, at).posts() if posts is None else posts
    posts = _Posts(rows, {user.pk for user in (*authors, *approved)})
    rank = max((posts.rank_of(user) for user in authors), default=0)
    if step == MANAGER:
        return _manager(posts, rank)
    if step == DIRECTOR:
        return posts.of("ad", "gad")
    if rank >= RANKS["ad"]:
        return posts.management()
    return posts.of("gad") or posts.management()


def _manager(posts, rank):
    """AM; an AM's paper goes to the AD or another AM there; an empty post is skipped upward."""
    if rank == RANKS["am"]:
        return posts.of("am", "ad") or posts.of("gad")
    if posts.has("am"):
        return posts.of("am")
    return posts.of("ad") or posts.of("gad")


class _Posts:
    """The posts as one paper meets them: without whoever wrote it or said yes before."""

    def __init__(self, rows, excluded):
        self.rows, self.excluded = rows, excluded

    def rank_of(self, user):
        """The rank of an author on this client; who has left the team keeps his title's."""
        ranks = [RANKS.get(role, 0) for one, role, _for in self.rows if one == user and not _for]
        return max(ranks, default=RANKS.get(user.role, 0))

    def has(self, role):
        """Somebody holds the post, whether or not he may sign this paper."""
        return any(one == role for _user, one, _for in self.rows)

    def of(self, *roles):
        found = {}
        for user, role, absent in self.rows:
            barred = {user.pk, absent.pk if absent else None} & self.excluded
            if role in roles and not barred:
                found.setdefault(user, absent)
        return found

    def management(self):
        rows = User.objects.filter(role=User.Role.MANAGEMENT, is_active=True)
        return dict.fromkeys(rows.exclude(pk__in=self.excluded))
