"""What waits for a person with a signed paper on its way: approve, send, second person, expired."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from accounts.models import Assignment, User
from jobs.models import Estimate, SignedPaper

State = SignedPaper.State
CLIENT = "job__client"


class Waiting:
    """Papers of one kind that wait for a person; `same`: what revisions of one paper share."""

    def __init__(self, model, *same):
        self.papers = model.objects
        approvals = model._meta.get_field("approvals")
        self.approvals, self.paper = approvals.related_model.objects, approvals.field.name
        self.editors, self.edited = model.editors.through.objects, model._meta.model_name
        revisions = {name: OuterRef(name) for name in same}
        self.newer = model.objects.filter(revision__gt=OuterRef("revision"), **revisions)

    def _said(self, **who):
        return Exists(self.approvals.filter(**{self.paper: OuterRef("pk")}, **who))

    def _not_his(self, mine):
        """Whoever wrote it, or said yes to it before, does not approve it (Z12)."""
        edited = self.editors.filter(**{self.edited: OuterRef("pk")}, user=mine.user)
        his = Q(author=mine.user) | Q(submitted_by=mine.user)
        return ~his & ~Exists(edited) & ~self._said(by=mine.user)

    def to_approve_as_manager(self, mine, at):
        """The manager step, by post; an AM's paper is the AD's (4.3)."""
        rows = self.papers.filter(self._not_his(mine), state=State.SUBMITTED)
        return rows.filter(manager_step(mine))

    def to_approve_as_director(self, mine, at):
        """The director's office: AD, GAD; above the limit the second one, or management (4.3)."""
        rows = self.papers.filter(self._not_his(mine))
        office = mine.in_post("ad", CLIENT) | mine.in_post("gad", CLIENT)
        second = mine.in_post("gad", CLIENT)
        if mine.user.role == User.Role.MANAGEMENT:
            second = self._said(by=OuterRef("job__client__group__head"))
        waiting = Q(state=State.MANAGER_OK) & office | Q(state=State.DIRECTOR_OK) & second
        return rows.filter(waiting)

    def to_send(self, mine, at):
        return self.papers.filter(mine.where("job__ae", CLIENT), state=State.APPROVED)

    def to_confirm(self, mine, at):
        """A signature on paper waits for another person than the one who recorded it."""
        rows = self.papers.filter(state=State.SENT, answer__isnull=False)
        return rows.filter(mine.in_post("am", CLIENT)).exclude(answer__recorded_by=mine.user)

    def to_go_on(self, mine, at):
        """Refused or expired, and nobody has revised it: the AE does."""
        ended = self.papers.filter(state__in=[State.REFUSED, State.EXPIRED])
        return ended.filter(mine.where("job__ae", CLIENT)).exclude(Exists(self.newer))


def manager_step(mine):
    """Condition on papers of jobs: the AM's, by post; the AD's where an AM is the author (4.3)."""
    posts = Assignment.objects.on(mine.today).filter(role="am", client=OuterRef("job__client"))
    by_manager = Exists(posts.filter(user=OuterRef("author")))
    return mine.in_post("am", CLIENT) | (by_manager & mine.in_post("ad", CLIENT))


ESTIMATES = Waiting(Estimate, "job", "change")
HERE = {"number": "number"}
SOURCES = (
    Source(
        "estimate_manager", ESTIMATES.to_approve_as_manager, group=_("Approve"),
        sentence=_("Estimate %(number)s %(title)s"), button=_("Approve"),
        url="jobs:estimate_approve", due_at="step_due_at", **HERE,
    ),
    Source(
        "estimate_director", ESTIMATES.to_approve_as_director, group=_("Approve"),
        sentence=_("Estimate %(number)s %(title)s"), button=_("Approve"),
        url="jobs:estimate_approve", due_at="step_due_at", **HERE,
    ),
    Source(
        "estimate_send", ESTIMATES.to_send, group=_("Send"),
        sentence=_("Approved, to be sent to the client: %(number)s %(title)s"), button=_("Send"),
        url="jobs:estimate_send", person="job__ae", **HERE,
    ),
    Source(
        "signature_confirm", ESTIMATES.to_confirm, group=_("Approve"),
        sentence=_("Signature on paper of %(number)s %(title)s"), button=_("Confirm"),
        url="jobs:signature_confirm", **HERE,
    ),
    Source(
        "estimate_go_on", ESTIMATES.to_go_on, group=_("Estimate"),
        sentence=_("Refused or expired: %(number)s %(title)s"), button=_("Revise"),
        url="jobs:estimate_detail", person="job__ae", **HERE,
    ),
)  # fmt: skip
