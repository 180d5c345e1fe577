from jobs.models import DeptConfirmation, Fact

BRIEF = ("id", "kind", "version", "state", "in_force_at", "reason")
ANSWER = ("id", "brief", "department", "enough", "missing")
FACT = (
    "id",
    "brief",
    "position",
    "name",
    "due_on",
    "from_contact__id",
    "from_contact__name",
    "from_user__id",
    "from_user__name",
)


def rows(page):
    briefs = page.object.briefs.exclude(state="superseded")
    if page.is_theirs:
        briefs = briefs.exclude(state="draft")
    of_them = {"brief__in": briefs.order_by().values("pk")}
    return {
        "brief": (briefs, BRIEF),
        "confirmation": (DeptConfirmation.objects.filter(**of_them), ANSWER),
        "fact": (Fact.objects.awaited().filter(**of_them), FACT),
    }


def part(page):
    """The briefs in force and in draft, what they wait for, and whether one is new (R51)."""
    briefs = sorted(page.found["brief"], key=lambda row: row.version)
    briefs.sort(key=lambda row: row.kind, reverse=True)
    for row in briefs:
        answers = [one for one in page.found["confirmation"] if one.brief_id == row.pk]
        awaited = [one for one in page.found["fact"] if one.brief_id == row.pk]
        row.asked = sorted(answers, key=lambda one: one.department)
        row.awaited = sorted(awaited, key=lambda one: (one.position, one.pk))
    kinds = {row.kind for row in briefs}
    writes = page.may("jobs.edit_brief") and page.object.is_at_work
    return {
        "briefs": [(row, row.is_new(page.now)) for row in briefs],
        "may_brief": writes and "job" not in kinds,
        "may_creative": writes and "creative" not in kinds and page.object.makes_ads,
    }
