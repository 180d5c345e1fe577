"""What waits for a person with an estimate on its way: approve, send, second person, expired."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Assignment, User
from jobs.models import Estimate, EstimateApproval
from jobs.reports.awaiting import Source

State = Estimate.State
CLIENT = "job__client"
NEWER = Estimate.objects.filter(
    job=OuterRef("job"), change=OuterRef("change"), revision__gt=OuterRef("revision")
)


def _not_his(mine):
    """Whoever wrote it, or said yes to it before, does not approve it (Z12)."""
    edited = Estimate.editors.through.objects.filter(estimate=OuterRef("pk"), user=mine.user)
    said = EstimateApproval.objects.filter(estimate=OuterRef("pk"), by=mine.user)
    his = Q(author=mine.user) | Q(submitted_by=mine.user)
    return ~his & ~Exists(edited) & ~Exists(said)


def _by_a_manager(mine):
    """The author is himself an account manager of the client: then it goes to the director."""
    posts = Assignment.objects.on(mine.today).filter(role="am", client=OuterRef("job__client"))
    return Exists(posts.filter(user=OuterRef("author")))


def to_approve_as_manager(mine, at):
    """The manager step, by post; an AM's paper is the AD's (4.3)."""
    rows = Estimate.objects.filter(_not_his(mine), state=State.SUBMITTED)
    fits = mine.in_post("am", CLIENT) | (_by_a_manager(mine) & mine.in_post("ad", CLIENT))
    return rows.filter(fits)


def to_approve_as_director(mine, at):
    """The director's office: AD, GAD; above the limit the second one, or management (4.3)."""
    rows = Estimate.objects.filter(_not_his(mine))
    office = mine.in_post("ad", CLIENT) | mine.in_post("gad", CLIENT)
    second = mine.in_post("gad", CLIENT)
    if mine.user.role == User.Role.MANAGEMENT:
        gad_said = EstimateApproval.objects.filter(
            estimate=OuterRef("pk"), by=OuterRef("job__client__group__head")
        )
        second = Exists(gad_said)
    return rows.filter(Q(state=State.MANAGER_OK) & office | Q(state=State.DIRECTOR_OK) & second)


def to_send(mine, at):
    return Estimate.objects.filter(mine.where("job__ae", CLIENT), state=State.APPROVED)


def to_confirm(mine, at):
    """A signature on paper waits for another person than the one who recorded it."""
    rows = Estimate.objects.filter(state=State.SENT, answer__isnull=False)
    return rows.filter(mine.in_post("am", CLIENT)).exclude(answer__recorded_by=mine.user)


def to_go_on(mine, at):
    """Refused or expired, and nobody has revised it: the AE does."""
    ended = Estimate.objects.filter(state__in=[State.REFUSED, State.EXPIRED])
    return ended.filter(mine.where("job__ae", CLIENT)).exclude(Exists(NEWER))


HERE = {"number": "number"}
SOURCES = (
    Source(
        "estimate_manager", to_approve_as_manager, group=_("Approve"),
        sentence=_("Estimate %(number)s %(title)s"), button=_("Approve"),
        url="jobs:estimate_approve", due_at="step_due_at", **HERE,
    ),
    Source(
        "estimate_director", to_approve_as_director, group=_("Approve"),
        sentence=_("Estimate %(number)s %(title)s"), button=_("Approve"),
        url="jobs:estimate_approve", due_at="step_due_at", **HERE,
    ),
    Source(
        "estimate_send", to_send, group=_("Send"),
        sentence=_("Approved, to be sent to the client: %(number)s %(title)s"), button=_("Send"),
        url="jobs:estimate_send", person="job__ae", **HERE,
    ),
    Source(
        "signature_confirm", to_confirm, group=_("Approve"),
        sentence=_("Signature on paper of %(number)s %(title)s"), button=_("Confirm"),
        url="jobs:signature_confirm", **HERE,
    ),
    Source(
        "estimate_go_on", to_go_on, group=_("Estimate"),
        sentence=_("Refused or expired: %(number)s %(title)s"), button=_("Revise"),
        url="jobs:estimate_detail", person="job__ae", **HERE,
    ),
)  # fmt: skip
