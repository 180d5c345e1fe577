"""A person's calendar as `.ics`: meetings and duties, read by calendar programs (contract)."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from accounts.models import Assignment, Todo, User
from accounts.models.scope import local_day
from accounts.services.links import hash_of
from agency.common.dates import DAY
from agency.common.services import audit
from agency.common.verbs import lock, save, verb
from agency.common.views import PlainPage
from jobs.models import Milestone
from jobs.planwords import step_text
from meetings.models import ActionPoint, ContactReport, Meeting, StatusReport
from meetings.services.ladder import revision_due

DAYS_BACK = 30


@verb
def renew_feed(user, *, at):
    """Give the person a new secret address; the old one dies. The token is shown once."""
    row, token = lock(user), secrets.token_urlsafe(32)
    row.feed_hash = hash_of(token)
    save(row, "feed_hash")
    audit(actor=user, verb="renew_feed", subject=row, client_code="", changes={}, at=at)
    return token


class FeedPage(PlainPage):
    template_name = "feed.html"
    page_title = gettext_lazy("My calendar")

    def post(self, request):
        token = renew_feed(request.user, at=self.now)
        address = f"{settings.SITE_URL}/calendar/{token}.ics"
        return self.render_to_response(self.get_context_data(address=address))


@require_safe
def feed(request, token):
    """The calendar of whoever holds the secret address; nobody else learns that it exists."""
    user = User.objects.active().filter(feed_hash=hash_of(token)).first()
    if user is None:
        raise Http404
    with translation.override("zh-hans" if user.language == "zh" else "en"):
        body = calendar_of(user, timezone.now()).to_ical()
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def calendar_of(user, at):
    calendar = Calendar()
    calendar.add("prodid", "-//agency//account service//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", str(user))
    since = at - timedelta(days=DAYS_BACK)
    covers = _covers(user, local_day(since))
    duties = (
        *_reports(user),
        *_weeks(user, at),
        *_actions(user),
        *_milestones(user),
        *_todos(user),
        *covers,
    )
    for event in (*_meetings(user, since, at), *duties):
        calendar.add_component(event)
    return calendar


def _event(uid, title, start, end, path, at):
    event = Event()
    event.add("uid", f"{uid}@{settings.SITE_URL.rpartition('/')[2]}")
    event.add("summary", title)
    event.add("dtstamp", at)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("url", f"{settings.SITE_URL}{path}")
    return event


def _meetings(user, since, at):
    rows = Meeting.objects.visible_to(user).sit_down().filter(attendees__user=user)
    rows = rows.filter(starts_at__gte=since).exclude(state=Meeting.State.DRAFT)
    for row in rows.select_related("client"):
        end = row.ended_at or row.planned_end
        event = _event(
            f"meeting-{row.pk}", f"{row.client.code} {row}", row.starts_at, end, _path(row), at
        )
        event.add("status", "CANCELLED" if row.state == Meeting.State.CANCELLED else "CONFIRMED")
        event.add("location", row.address or row.get_place_display())
        yield event


def _path(meeting):
    return f"/meetings/{meeting.pk}/"


def _reports(user):
    """Reports to write, and those to revise after the client's objection."""
    rows = ContactReport.objects.visible_to(user).to_write().filter(author=user)
    for row in rows.select_related("client"):
        is_first = row.is_draft and row.revision == 1
        words = _("Contact report due: %(client)s") if is_first else _("Revision due: %(client)s")
        due_at = row.due_at if row.is_draft else revision_due(row.client, row.objected_at)
        path = f"/meetings/reports/{row.pk}/"
        start = due_at - timedelta(minutes=30)
        title = words % {"client": row.client}
        yield _event(f"report-{row.pk}", title, start, due_at, path, row.created_at)


def _weeks(user, at):
    """Weekly reports of the clients that the person leads, not sent yet (R30)."""
    posts = Assignment.objects.on(local_day(at)).leads().filter(user=user, role__in=["ae", "am"])
    rows = StatusReport.objects.visible_to(user).unissued().filter(revision=1)
    for row in rows.filter(client__in=posts.values("client")).select_related("client"):
        title = _("Weekly report due: %(client)s") % {"client": row.client}
        start = row.due_at - timedelta(minutes=30)
        yield _event(
            f"week-{row.pk}", title, start, row.due_at, row.get_absolute_url(), row.created_at
        )


def _covers(user, since):
    """The days on which the person stands in for another (R77)."""
    rows = user.stand_ins.filter(ends_on__gte=since).select_related("absent", "client")
    for row in rows:
        title = _("Cover for %(name)s") % {"name": row.absent}
        title = f"{row.client.code} {title}" if row.client else title
        yield _event(
            f"cover-{row.pk}", title, row.starts_on, row.ends_on + DAY,
            reverse("accounts:stand_in_list"), row.created_at,
        )  # fmt: skip


def _actions(user):
    rows = ActionPoint.objects.open().filter(user=user).select_related("report__client")
    for row in rows:
        title = f"{row.report.client.code} {row.text}"
        yield _day(f"action-{row.pk}", title, row.due_on, "/meetings/actions/", row.created_at)


def _milestones(user):
    """Open steps of plans in force that name the person: the step alone, no remark (R63)."""
    rows = Milestone.objects.visible_to(user).live().open().filter(user=user)
    for row in rows.select_related("timeline__job__client"):
        job = row.timeline.job
        title = f"{job.client.code} {step_text(row)} · {job.number or job.title}"
        path = f"/jobs/timelines/{row.timeline_id}/"
        yield _day(f"milestone-{row.thread}", title, row.due_on, path, row.created_at)


def _todos(user):
    for row in Todo.objects.visible_to(user).open():
        yield _day(f"todo-{row.pk}", row.text, row.due_on, "/", row.created_at)


def _day(uid, title, day, path, stamp):
    return _event(uid, title, day, day + DAY, path, stamp)
