"""A client's year as one sheet, and the list behind each of its figures."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Client
from accounts.permissions import can
from agency.common.sheets import Leaves, sheet_response
from agency.common.views import Column, Filtered, PlainPage
from archives.kinds import Medium
from budgets.forms.dashboard import CATEGORIES, FigureFilter
from budgets.models import Category
from budgets.reports.dashboard import EVERYTHING
from budgets.reports.standing import book_of
from budgets.reports.standing_facts import together
from budgets.reports.standing_lists import entries, listed, overdue, total_of
from budgets.reports.standing_sheet import sheet, year_piles
from budgets.years import client_day, cutoff, fiscal_year, next_month, year_text

YEARS = range(2000, 2100)
COLUMNS = {
    "budget": gettext_lazy("Budget"),
    "planned": gettext_lazy("Planned to date"),
    "billed": gettext_lazy("Billed"),
    "in_execution": gettext_lazy("In execution"),
    "unexecuted": gettext_lazy("Unexecuted"),
    "awaiting": gettext_lazy("Awaiting signature"),
    "preparing": gettext_lazy("In preparation"),
    "signed": gettext_lazy("Signed media by month"),
    "overdue": gettext_lazy("Overdue"),
}


class YearPage(Leaves, Filtered, PlainPage):
    """Of one client and fiscal year, for who may see money and serves the client."""

    permission = "budgets.view_money"
    filter_form = FigureFilter

    @cached_property
    def client(self):
        return get_object_or_404(Client.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def year(self):
        if self.kwargs["year"] not in YEARS:
            raise Http404
        return self.kwargs["year"]

    @cached_property
    def book(self):
        return book_of(self.client, self.year)

    @cached_property
    def category(self):
        asked = self.wanted.get("category", EVERYTHING)
        return None if asked == EVERYTHING else asked

    def get_crumbs(self):
        overview = (_("Budgets"), reverse("budgets:dashboard"))
        return [overview, (self.client.name, self.client.get_absolute_url())]

    def asked_for(self):
        """What is not there is not there (404), however it is asked for."""
        return self.client, self.year

    def get(self, request, *args, **kwargs):
        self.asked_for()
        return super().get(request, *args, **kwargs)


class ClientYearPage(YearPage):
    template_name = "budgets/client_year.html"

    def get_page_title(self):
        return _("%(client)s, year %(year)s") % {
            "client": self.client.name,
            "year": year_text(self.client, self.year),
        }

    def get_context_data(self, **kwargs):
        rows = self.book.rows(self.now)
        shown = [row for row in rows if not row.is_empty]
        extra = {
            "client": self.client,
            "year": self.year,
            "book": self.book,
            "rows": shown,
            "total": together(rows),
            "blocks": sheet(self.book, self.now),
            "jobs": self.book.job_rows(self.now),
            "piles": year_piles(self.book, self.now, self.category),
            "shown": self.shown(rows),
            "category": self.category or EVERYTHING,
            "categories": self.categories(shown),
            "is_now": self.year == fiscal_year(self.client, client_day(self.client, self.now)),
            "may_export": self.may_export,
            "may_draft": can(self.request.user, "budgets.edit_monthly", self.client, self.now),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def shown(self, rows):
        """The row that the chart is about."""
        found = [row for row in rows if row.category == self.category]
        return found[0] if found else together(rows)

    def categories(self, shown):
        """[(value, label)] of the switch over the chart."""
        used = {row.category for row in shown} | {EVERYTHING}
        return [(value, label) for value, label in CATEGORIES if value in used]

    def sheet(self):
        lines = [
            (block.standing, line) for block in sheet(self.book, self.now) for line in block.lines
        ]
        columns = [
            Column(_("Category"), lambda row: row[0].label),
            Column(_("Line"), lambda row: row[1].label),
            *(_month_column(number, month) for number, month in enumerate(self.book.months)),
            Column(pgettext("sum", "Year"), lambda row: row[1].total, "money"),
        ]
        name = f"{self.client.code}-{self.year}"
        return sheet_response(name, self.get_page_title(), columns, lines)


def _month_column(number, month):
    return Column(f"{month:%Y-%m}", lambda row: row[1].cells[number].amount, "money")


class FigureList(YearPage):
    """The papers behind one figure; the sum of the list is the figure."""

    template_name = "budgets/figure_list.html"

    @cached_property
    def column(self):
        if self.kwargs["column"] not in COLUMNS:
            raise Http404
        return self.kwargs["column"]

    @cached_property
    def month(self):
        month = self.wanted.get("month")
        return month if month in self.book.months else None

    @property
    def is_alone(self):
        return bool(self.month and self.wanted.get("alone"))

    @cached_property
    def at(self):
        """The end of the month asked for, now where it has not come."""
        return min(cutoff(self.client, self.month), self.now) if self.month else self.now

    @cached_property
    def report(self):
        """The issued report of the month, where its figure is asked for."""
        if not self.wanted.get("issued") or not self.month or self.is_alone:
            return None
        return self.client.monthly_reports.issued().filter(month=self.month).first()

    @cached_property
    def rows(self):
        if self.column == "overdue":
            return overdue(self.book, self.now)
        if self.column == "signed" or (self.column == "planned" and self.is_alone):
            only = {"month": self.month} if self.is_alone else {}
            only |= {"medium": self.medium} if self.column == "signed" and self.medium else {}
            return entries(self.book, self.column, self.now, self.category, **only)
        if self.is_alone:
            since = cutoff(self.client, next_month(self.month, -1))
            return entries(self.book, self.column, self.at, self.category, since)
        return listed(self.book, self.column, self.at, self.category, self.report)

    @property
    def medium(self):
        asked = self.wanted.get("medium", "")
        return asked if asked in Medium.values else ""

    def get_page_title(self):
        parts = [COLUMNS[self.column]]
        parts += [Category(self.category).label] if self.category else []
        parts += [dict(Medium.choices)[self.medium]] if self.medium else []
        return " · ".join(str(part) for part in parts)

    def get_crumbs(self):
        page = reverse("budgets:client_year", args=[self.client.pk, self.year])
        return [*super().get_crumbs(), (year_text(self.client, self.year), page)]

    def get_context_data(self, **kwargs):
        extra = {
            "client": self.client,
            "rows": self.rows,
            "count": len(self.rows),
            "currency": self.client.currency,
            "total": total_of(self.rows),
            "report": self.report,
            "month": self.month,
            "is_alone": self.is_alone,
            "as_of": self.book.day(self.at),
            "is_past": self.at < self.now,
            "with_vat": self.column == "overdue",
            "has_categories": self.category is None,
            "sheet_url": self.here(format="xlsx"),
            "may_export": self.may_export,
        }
        return super().get_context_data(**{**extra, **kwargs})

    def sheet(self):
        name = f"{self.client.code}-{self.year}-{self.column}"
        return sheet_response(name, self.get_page_title(), ENTRY_SHEET, self.rows)

    def asked_for(self):
        return (*super().asked_for(), self.column)


ENTRY_SHEET = [
    Column(gettext_lazy("Paper"), "label", "code"),
    Column(gettext_lazy("Category"), "category_label"),
    Column(gettext_lazy("Job"), "job"),
    Column(gettext_lazy("Date"), "day", "date"),
    Column(gettext_lazy("Note"), "note"),
    Column(gettext_lazy("Amount"), "amount", "money"),
]
