from django.utils import timezone

from jobs.models import Milestone, Timeline

PLAN = ("id", "version", "state")
STEP = ("id", "position", "name", "due_on", "owner")


def rows(page):
    steps = Milestone.objects.filter(
        timeline__job=page.object, timeline__state=Timeline.State.CURRENT
    )
    late = steps.open().filter(due_on__lt=timezone.localdate(page.now))
    plans = page.object.timelines.exclude(state=Timeline.State.SUPERSEDED)
    return {"plan": (plans, PLAN), "late step": (late, STEP)}


def part(page):
    """The plan in force and the draft, with what is late."""
    plans = {row.state: row for row in page.found["plan"]}
    edits = page.may("jobs.publish_timeline") and page.object.is_at_work
    late = sorted(page.found["late step"], key=lambda row: (row.position, row.pk))
    return {
        "timeline": plans.get("current"),
        "timeline_draft": plans.get("draft") if edits else None,
        "late_milestones": late,
        "may_timeline": edits,
    }
