"""What clients will bring: all of them, one by one, or one month by where it comes from (6.5)."""

from collections import defaultdict
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from accounts.views.about import ClientVerbView
from agency.common.charts import Chart, Point
from agency.common.tables import Column
from agency.common.wording import names_text
from budgets.forms.money import ForecastFileForm, ForecastFilter
from budgets.models.budget import ZERO
from budgets.reports.forecast import SOURCES, forecasts
from budgets.services.statement import file_forecast
from budgets.views.money_base import MoneyPage
from budgets.views.money_earned import MARGIN, short
from budgets.years import client_day, fiscal_year, month_at, next_month


class ForecastPage(MoneyPage):
    """All clients' fiscal years by source; of one client the months and every row."""

    template_name = "budgets/forecast.html"
    permission = MARGIN
    page_title = _("Income forecast")
    filter_form = ForecastFilter
    sheet_name = "forecast"
    sheet_columns = [
        Column(_("Client"), lambda pair: pair[0].client),
        Column(_("Month"), lambda pair: f"{pair[1].month:%Y-%m}"),
        Column(_("Source"), lambda pair: pair[1].source_label),
        Column(pgettext_lazy("line", "What"), lambda pair: pair[1].label),
        Column(_("State"), lambda pair: pair[1].state),
        Column(_("Currency"), lambda pair: pair[0].client.currency),
        Column(_("In full"), lambda pair: pair[1].amount, "money"),
        Column(_("Chance"), lambda pair: pair[1].chance, "money"),
        Column(_("Weighted"), lambda pair: pair[1].weighted, "money"),
    ]

    @cached_property
    def forecasts(self):
        years = {client: self.year_of(client) for client in self.clients}
        return forecasts(self.clients, years, self.now)

    def year_of(self, client):
        """The year that was asked for, that of the month, else the fiscal year of today."""
        if self.month:
            return fiscal_year(client, self.month)
        return self.wanted.get("year") or fiscal_year(client, client_day(client, self.now))

    @property
    def month(self):
        return self.wanted.get("month")

    @cached_property
    def one(self):
        """The forecast of the client that was chosen."""
        return self.forecasts[0] if "client" in self.wanted and self.forecasts else None

    @cached_property
    def rows(self):
        """[(Forecast, Row)] of the month, source and chance asked for."""
        names = [name for name in ("month", "source", "chance") if name in self.wanted]
        return [
            (found, row) for found in self.forecasts for row in found.rows
            if all(getattr(row, name) == self.wanted[name] for name in names)
        ]  # fmt: skip

    def sheet_rows(self):
        return self.rows

    def get_template_names(self):
        """The month's sheet alone, where another page draws it in."""
        is_part = self.month and "part" in self.request.GET
        return ["budgets/_forecast_month.html"] if is_part else super().get_template_names()

    def get_context_data(self, **kwargs):
        drawn = self.of_month if self.month else self.of_one if self.one else self.of_all
        return super().get_context_data(
            one=self.one, month=self.month, sources=SOURCES.values(), **drawn(), **kwargs
        )

    def of_month(self):
        return {
            "kinds": kinds_of(self.rows, self.to_list),
            "kind_sums": sums_of(self.rows, self.to_list),
            "rows": self.rows,
            "before": self.to_list(month=next_month(self.month, -1), source="", chance=""),
            "after": self.to_list(month=next_month(self.month), source="", chance=""),
        }

    def of_one(self):
        found, current = self.one, month_at(self.one.client, self.now)
        return {
            "months": [
                (month, [found.cell(month, source) for source in SOURCES], found.of_month(month),
                 month < current, self.to_list(month=month))
                for month in found.months
            ],
            "to_come": found.from_month(current),
            "sums": [found.of_source(source) for source in SOURCES],
            "chart": Chart(
                _("Weighted income by month"),
                [Point(f"{month:%m}", max(found.of_month(month), 0),
                       short(found.of_month(month)))
                 for month in found.months],
                label_head=_("Month"), value_head=_("Weighted"),
            ),
        }  # fmt: skip

    def of_all(self):
        rows = [
            (found, [found.of_source(source) for source in SOURCES],
             found.from_month(month_at(found.client, self.now)), self.to(found))
            for found in self.forecasts
        ]  # fmt: skip
        return {"rows": rows}

    def to(self, found):
        asked = urlencode({"client": found.client.pk, "year": found.year})
        return f"{reverse('budgets:forecast')}?{asked}"

    def to_list(self, **changes):
        """The rows behind a figure: this page with something else asked of it."""
        names = ("group", "client", "currency", "month", "source", "chance")
        asked = {name: self.request.GET.get(name, "") for name in names} | changes
        if asked["month"] and not isinstance(asked["month"], str):
            asked["month"] = f"{asked['month']:%Y-%m}"
        query = urlencode({name: value for name, value in asked.items() if value != ""})
        return f"{reverse('budgets:forecast')}?{query}"


def kinds_of(rows, to_list):
    """[(source, states, currency, in full, chance, weighted, address)] of (Forecast, Row)."""
    kinds = defaultdict(list)
    for found, row in rows:
        kinds[found.client.currency, list(SOURCES).index(row.source), -row.chance].append(row)
    return [
        (kind[0].source_label, names_text(dict.fromkeys(row.state for row in kind)), currency,
         _full(kind), kind[0].chance, _weighted(kind),
         to_list(source=kind[0].source, chance=_plain(kind[0].chance), currency=currency))
        for (currency, _place, _chance), kind in sorted(kinds.items(), key=lambda pair: pair[0])
    ]  # fmt: skip


def sums_of(rows, to_list):
    """[(currency, in full, weighted, its rows)]: never over two currencies."""
    by_currency = defaultdict(list)
    for found, row in rows:
        by_currency[found.client.currency].append(row)
    return [
        (currency, _full(found), _weighted(found), to_list(currency=currency))
        for currency, found in sorted(by_currency.items())
    ]


def _full(rows):
    return sum((row.amount for row in rows), ZERO)


def _weighted(rows):
    return sum((row.weighted for row in rows), ZERO)


def _plain(chance):
    """0.6 as it stands in an address."""
    return f"{Decimal(chance).normalize():f}"


class ForecastFile(ClientVerbView):
    """Put the forecast of the year on paper, for ourselves."""

    permission = MARGIN
    form_class = ForecastFileForm
    page_title = _("File the income forecast")
    consequence = _("The forecast as it is now gets a number and is filed. It is internal.")
    button = _("File it")

    def rows(self):
        return Client.objects.visible_to(self.request.user).select_related("group__head")

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def client_of(self, row):
        return row

    def act(self, form):
        return file_forecast(
            client=self.client, year=self.kwargs["year"], by=self.request.user, at=self.now
        )

    def get_cancel_url(self):
        asked = urlencode({"client": self.client.pk, "year": self.kwargs["year"]})
        return f"{reverse('budgets:forecast')}?{asked}"
