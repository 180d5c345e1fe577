"""Meetings that bear the words of a question, for the page that finds anything (9.3)."""

from django.utils.translation import gettext_lazy as _

from agency.common.wording import full_day_text
from archives.search.groups import Other, Wanted, first_rows, said
from meetings.deadline import zone_of
from meetings.models import Meeting

FIELDS = ("title", "objective", "address", "client__name", "client__code")
SHOWN = ("title", "kind", "state", "starts_at", "client__name", "client__timezone")


def meetings(question, user, at):
    rows = first_rows(Meeting.objects.all(), question, user, at, FIELDS)
    return Wanted(_("Meetings"), rows, SHOWN, _other)


def _other(row):
    day = full_day_text(row.starts_at.astimezone(zone_of(row.client)).date())
    about = said(row.client.name, day, row.get_state_display())
    return Other(row.title or row.get_kind_display(), row.get_absolute_url(), about=about)
