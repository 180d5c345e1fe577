"""Who hears that more is signed than budgeted (R37)."""

from django.utils.translation import gettext_lazy

from accounts.services.telling import posts, tell, words
from agency.common.verbs import verb
from agency.common.wording import sum_text
from budgets.reports.over import KIND

ROLES = ["ae", "am", "ad"]


@verb
def tell_over(*, over, at):
    """AE, AM and AD, once for the paper that caused it. Returns the notices that are new."""
    label = words(
        gettext_lazy("Over budget by %(amount)s after %(paper)s: %(client)s, %(category)s"),
        amount=sum_text(over.excess), paper=over.paper, client=over.client,
        category=over.row.label,
    )  # fmt: skip
    job = getattr(over.paper, "job", None)
    people = posts(over.client, ROLES, at, named=job and job.ae)
    return tell(
        KIND, over.paper, people, label, client=over.client, at=at, slot="told", level="escalation"
    )
