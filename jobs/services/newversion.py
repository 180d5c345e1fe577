"""A slip of what the client sees: a new version of the plan goes to it the same day (R65)."""

from django.utils.translation import gettext_lazy

from accounts.services.telling import posts, tell, words
from agency.common.verbs import lock, verb
from archives.papers import client_day
from jobs.models import Timeline


def await_version(timeline, rows, at, former=None):
    """Note on which day the next version is due: that of the first slip, at the client (Z3).

    rows: of the plan as they are now. A slip taken back, or done with, makes it due no more; what
    the version before still owed stays owed.
    """
    due_on, told_at = timeline.new_version_due_on, timeline.new_version_told_at
    if not any(row.slips_for_client for row in rows):
        due_on = told_at = None
    elif due_on is None and former and former.new_version_due_on:
        due_on, told_at = former.new_version_due_on, former.new_version_told_at
    else:
        due_on = due_on or client_day(timeline.job.client, at)
    timeline.new_version_due_on, timeline.new_version_told_at = due_on, told_at
    # Not verbs.save: what is owed must not make an open form stale.
    timeline.save(update_fields=["new_version_due_on", "new_version_told_at"])


@verb
def tell_version_missing(*, timeline, at):
    """The day has ended and the client still has the old dates: AE and AM, once."""
    job = lock(timeline.job)
    row, today = lock(timeline), client_day(job.client, at)
    if not Timeline.objects.new_version_missed(today).filter(pk=row.pk).exists():
        return None
    row.job, row.new_version_told_at = job, at
    row.save(update_fields=["new_version_told_at"])
    names = [one.name for one in row.milestones.all() if one.slips_for_client]
    label = words(
        gettext_lazy("The client still has the old dates of %(job)s: %(steps)s"),
        job=job, steps=", ".join(names),
    )  # fmt: skip
    people = posts(job.client, ["ae", "am"], at, named=job.ae)
    return tell(
        "version_missing", row, people, label, client=job.client, at=at, level="breach",
        slot=f"missed:{row.new_version_due_on}",
    )  # fmt: skip
