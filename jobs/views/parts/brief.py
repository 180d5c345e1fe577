from django.db.models import Prefetch

from jobs.models import Fact


def part(page):
    """The briefs in force and in draft, what they wait for, and whether one is new (R51)."""
    waits = Prefetch(
        "facts", Fact.objects.awaited().select_related("from_contact", "from_user"), "awaited"
    )
    rows = page.object.briefs.exclude(state="superseded").order_by("-kind", "version")
    rows = list(rows.prefetch_related("confirmations", waits))
    if page.is_theirs:
        rows = [row for row in rows if not row.is_draft]
    kinds = {row.kind for row in rows}
    writes = page.may("jobs.edit_brief") and page.object.is_at_work
    return {
        "briefs": [(row, row.is_new(page.now)) for row in rows],
        "may_brief": writes and "job" not in kinds,
        "may_creative": writes and "creative" not in kinds and page.object.makes_ads,
    }
