"""Home rows of meetings that begin within a day and still lack something: the AE's (R69)."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agency.common.duties import Duty
from agency.common.wording import comma
from meetings.constants import CALL_BEFORE
from meetings.models import Meeting
from meetings.reports.lacks import FACTS, lacking, unprepared

SHOWN_BEFORE = timedelta(hours=24)
AHEAD = (
    *("id", "title", "ae", "state", "starts_at"),
    *("client__id", "client__name", "client__timezone"),
    *FACTS,
)


def sources(mine, at):
    soon = Q(starts_at__gt=at, starts_at__lte=at + SHOWN_BEFORE)
    rows = Meeting.objects.invited().sit_down().filter(mine.where("ae"), soon)
    return {"ahead": (lacking(rows), AHEAD)}


def prepare(meeting, mine, at):
    """None where nothing lacks: a meeting that is ready is no duty."""
    open_rows = unprepared(meeting, at)
    if not open_rows:
        return None
    url, button = _first_step(meeting, at)
    return Duty(
        group=_("Prepare"),
        sentence=meeting.title,
        detail=capfirst(comma().join(words for _due, words in open_rows)),
        client=meeting.client.name,
        url=url,
        button=button,
        due_at=min(due for due, _words in open_rows),
        person=mine.person(meeting.ae_id),
    )


def _first_step(meeting, at):
    """In the last minutes the phone, before that the page where the rest is done."""
    if meeting.calls_open and at >= meeting.starts_at - CALL_BEFORE:
        return reverse("meetings:call_list", args=[meeting.pk]), _("Call list")
    return meeting.get_absolute_url(), _("Prepare")


OWN = {"ahead": prepare}
