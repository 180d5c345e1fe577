"""Meetings as a list with filters, and as a week."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agency.common.views import Column, ListPage, PlainPage
from agency.common.wording import full_day_text, left_text
from meetings.forms.lists import MeetingFilter, WeekForm
from meetings.models import ContactReport, Meeting
from meetings.views.base import meeting_url, report_url

DAY = timedelta(days=1)
STATE_TONES = {"held": "green", "not_held": "red", "cancelled": ""}
Draft = ContactReport.State.DRAFT
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
    """One day of the week with its meetings."""

    day: date
    is_today: bool
    meetings: list = field(default_factory=list)


class MeetingWeek(PlainPage):
    """Seven days from Monday, in the agency's time; one query."""

    permission = "accounts.view_client"
    template_name = "meetings/meeting_week.html"
    page_title = _("Meetings of the week")

    @cached_property
    def monday(self):
        form = WeekForm(self.request.GET)
        asked = form.cleaned_data.get("day") if form.is_valid() else None
        day = asked or timezone.localdate(self.now)
        return day - day.weekday() * DAY

    @cached_property
    def days(self):
        today = timezone.localdate(self.now)
        days = [self.monday + number * DAY for number in range(7)]
        found = {day: Day(day, day == today) for day in days}
        for meeting in self.rows():
            found[timezone.localdate(meeting.starts_at)].meetings.append(meeting)
        return list(found.values())

    def rows(self):
        rows = Meeting.objects.visible_to(self.request.user).between(
            midnight(self.monday), midnight(self.monday + 7 * DAY)
        )
        return rows.select_related("client", "ae", "report").order_by("starts_at", "pk")

    def get_page_lead(self):
        return f"{full_day_text(self.monday)} – {full_day_text(self.monday + 6 * DAY)}"

    def get_context_data(self, **kwargs):
        extra = {
            "days": self.days,
            "before": self.monday - 7 * DAY,
            "after": self.monday + 7 * DAY,
            "is_empty": not any(day.meetings for day in self.days),
        }
        return super().get_context_data(**{**extra, **kwargs})
