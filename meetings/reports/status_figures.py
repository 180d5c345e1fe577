"""Figures of the weekly status report: on time, copy rate, freshness (6.8, 8.7).

A week counts from its Monday on; only first revisions count.
"""

from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, DateTimeField, F, Func, Q, TimeField, Value
from django.utils.translation import gettext as _

from accounts.mine import Mine
from accounts.models import User
from agency.common.dates import DAY, local_instant
from agency.common.models import CalendarDay
from meetings.constants import STATUS_DAILY
from meetings.models import StatusLine, StatusLineDay, StatusReport

KEYS = ("author", "client")
NOBODY = 0  # in the address of a list: reports nobody has submitted yet


@dataclass
class Row:
    """Of a person or a client: reports due and kept, lines and unchanged ones, days and fresh."""

    by: str
    key: int
    label: str
    due: int = 0
    kept: int = 0
    lines: int = 0
    unchanged: int = 0
    asked: int = 0
    fresh: int = 0

    @property
    def rate(self):
        return _share(self.kept, self.due)

    @property
    def copy_rate(self):
        """Lines confirmed as unchanged among all (8.7)."""
        return _share(self.unchanged, self.lines)

    @property
    def fresh_rate(self):
        """Lines up to date by 18:00 among those asked for, a working day each (R31)."""
        return _share(self.fresh, self.asked)


def _share(part, whole):
    """Share of 1; None where there is nothing: "–", not 100 % (6.8)."""
    return Decimal(part) / whole if whole else None


def figures(user, at, **period):
    """{"author": [Row], "client": [Row]} of what the person may see, in order of name."""
    reports, calendar = within(seen(user, at), **period), CalendarDay.objects.calendar()
    rows = {by: {} for by in KEYS}
    _count_reports(rows, reports, at)
    _count_lines(rows, reports, at, calendar)
    _count_fresh(rows, reports, at, calendar)
    return {by: sorted(found.values(), key=_by_name) for by, found in rows.items()}


def _by_name(row):
    """Whose are nobody's yet stand last."""
    return (row.key == NOBODY, row.label, row.key)


def _add(rows, author, client, **numbers):
    """Add the numbers to the row of the person and to that of the client."""
    for by, pk in (("author", author), ("client", client)):
        row = rows[by][pk]
        for name, number in numbers.items():
            setattr(row, name, getattr(row, name) + number)


def seen(user, at):
    """First revisions that the person sees; an AE those that are his (4.2: own figures)."""
    rows = StatusReport.objects.visible_to(user, at).filter(revision=1)
    if user.role != User.Role.AE:
        return rows
    return rows.filter(Q(author=user) | Q(author=None) & Mine(user, at).in_post("ae"))


def within(rows, client=None, since=None, until=None):
    """Of a client, of weeks that begin in the period."""
    rows = rows.filter(client=client) if client else rows
    rows = rows.filter(week__gte=since) if since else rows
    return rows.filter(week__lte=until) if until else rows


def late_weeks(user, at, since, until, client=None):
    """{client id: weekly reports late}, of weeks that begin in the period."""
    rows = within(StatusReport.objects.visible_to(user).late(at), client, since, until)
    return dict(rows.order_by().values_list("client").annotate(n=Count("pk")))


def _count_reports(rows, reports, at):
    due = Count("pk", filter=Q(due_at__lt=at))
    kept = Q(signed_at__lte=F("due_at"), issued_at__isnull=False, due_at__lt=at)
    found = reports.order_by().values_list("author", "author__name", "client", "client__name")
    for author, name, client, label, asked, number in found.annotate(
        due=due, kept=Count("pk", filter=kept)
    ):
        rows["author"].setdefault(author, Row("author", author or NOBODY, _named(name)))
        rows["client"].setdefault(client, Row("client", client, label))
        _add(rows, author, client, due=asked, kept=number)


def _named(name):
    return name or _("Not submitted yet")


def _lines(reports):
    return StatusLine.objects.filter(report__in=reports, is_empty_section=False).order_by()


def _count_lines(rows, reports, at, calendar):
    """A line is asked for at 18:00 of each working day until its report is signed by both."""
    found = _lines(reports).values_list(
        "report__author", "report__client", "report__client__timezone", "report__signed_at",
        "created_at", "ended_on",
    )  # fmt: skip
    unchanged = Count("pk", filter=~Q(unchanged_reason=""))
    for author, client, zone, signed_at, created_at, ended_on, n, same in found.annotate(
        n=Count("pk"), same=unchanged
    ):
        days = _days(created_at, min(at, signed_at or at), ended_on, zone, calendar)
        _add(rows, author, client, lines=n, unchanged=same, asked=n * days)


def _days(since, until, ended_on, zone, calendar):
    """Working days whose 18:00 lies between the two instants, before the work ended."""
    day, last = (one.astimezone(ZoneInfo(zone)).date() for one in (since, until))
    count = 0
    while day <= last and (ended_on is None or day < ended_on):
        count += calendar.is_working(day) and since < _closed(zone, day) <= until
        day += DAY
    return count


def _closed(zone, day):
    return local_instant(day, STATUS_DAILY, zone)


def _count_fresh(rows, reports, at, calendar):
    """Days with news, or a reason for none, by 18:00 and before the second signature."""
    closed = Func(F("line__report__client__timezone"), _evening(), function="timezone",
                  output_field=DateTimeField())  # fmt: skip
    days = StatusLineDay.objects.filter(line__in=_lines(reports)).alias(closed=closed)
    signed = Q(line__report__signed_at__isnull=True) | Q(line__report__signed_at__gte=F("closed"))
    ended = Q(line__ended_on__isnull=True) | Q(line__ended_on__gt=F("day"))
    days = days.filter(signed, ended, at__lt=F("closed"), closed__lte=at).order_by()
    found = days.values_list("line__report__author", "line__report__client", "day")
    for author, client, day, n in found.annotate(n=Count("pk")):
        _add(rows, author, client, fresh=n * calendar.is_working(day))


def _evening():
    """18:00 of the day, without a zone."""
    return Func(
        F("day"), Value(STATUS_DAILY, TimeField()), template="(%(expressions)s)", arg_joiner=" + ",
        output_field=DateTimeField(),
    )  # fmt: skip
