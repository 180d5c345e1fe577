"""The next step of an opportunity is past its day: the owner hears of it, then the AD (R90)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from accounts.services.notices import next_morning
from accounts.services.telling import one, posts, tell, words
from agency.common.verbs import lock, verb
from budgets.constants import STEP_TO_DIRECTOR

KIND = "opportunity_due"


def first_notice(row):
    """The morning after the day of the next step; none without one."""
    return next_morning(row.client, row.next_on) if row.next_on else None


def director_notice(row):
    """The morning after the fourteenth day past it."""
    return next_morning(row.client, row.next_on + timedelta(days=STEP_TO_DIRECTOR))


@verb
def remind_opportunity(*, opportunity, at):
    """Each once for a day: the owner, after fourteen days the AD; "owner", "director" or None."""
    row = lock(opportunity)
    if row.is_closed or row.next_notice_at is None or row.next_notice_at > at:
        return None
    upward = director_notice(row)
    slot = "director" if at >= upward else "owner"
    _tell(row, slot, at)
    row.next_notice_at = None if slot == "director" else upward
    row.save(update_fields=["next_notice_at"])
    return slot


def _tell(row, slot, at):
    is_upward = slot == "director"
    people = posts(row.client, ["ad"], at) if is_upward else one(row.client, row.owner, at)
    label = words(
        gettext_lazy("Next step due since %(due)s: %(step)s (%(title)s)"),
        due=row.next_on, step=row.next_step, title=row.title,
    )  # fmt: skip
    tell(KIND, row, people, label, client=row.client, at=at, slot=f"{slot}:{row.next_on}",
         level="escalation" if is_upward else "breach")  # fmt: skip
