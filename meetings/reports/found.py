"""Meetings that bear the words of a question, for the page that finds anything (9.3)."""

from django.utils.translation import gettext_lazy as _

from agency.common.wording import full_day_text
from archives.search.groups import Group, Other, first_rows, said
from meetings.deadline import zone_of
from meetings.models import Meeting

FIELDS = ("title", "objective", "address", "client__name", "client__code")


def meetings(question, user, at):
    rows = Meeting.objects.select_related("client")
    found = first_rows(rows, question, user, at, FIELDS)
    return Group(_("Meetings"), [_other(row) for row in found])


def _other(row):
    day = full_day_text(row.starts_at.astimezone(zone_of(row.client)).date())
    about = said(row.client.name, day, row.get_state_display())
    return Other(row.title or row.get_kind_display(), row.get_absolute_url(), about=about)
