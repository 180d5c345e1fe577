"""What the page of a plan and the client's page of it share."""

from agency.common.models import CalendarDay
from jobs import gantt
from jobs.planwords import bar_text


def drawn(face):
    """The drawing of a face, with the client's words or ours."""
    calendar = CalendarDay.objects.calendar()
    return gantt.screen(face["rows"], face["today"], calendar, bar_text, face["due_on"])


def plan_warns(face):
    """Years of the plan whose holidays nobody has told us: they count Mon–Fri only."""
    calendar = CalendarDay.objects.calendar()
    return sorted(
        {row["due_on"].year for row in face["rows"] if calendar.warns(row["due_on"].year)}
    )
