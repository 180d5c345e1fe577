"""What a revision changed against the report it replaces (R23)."""

from meetings.models import ActionPoint, Mark, ReportPoint

POINT_WORDS = ("kind", "text", "solution", "for_management")


def point_mark(point):
    """Of a point in a draft revision; a first report has no marks."""
    if point.report.supersedes_id is None:
        return Mark.NONE
    if point.origin is None:
        return Mark.ADDED
    is_same = all(getattr(point, name) == getattr(point.origin, name) for name in POINT_WORDS)
    return Mark.NONE if is_same else Mark.CHANGED


def action_mark(row):
    """Of an action in a draft revision, against the live row that it will replace."""
    if row.report.supersedes_id is None:
        return Mark.NONE
    if row.origin is None:
        return Mark.ADDED
    live = row.origin
    is_same = (row.text, row.user_id, row.contact_id, new_due(row)) == (
        live.text,
        live.user_id,
        live.contact_id,
        live.due_on,
    )
    return Mark.NONE if is_same else Mark.CHANGED


def new_due(row):
    """A date moved on the live action meanwhile stands, unless the draft says another one."""
    return row.origin.due_on if row.due_on == row.first_due_on else row.due_on


def dropped_points(report):
    """Points of the former report that the revision leaves out."""
    if report.supersedes_id is None:
        return ReportPoint.objects.none()
    kept = report.points.filter(origin__isnull=False).values("origin")
    return ReportPoint.objects.filter(report=report.supersedes_id).exclude(pk__in=kept)


def dropped_actions(report):
    """Open actions of the former report that the draft revision leaves out."""
    if report.supersedes_id is None:
        return ActionPoint.objects.none()
    kept = report.actions.filter(origin__isnull=False).values("origin")
    return ActionPoint.objects.open().filter(report=report.supersedes_id).exclude(pk__in=kept)
