"""Jobs that bear the words of a question, for the page that finds anything (9.3)."""

from django.utils.translation import gettext_lazy as _

from archives.search.groups import Other, Wanted, first_rows, said
from jobs.models import Job

FIELDS = ("number", "title", "client__name", "client__code", "brand__name", "po_number")


def jobs(question, user, at):
    rows = first_rows(Job.objects.all(), question, user, at, FIELDS, number="number")
    return Wanted(_("Jobs"), rows, ("number", "title", "state", "client__name"), _other)


def _other(row):
    about = said(row.client.name, row.get_state_display())
    return Other(row.title, row.get_absolute_url(), row.number, about)
