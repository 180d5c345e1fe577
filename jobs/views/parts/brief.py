from datetime import timedelta

from jobs.constants import NEW_BRIEF_HOURS

NEW = timedelta(hours=NEW_BRIEF_HOURS)


def part(page):
    """The briefs in force and in draft, and whether one is new (R51)."""
    rows = list(page.object.briefs.exclude(state="superseded").prefetch_related("confirmations"))
    if page.is_theirs:
        rows = [row for row in rows if not row.is_draft]
    shown = [(row, bool(row.in_force_at and page.now - row.in_force_at < NEW)) for row in rows]
    kinds = {row.kind for row in rows}
    writes = page.may("jobs.edit_brief") and page.object.is_at_work
    return {
        "briefs": shown,
        "may_brief": writes and "job" not in kinds,
        "may_creative": writes and "creative" not in kinds and page.object.makes_ads,
    }
