"""Home: what needs me. Each app is asked once; the rest of the page is reading (R69, R70, R80)."""

from datetime import timedelta
from itertools import groupby

from django.contrib.auth.views import redirect_to_login
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import accounts.reports
import archives.awaiting
import archives.reports
import budgets.reports
import jobs.reports
import meetings.reports
from accounts.awaiting import gather
from accounts.models import User
from accounts.models.scope import local_day
from agency.common.dates import first_of
from agency.common.models import CalendarDay
from agency.common.views import PlainPage
from agency.team import team_of
from meetings.models import ActionPoint, Attendee, Meeting
from meetings.reports.lacks import lacking, lacks

# Jobs, budgets and weekly reports describe their duties alike: one query finds them all.
SOURCES = (
    *archives.awaiting.SOURCES,
    *jobs.reports.SOURCES,
    *budgets.reports.SOURCES,
    *meetings.reports.SOURCES,
)
ACTIONS_SHOWN = 7


def duties_of(user, at):
    """Everything that waits for the person now, most urgent first (R69)."""
    return ranked([duty for ask in ASKED for duty in ask(user, at)], at)


def work_awaiting(user, at):
    return gather(user, at, SOURCES)


ASKED = (
    accounts.reports.awaiting,
    archives.reports.awaiting,
    work_awaiting,
    meetings.reports.awaiting,
)


def ranked(duties, at):
    """Most urgent first."""
    return sorted(duties, key=lambda duty: _urgency(duty, at))


def _urgency(duty, at):
    """A breach of the 24 hours or what begins within 30 minutes; then overdue; then time left."""
    if duty.due_at is None:
        return (3, 0)
    left = (duty.due_at - at).total_seconds()
    if duty.urgent or (duty.clock and left < 0):
        return (0, left)
    return (1 if left < 0 else 2, left)


def grouped(duties):
    """Groups of one verb, standing by their first row."""
    order = list(dict.fromkeys(str(duty.group) for duty in duties))
    rows = sorted(duties, key=lambda duty: order.index(str(duty.group)))
    return [(name, list(rest)) for name, rest in groupby(rows, key=lambda duty: str(duty.group))]


def next_meetings(user, at):
    """Today's meetings and those of the next working day, by day, with who comes."""
    today = local_day(at)
    calendar = CalendarDay.objects.calendar()
    following = today + timedelta(days=1)
    while not calendar.is_working(following):
        following += timedelta(days=1)
    people = Attendee.objects.select_related("user", "contact")
    rows = (
        lacking(Meeting.objects.visible_to(user, at))
        .sit_down()
        .exclude(state=Meeting.State.CANCELLED)
        .filter(starts_at__date__in=[today, following])
        .filter(attendees__user=user)
        .select_related("client", "ae")
        .prefetch_related(Prefetch("attendees", people))
        .order_by("starts_at")
        .distinct()
    )
    days = groupby(rows, key=lambda row: timezone.localdate(row.starts_at))
    return [(day, day == today, [_told(row, at) for row in found]) for day, found in days]


def _told(meeting, at):
    meeting.lacks = [words for _due, words in lacks(meeting, at)]
    return meeting


def open_actions(user):
    rows = ActionPoint.objects.open().filter(user=user)
    return rows.select_related("report", "report__client").order_by("due_on", "pk")


class Home(PlainPage):
    template_name = "home.html"
    page_title = _("What needs me")

    def get_context_data(self, **kwargs):
        user, at = self.request.user, self.now
        today = local_day(at)
        duties = duties_of(user, at)
        self.request.duty_count = len(duties)
        mine = [duty for duty in duties if duty.person in (None, user)]
        covered = [duty for duty in duties if duty.person not in (None, user)]
        actions = list(open_actions(user)[: ACTIONS_SHOWN + 1])
        return super().get_context_data(
            groups=grouped(mine),
            duties=mine,
            late=sum(1 for duty in mine if duty.due_at and duty.due_at < at),
            covered=grouped(covered),
            deputised=sorted({str(duty.person) for duty in covered}),
            days=next_meetings(user, at),
            actions=actions[:ACTIONS_SHOWN],
            more_actions=len(actions) > ACTIONS_SHOWN,
            todos=[todo for todo in accounts.reports.open_todos(user) if todo.due_on > today],
            today=today,
            month=first_of(today),
            team=team_of(user, at) if user.rank >= 2 else None,
            **kwargs,
        )


class PersonDay(PlainPage):
    """The same list for one of my people, read by AM and above (R69, R80)."""

    template_name = "day.html"

    def get_context_data(self, **kwargs):
        at = self.now
        person = User.objects.active().filter(pk=kwargs["pk"]).first()
        if person is None or not accounts.reports.is_over(self.request.user, person, at):
            raise Http404
        clients = accounts.reports.client_names(self.request.user, at)
        duties = [d for d in duties_of(person, at) if not d.client or d.client in clients]
        return super().get_context_data(
            person=person,
            page_title=str(person),
            groups=grouped(duties),
            duties=duties,
            **kwargs,
        )


def count(request):
    """The figure in the top bar, asked for by the page that stands already.

    Where the page has outlived its session, nothing is put into its head.
    """
    if not request.user.is_authenticated:
        wants_login = not request.htmx
        return redirect_to_login(request.path) if wants_login else HttpResponse(status=204)
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    request.duty_count = len(duties_of(request.user, timezone.now()))
    return render(request, "common/_count.html")
