"""Monthly reports in time, by person and by client; each figure opens its list."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.sheets import AsSheet
from agency.common.views import Column, Filtered, PlainPage
from archives.forms.signed import SignedPeriod
from budgets.reports import monthly as reports

COLUMNS = [
    Column(_("What"), "label"),
    Column(pgettext_lazy("count", "Due"), "due", "number"),
    Column(_("In time"), "kept", "number"),
]


class MonthlyFigures(AsSheet, Filtered, PlainPage):
    template_name = "budgets/monthly_figures.html"
    permission = "budgets.view_money"
    filter_form = SignedPeriod
    page_title = _("Monthly reports in time")
    sheet_name = "monthly-in-time"
    sheet_columns = COLUMNS

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def rows(self, by):
        return reports.in_time(self.request.user, self.now, by, **self.wanted)

    def sheet_rows(self):
        return [row for by in reports.KEYS for row in self.rows(by)]

    def get_context_data(self, **kwargs):
        tables = [
            (label, [(row, self.to(row)) for row in self.rows(by)])
            for by, label in (("author", _("By person")), ("client", _("By client")))
        ]
        sheet = f"?{urlencode({**self.asked(), 'format': 'xlsx'})}"
        extra = {"filters": self.filters, "tables": tables,
                 "sheet_url": sheet if self.may_export else ""}  # fmt: skip
        return super().get_context_data(**{**extra, **kwargs})

    def asked(self):
        return {name: getattr(value, "pk", value) for name, value in self.wanted.items()}

    def to(self, row):
        """The list behind a figure."""
        asked = {**self.asked(), "due": "1", row.by: row.key}
        return f"{reverse('budgets:monthly_list')}?{urlencode(asked)}"
