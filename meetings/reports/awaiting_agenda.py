"""Rows of the home page about meetings ahead: send the agenda, confirm one's task (R3, R5)."""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from agency.common.duties import Duty
from agency.common.wording import names_text
from meetings.constants import AGENDA_TARGET
from meetings.models import Attendee, Meeting
from meetings.reports.agenda import too_urgent

AHEAD = timedelta(hours=24)
AGENDA = ("id", "title", "ae", "starts_at", "is_urgent", "client__id", "client__name")
TASK = ("id", "title", "starts_at", "task", "client__id", "client__name")
SHARE = ("id", "name", "total", "urgent", "month")
OPEN = ("id", "title", "starts_at", "names", "client__id", "client__name")


def sources(mine, at):
    """What the person does about meetings of the next day, as `gathered` takes it."""
    found = {"agenda": (_unsent(mine, at), AGENDA), "task": (_unconfirmed(mine.user, at), TASK)}
    if mine.user.rank >= 2:
        found["tasks"] = (_names(mine.user, at), OPEN)
    if mine.user.rank >= 3:
        found["urgent"] = (too_urgent(mine.user, at), SHARE)
    return found


def _soon(at):
    return Meeting.objects.invited().filter(starts_at__gt=at, starts_at__lte=at + AHEAD)


def _unsent(mine, at):
    """Those of a person without an agenda, from a day before; two hours before is its time."""
    rows = _soon(at).sit_down().filter(mine.where("ae"))
    return rows.filter(state=Meeting.State.PLANNED)


def _send(meeting, mine, _at):
    target = meeting.starts_at if meeting.is_urgent else meeting.starts_at - AGENDA_TARGET
    return Duty(
        group=_("Send the agenda"),
        sentence=meeting.title,
        client=meeting.client.name,
        url=reverse("meetings:agenda_send", args=[meeting.pk]),
        button=_("Look and send"),
        due_at=target,
        person=mine.person(meeting.ae_id),
    )


def _unconfirmed(user, at):
    """Meetings at which the person has a task that he has not confirmed."""
    own = Attendee.objects.unconfirmed().filter(meeting=OuterRef("pk"), user=user)
    rows = Meeting.objects.invited().filter(Exists(own), starts_at__gt=at)
    return rows.annotate(task=Subquery(own.values("task")[:1]))


def _confirm(meeting, _mine, _at):
    return Duty(
        group=_("Confirm"),
        sentence=_("Your task at “%(title)s”: %(task)s")
        % {"title": meeting.title, "task": meeting.task},
        client=meeting.client.name,
        url=reverse("meetings:meeting_part", args=[meeting.pk]),
        button=_("My task is on it"),
        due_at=meeting.starts_at,
    )


def _names(user, at):
    """Meetings of the next day with tasks that nobody has confirmed, for the AM."""
    rows = Attendee.objects.unconfirmed().filter(meeting=OuterRef("pk")).order_by("pk")
    found = _soon(at).visible_to(user, at).filter(Exists(rows))
    return found.annotate(names=ArraySubquery(rows.values("user__name")))


def _ask(meeting):
    return Duty(
        group=_("Ask for"),
        sentence=_("Tasks not confirmed at “%(title)s”: %(names)s")
        % {"title": meeting.title, "names": names_text(meeting.names)},
        client=meeting.client.name,
        url=meeting.get_absolute_url(),
        button=_("View"),
        due_at=meeting.starts_at,
    )


def _too_urgent(client, _mine, _at):
    """R6: the AD asks why so much is asked for at the last minute."""
    counted = {"urgent": client.urgent, "total": client.total}
    asked = urlencode({"client": client.pk, "is_urgent": "true", "month": client.month})
    return Duty(
        group=_("Look into"),
        sentence=_("%(urgent)s of this month's %(total)s meetings are urgent, more than a fifth.")
        % counted,
        client=client.name,
        url=f"{reverse('meetings:agenda_list')}?{asked}",
        button=_("View"),
    )


OWN = {"agenda": _send, "task": _confirm, "urgent": _too_urgent}
POSTS = {"tasks": ("am", _ask)}
