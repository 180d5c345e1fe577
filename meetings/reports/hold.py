"""What the page of a meeting that goes on shows: the last decisions, items, lines, timers."""

from dataclasses import dataclass

from meetings.models import AgendaItem, ContactReport, Meeting, ReportPoint


@dataclass(frozen=True)
class ItemRow:
    """An item with its lines and its timer at one instant."""

    item: AgendaItem
    lines: list
    seconds: int

    @property
    def clock(self):
        return clock_of(self.seconds)

    @property
    def over(self):
        """The time beyond the minutes planned; empty within them."""
        over = self.seconds - 60 * self.item.minutes
        return clock_of(over) if over > 0 else ""


def clock_of(seconds):
    return f"{seconds // 60}:{seconds % 60:02d}"


def seconds_spoken(item, at):
    running = (at - item.running_since).total_seconds() if item.running_since else 0
    return item.spent + max(int(running), 0)


def item_rows(meeting, at):
    """([ItemRow], lines of no item): three queries however much was said."""
    people = ("user", "contact", "created_by")
    lines = list(meeting.hold_lines.filter(is_removed=False).select_related(*people))
    items = meeting.items.select_related("speaker__user", "speaker__contact")
    rows = [
        ItemRow(item, [line for line in lines if line.item_id == item.pk], seconds_spoken(item, at))
        for item in items
    ]
    return rows, [line for line in lines if line.item_id is None]


def last_decisions(meeting):
    """(report, its decisions): the newest one of the client that stands, other than this one's."""
    reports = ContactReport.objects.in_force().filter(client=meeting.client_id)
    last = reports.exclude(pk=meeting.report_id).order_by("-clock_from", "-pk").first()
    if last is None:
        return None, []
    points = last.points.filter(kind=ReportPoint.Kind.DECISION).select_related("item")
    return last, list(points)


def is_open(meeting):
    """Whether lines may be typed: invited, or held and the report not issued."""
    if meeting.state == Meeting.State.HELD:
        return meeting.report is None or meeting.report.is_draft
    return meeting.state in Meeting.INVITED
