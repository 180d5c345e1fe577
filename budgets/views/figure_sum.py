"""The list behind a sum of all clients' figures in one currency (6.9)."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.dates import DAY
from agency.common.sheets import sheet_response
from agency.common.tables import Column
from agency.common.views import PAGE_ROWS
from budgets.models import Category
from budgets.reports.dashboard import EVERYTHING
from budgets.reports.standing_lists import listed_of_all, total_of
from budgets.views.client_year import COLUMNS, ENTRY_SHEET
from budgets.views.dashboard import SUMMED, OfAllClients
from budgets.years import next_month


class FigureSum(OfAllClients):
    """The papers of all the clients, a hundred a page; the whole list adds up to the sum."""

    template_name = "budgets/figure_list.html"

    def sheet(self):
        name = f"budgets-{self.month:%Y-%m}-{self.column}-{self.currency}"
        return sheet_response(name, self.get_page_title(), SHEET, self.rows)

    @cached_property
    def column(self):
        asked = self.request.GET.get("column")
        return asked if asked in SUMMED else SUMMED[0]

    @cached_property
    def currency(self):
        """The one asked for, else the first of those used: never two in one sum."""
        used = sorted({client.currency for client in self.clients})
        return self.wanted.get("currency") or next(iter(used), "")

    @cached_property
    def rows(self):
        clients = self.filters.narrow(self.clients)
        clients = [client for client in clients if client.currency == self.currency]
        category = None if self.category == EVERYTHING else self.category
        return listed_of_all(clients, self.column, self.month, self.now, category)

    def get_page_title(self):
        parts = [COLUMNS[self.column], _("all clients")]
        parts += [Category(self.category).label] if self.category != EVERYTHING else []
        return " · ".join(map(str, parts))

    def get_crumbs(self):
        asked = {name: value for name, value in self.request.GET.items() if name != "page"}
        return [(_("Budgets"), f"{reverse('budgets:dashboard')}?{urlencode(asked)}")]

    def get_context_data(self, **kwargs):
        page = Paginator(self.rows, PAGE_ROWS).get_page(self.request.GET.get("page"))
        extra = {
            "rows": page.object_list,
            "count": len(self.rows),
            "page_obj": page,
            "is_paginated": page.has_other_pages(),
            "total": total_of(self.rows),
            "currency": self.currency,
            "month": self.month,
            "as_of": next_month(self.month) - DAY,
            "is_past": self.month < self.today,
            "has_clients": True,
            "has_categories": self.category == EVERYTHING,
            "sheet_url": self.here(format="xlsx"),
            "may_export": self.may_export,
        }
        return super().get_context_data(**{**extra, **kwargs})


SHEET = [Column(gettext_lazy("Client"), "client"), *ENTRY_SHEET]
