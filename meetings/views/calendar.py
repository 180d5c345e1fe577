"""Meetings as a list with filters, as a week and as a month."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agency.common.dates import first_of
from agency.common.models import CalendarDay
from agency.common.views import Column, ListPage, PlainPage
from agency.common.wording import full_day_text, left_text, month_text
from meetings.forms.lists import MeetingFilter, WeekForm
from meetings.models import ContactReport, Meeting
from meetings.views.base import meeting_url, report_url

DAY = timedelta(days=1)
STATE_TONES = {"held": "green", "not_held": "red", "cancelled": ""}
Draft = ContactReport.State.DRAFT
SHOWN_A_DAY = 4
# A list reads what it shows: a client or a person has thirty columns more.
SHOWN = [
    *("title", "kind", "starts_at", "state", "report_due_at"),
    *("client__name", "ae__name", "ae__username"),
    *("report__number", "report__revision", "report__state", "report__due_at"),
]


class MeetingList(ListPage):
    """All meetings of one's clients, the newest first."""

    permission = "accounts.view_client"
    page_title = _("Meetings")
    template_name = "meetings/meeting_list.html"
    columns = [
        Column(_("Meeting"), "title", url=meeting_url),
        Column(_("Client"), "client", sort="client"),
        Column(_("Kind"), "get_kind_display"),
        Column(_("When"), "starts_at", "moment", sort="when"),
        Column(
            _("State"),
            "get_state_display",
            "badge",
            tone=lambda row: STATE_TONES.get(row.state, "accent"),
        ),
        Column(_("AE in charge"), "ae"),
        Column(_("Contact report"), lambda row: report_word(row), url=lambda row: to_report(row)),
    ]
    sorts = {
        "when": ("starts_at", "pk"),
        "client": ("client__name", "-starts_at"),
        "due": ("report_due_at", "pk"),
    }
    default_sort = "-when"
    filter_form = MeetingFilter
    sheet_name = "meetings"
    empty_title = _("No meetings yet")
    empty_text = _(
        "Calls, written exchanges and sit-down meetings stand here, each with its report."
    )

    def get_columns(self):
        return [
            *self.columns,
            Column(
                _("Report due"),
                "report_due_at",
                "moment",
                sort="due",
                small=lambda row: time_left(row, self.now),
            ),
        ]

    def rows(self):
        rows = Meeting.objects.visible_to(self.request.user)
        return rows.select_related("client", "ae", "report").only(*SHOWN)

    def narrow(self, rows, client=None, ae=None, report="", since=None, until=None, **exact):
        rows = rows.filter(**exact)
        if client is not None:
            rows = rows.filter(client=client)
        if ae is not None:
            rows = rows.filter(ae=ae)
        if since is not None:
            rows = rows.filter(starts_at__gte=midnight(since))
        if until is not None:
            rows = rows.filter(starts_at__lt=midnight(until + DAY))
        return self.of_report(rows, report)

    def of_report(self, rows, wanted):
        if wanted == "running":
            return rows.filter(report__state=Draft)
        if wanted == "late":
            return rows.filter(report__state=Draft, report__due_at__lt=self.now)
        if wanted == "awaiting":
            return rows.filter(report__state=ContactReport.State.ISSUED)
        return rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_first_step(self):
        if self.request.user.has_perm("meetings.log_call"):
            return (_("Log a call"), reverse("meetings:call_create"))
        return None

    def get_acts(self):
        acts = super().get_acts()
        if self.request.user.has_perm("meetings.run_meeting"):
            acts.append((_("Plan a meeting"), reverse("meetings:meeting_create")))
        return acts


def report_word(row):
    """The number, or how it stands."""
    if row.report is None:
        return ""
    return str(row.report) if row.report.number else row.report.get_state_display()


def time_left(row, now):
    """Of a report still to be written: 3 h 12 min left, 2 h 05 min late."""
    is_running = row.report is not None and row.report.state == Draft
    return left_text(row.report.due_at, now) if is_running else ""


def to_report(row):
    return report_url(row.report) if row.report else ""


def midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass
class Day:
    """A day with its meetings; is_off: no working day; is_outside: of another month."""

    day: date
    is_today: bool
    is_off: bool = False
    is_outside: bool = False
    meetings: list = field(default_factory=list)

    @property
    def more(self):
        """How many a month has no place for."""
        return max(len(self.meetings) - SHOWN_A_DAY, 0)

    @property
    def shown(self):
        return self.meetings[:SHOWN_A_DAY]


class CalendarPage(PlainPage):
    """Days from a Monday on, in the agency's time; one query for their meetings.

    first, length: which days; `wanted` is any day of what is asked for, today unless said.
    """

    permission = "accounts.view_client"

    @cached_property
    def wanted(self):
        form = WeekForm(self.request.GET)
        asked = form.cleaned_data.get("day") if form.is_valid() else None
        return asked or timezone.localdate(self.now)

    @cached_property
    def days(self):
        calendar, today = CalendarDay.objects.calendar(), timezone.localdate(self.now)
        days = [self.first + number * DAY for number in range(self.length)]
        found = {day: Day(day, day == today, not calendar.is_working(day)) for day in days}
        for meeting in self.rows():
            found[timezone.localdate(meeting.starts_at)].meetings.append(meeting)
        return list(found.values())

    def rows(self):
        rows = Meeting.objects.visible_to(self.request.user).between(
            midnight(self.first), midnight(self.first + self.length * DAY)
        )
        rows = rows.select_related("client", "ae", "report").only(*SHOWN)
        return rows.order_by("starts_at", "pk")

    def get_context_data(self, **kwargs):
        is_empty = not any(day.meetings for day in self.days)
        return super().get_context_data(days=self.days, is_empty=is_empty, **kwargs)


class MeetingWeek(CalendarPage):
    template_name = "meetings/meeting_week.html"
    page_title = _("Meetings of the week")
    length = 7

    @cached_property
    def first(self):
        return monday_of(self.wanted)

    def get_page_lead(self):
        return f"{full_day_text(self.first)} – {full_day_text(self.first + 6 * DAY)}"

    def get_context_data(self, **kwargs):
        turned = {"before": self.first - 7 * DAY, "after": self.first + 7 * DAY}
        return super().get_context_data(**turned, **kwargs)


class MeetingMonth(CalendarPage):
    """The weeks that a month touches; of a full day the first few, the others in its week."""

    template_name = "meetings/meeting_month.html"
    page_title = _("Meetings of the month")

    @cached_property
    def month(self):
        return first_of(self.wanted)

    @cached_property
    def first(self):
        return monday_of(self.month)

    @cached_property
    def length(self):
        last = first_of(self.month, back=-1) - DAY
        return (monday_of(last) - self.first).days + 7

    def get_page_lead(self):
        return month_text(self.month)

    def get_context_data(self, **kwargs):
        for day in self.days:
            day.is_outside = first_of(day.day) != self.month
        turned = {"before": first_of(self.month, back=1), "after": first_of(self.month, back=-1)}
        return super().get_context_data(**turned, **kwargs)


def monday_of(day):
    return day - day.weekday() * DAY
