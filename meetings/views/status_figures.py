"""Weekly reports in figures: on time, copied, up to date, by AE and client (6.8)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.nav import OWN
from agency.common.sheets import AsSheet
from agency.common.views import Column, Filtered, PlainPage
from agency.common.wording import full_day_text, share_text
from archives.forms.signed import SignedPeriod
from meetings.reports import status_figures as reports
from meetings.reports.figures import since

COLUMNS = [
    Column(_("What"), "label"),
    Column(pgettext_lazy("count", "Due"), "due", "number"),
    Column(_("In time"), "kept", "number"),
    Column(_("Lines"), "lines", "number"),
    Column(_("Unchanged"), "unchanged", "number"),
    Column(_("Copy rate"), lambda row: share_text(row.copy_rate)),
    Column(_("Days asked for"), "asked", "number"),
    Column(_("Up to date"), "fresh", "number"),
]


class StatusFigures(AsSheet, Filtered, PlainPage):
    template_name = "meetings/status_figures.html"
    permission = "budgets.view_dashboard"
    permission_on = OWN
    filter_form = SignedPeriod
    page_title = _("Weekly reports in figures")
    sheet_name = "weekly-reports"
    sheet_columns = COLUMNS

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def period(self):
        """The weeks asked for; without a word those of the last six months."""
        return {"since": since(self.now), **self.wanted}

    @cached_property
    def rows(self):
        return reports.figures(self.request.user, self.now, **self.period)

    def sheet_rows(self):
        return [row for by in reports.KEYS for row in self.rows[by]]

    def get_page_lead(self):
        return _("Weeks since %(day)s") % {"day": full_day_text(self.period["since"])}

    def get_context_data(self, **kwargs):
        tables = [
            (label, [(row, self.to(row)) for row in self.rows[by]])
            for by, label in (("author", _("By AE")), ("client", _("By client")))
        ]
        sheet = f"?{urlencode({**self.asked(), 'format': 'xlsx'})}"
        extra = {"filters": self.filters, "tables": tables,
                 "sheet_url": sheet if self.may_export else ""}  # fmt: skip
        return super().get_context_data(**{**extra, **kwargs})

    def asked(self):
        return {name: getattr(value, "pk", value) for name, value in self.period.items()}

    def to(self, row):
        """The list behind a figure."""
        asked = {**self.asked(), row.by: row.key, "is_first": "true"}
        return f"{reverse('meetings:status_list')}?{urlencode(asked)}"
