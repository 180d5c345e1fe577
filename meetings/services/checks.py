"""What stands between a draft and its issue: all reasons at once, each at its field (R14–R19)."""

from django.utils.translation import gettext as _

from meetings.models import AgendaItem, ContactReport, Meeting, ReportPoint


def missing(report, at):
    """List of (field, message); empty when the draft may be issued. The late reason is apart.

    Fields: points, points-<position>-solution, actions, actions-<position>-owner,
    actions-<position>-due_on, returner, recipients, items, end.
    """
    return [
        *_meetings(report),
        *_points(report),
        *_actions(report),
        *_returner(report),
    ]


def needs_late_reason(report, at):
    """Exactly 24:00:00 is on time, anything more needs a reason (Z1, R24)."""
    return report.is_draft and at > report.due_at


def _meetings(report):
    meetings = Meeting.objects.filter(report=report)
    if meetings.invited().exists():
        yield "end", _("Say first when the meeting ended.")
    items = AgendaItem.objects.filter(meeting__in=meetings)
    for item in items.filter(outcome=AgendaItem.Outcome.OPEN):
        yield (
            "items",
            _("“%(item)s”: concluded, carried over or dropped?") % {"item": item.title},
        )


def _points(report):
    points = [point for point in report.points.all() if point.text.strip()]
    if not points:
        yield "points", _("Write at least one point.")
    elif all(point.for_management for point in points):
        yield "points", _("Write at least one point that the client may read.")
    for point in report.points.all():
        if point.kind == ReportPoint.Kind.PROBLEM and not point.solution.strip():
            message = _("Point %(number)s: say how the problem will be solved.")
            yield f"points-{point.position}-solution", message % {"number": point.position}
        elif point.solution.strip() and not point.text.strip():
            message = _("Point %(number)s: say what the problem is.")
            yield f"points-{point.position}-text", message % {"number": point.position}


def _actions(report):
    actions = list(report.actions.select_related("user", "contact"))
    if not actions and not report.no_action:
        yield "actions", _("Add an action, or tick “no further action”.")
    if actions and report.no_action:
        yield "actions", _("There are actions: take the tick “no further action” away.")
    for action in actions:
        yield from _action(action)


def _action(action):
    number = {"number": action.position}
    field = f"actions-{action.position}"
    if not action.text.strip():
        yield f"{field}-text", _("Action %(number)s: say what is to be done.") % number
    if action.owner is None:
        yield f"{field}-owner", _("Action %(number)s has no owner.") % number
    elif not action.owner.is_active:
        yield f"{field}-owner", _("Action %(number)s: its owner has left.") % number
    if action.due_on is None:
        yield f"{field}-due_on", _("Action %(number)s has no date.") % number


def _returner(report):
    returner = report.returner
    if returner is None:
        yield "returner", _("Choose who of the client returns the report.")
    elif not returner.is_active:
        yield "returner", _("The returner is no longer active at the client.")
    elif report.channel == ContactReport.Channel.MAIL and not returner.email:
        yield "returner", _("The returner has no e-mail address: send it another way.")
