"""What waits for a person in the weekly status report: rows of the home page (R31, R69)."""

from datetime import date, datetime

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    Func,
    Min,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Least, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.awaiting import Source
from agency.common.dates import MIDNIGHT, add_working_days
from agency.common.models import CalendarDay
from agency.common.wording import weekday_text
from meetings.constants import STATUS_DAILY, STATUS_REMIND
from meetings.models import StatusReport

State = StatusReport.State
AHEAD = STATUS_REMIND[0][1]


def _named():
    """Reports with the Monday of their week as text."""
    text = Func(F("week"), Value("YYYY-MM-DD"), function="to_char", output_field=CharField())
    return StatusReport.objects.annotate(week_text=text)


def to_submit(mine, at):
    """Drafts of the clients whose AE the person is: a day ahead, and what was given back."""
    near = Q(due_at__lte=at + AHEAD) | ~Q(return_reason="")
    return _named().filter(near, mine.in_post("ae"), state=State.DRAFT)


def to_sign(mine, at):
    return _named().filter(mine.signs_second(), state=State.SUBMITTED)


# --- lines to bring up to date ------------------------------------------------------------------


def to_update(mine, at):
    """Reports with lines not touched today: how many, and since when the oldest stands still."""
    calendar = CalendarDay.objects.calendar()
    before = add_working_days(mine.today, -1, calendar)
    rows = StatusReport.objects.filter(mine.in_post("ae"), revision=1)
    rows = rows.filter(state__in=[State.DRAFT, State.SUBMITTED])
    if not calendar.is_working(mine.today):
        return rows.none().annotate(unmoved=Value(""), update_at=F("due_at"))
    begun = _local(mine.today, MIDNIGHT)
    open_ = Q(lines__is_empty_section=False, lines__ended_on__isnull=True)
    new, old = open_ & Q(lines__touched_at=None), open_ & Q(lines__touched_at__lt=begun)
    rows = rows.annotate(
        n=Count("lines", filter=new | old),
        new=Min("lines__created_at", filter=new),
        old=Min("lines__touched_at", filter=old),
    )
    day = Cast(TruncDate(Least("new", "old")), CharField())
    unmoved = Concat(Cast("n", CharField()), Value(" "), day, output_field=CharField())
    return rows.filter(n__gt=0).annotate(unmoved=unmoved, update_at=_due(mine.today, before))


def _due(today, before):
    """This evening, or the last one, if something has not been touched on the day before it."""
    closed = _local(before, STATUS_DAILY)
    late = Q(new__lt=closed) | Q(old__lt=_local(before, MIDNIGHT))
    return Case(
        When(late, then=closed), default=_local(today, STATUS_DAILY), output_field=DateTimeField()
    )


def _local(day, clock):
    """That hour of the day where the client is."""
    naive = Value(f"{datetime.combine(day, clock)}", CharField())
    stamp = Func(naive, function="", template="%(expressions)s::timestamp")
    return Func(
        F("client__timezone"), stamp, function="timezone", output_field=DateTimeField()
    )  # fmt: skip


def unmoved_words(text):
    """Four lines of the weekly report have not moved since Monday."""
    count, since = text.split()
    words = ngettext(
        "%(count)s line of the weekly report has not moved since %(day)s",
        "%(count)s lines of the weekly report have not moved since %(day)s",
        int(count),
    )
    return words % {"count": count, "day": weekday_text(date.fromisoformat(since))}


HERE = {"title": "week_text", "number": "client__code", "client": "client__name",
        "due_at": "due_at"}  # fmt: skip
SENTENCE = _("Weekly status report %(number)s, week of %(title)s")

SOURCES = (
    Source(
        "status_update", to_update, group=_("Update"), sentence="%(number)s", button=_("Update"),
        url="meetings:status_day", title="client__code", number="unmoved", said=unmoved_words,
        client="client__name", due_at="update_at",
    ),
    Source(
        "status_submit", to_submit, group=_("Write"), sentence=SENTENCE, button=_("Write"),
        url="meetings:status_update", **HERE,
    ),
    Source(
        "status_sign", to_sign, group=_("Sign"), sentence=SENTENCE, button=_("Read and sign"),
        url="meetings:status_detail", **HERE,
    ),
)  # fmt: skip
