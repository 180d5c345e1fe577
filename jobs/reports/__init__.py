"""What jobs tells the roof: the duties of a person (R69)."""

from accounts.awaiting import gather
from jobs.reports import brief, chain, check, closing, job, suggestion, timeline, work

# Filled from the module of each noun, in the order of the chain.
SOURCES = (
    *job.SOURCES, *brief.SOURCES, *timeline.SOURCES, *chain.SOURCES, *work.SOURCES,
    *check.SOURCES, *closing.SOURCES, *suggestion.SOURCES,
)  # fmt: skip


def awaiting(user, at):
    """[Duty] of the person in jobs, in one query."""
    return gather(user, at, SOURCES)
