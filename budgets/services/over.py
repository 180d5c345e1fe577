"""Who hears that more is signed than budgeted (R37)."""

from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.telling import key_of, posts, tell, words
from agency.common.services.notify import drop
from agency.common.verbs import verb
from agency.common.wording import sum_text
from budgets.reports.over import KIND

ROLES = ["ae", "am", "ad"]


@verb
def settle(*, judged, at):
    """AE, AM and AD hear of a paper that went over, once; of any other a dropped slot is kept.

    Returns the notices that are new.
    """
    people = _people(judged, at)
    if judged.over and (told := _tell(judged.over, people, at)):
        return told
    keepers = people[:1] or list(User.objects.active().order_by("pk")[:1])
    slot = (key_of(KIND, judged.paper, "judged"), keepers, "")
    drop(slots=[slot], kind=KIND, subject=judged.paper, at=at, client_code=judged.client.code)
    return []


def _people(judged, at):
    job = getattr(judged.paper, "job", None)
    return posts(judged.client, ROLES, at, named=job and job.ae)


def _tell(over, people, at):
    label = words(
        gettext_lazy("Over budget by %(amount)s after %(paper)s: %(client)s, %(category)s"),
        amount=sum_text(over.excess), paper=over.paper, client=over.client,
        category=over.row.label,
    )  # fmt: skip
    return tell(
        KIND, over.paper, people, label, client=over.client, at=at, slot="told", level="escalation"
    )
