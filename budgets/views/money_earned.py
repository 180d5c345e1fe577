"""What clients will bring, have brought and how it grows: forecast, profit, growth (6.5, 6.7)."""

from calendar import monthrange
from datetime import date

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts.models import Client
from accounts.views.about import ClientVerbView
from agency.common.charts import Chart, Point
from agency.common.dates import first_of
from agency.common.tables import Column
from agency.common.wording import money_text
from budgets.forms.money import ForecastFileForm, SpanFilter, YearFilter
from budgets.reports import growth
from budgets.reports.forecast import SOURCES, forecasts
from budgets.reports.profit import monthly, whole
from budgets.services.statement import file_forecast
from budgets.views.money_base import MoneyPage
from budgets.years import client_day, fiscal_year, month_at, next_month

MARGIN = "budgets.view_margin"


class ForecastPage(MoneyPage):
    """All clients' fiscal years by source; of one client the months and every row."""

    template_name = "budgets/forecast.html"
    permission = MARGIN
    page_title = _("Income forecast")
    filter_form = YearFilter
    sheet_name = "forecast"
    columns = [
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
        """The year that was asked for, else the fiscal year of today."""
        return self.wanted.get("year") or fiscal_year(client, client_day(client, self.now))

    @cached_property
    def one(self):
        """The forecast of the client that was chosen."""
        return self.forecasts[0] if "client" in self.wanted and self.forecasts else None

    def sheet_rows(self):
        return [(found, row) for found in self.forecasts for row in found.rows]

    def get_context_data(self, **kwargs):
        extra = self.of_one(self.one) if self.one else self.of_all()
        return super().get_context_data(
            one=self.one, sources=SOURCES.values(), **extra, **kwargs
        )  # fmt: skip

    def of_one(self, found):
        current = month_at(found.client, self.now)
        return {
            "months": [
                (month, [found.cell(month, source) for source in SOURCES], found.of_month(month),
                 month < current)
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


def short(amount):
    """129,976: whole units over a bar; the table has the cents."""
    return f"{amount:,.0f}".replace("-", "−")


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


class SpanPage(MoneyPage):
    """A page about January to a month of a year; by default up to the last whole month."""

    permission = MARGIN
    filter_form = SpanFilter

    @cached_property
    def last_month(self):
        """The month before this one, or what was asked for."""
        latest = next_month(first_of(timezone.localdate(self.now)), -1)
        year = self.wanted.get("year") or latest.year
        default = latest.month if year == latest.year else 12
        return date(year, self.wanted.get("until") or default, 1)

    @property
    def days(self):
        last = self.last_month
        return date(last.year, 1, 1), last.replace(day=monthrange(last.year, last.month)[1])

    def get_context_data(self, **kwargs):
        start, end = self.days
        return super().get_context_data(start=start, end=end, **kwargs)


class Profit(SpanPage):
    """What is left of each client's income; of one client month by month."""

    template_name = "budgets/profit.html"
    page_title = _("Profit by client")
    sheet_name = "profit"
    columns = [
        Column(_("Client"), "client"),
        Column(_("Month"), lambda row: f"{row.month:%Y-%m}"),
        Column(_("Currency"), "client.currency"),
        Column(_("Income"), "income", "money"),
        Column(_("Expenses"), "expenses", "money"),
        Column(_("Staff"), lambda row: row.staff if row.staffed else None, "money"),
        Column(pgettext_lazy("cost", "Other"), "other", "money"),
        Column(_("Contribution"), "amount", "money"),
        Column(_("Without staff cost"), lambda row: _("yes") if row.lacks_staff else ""),
    ]

    @cached_property
    def months(self):
        return monthly(self.clients, *self.days)

    def sheet_rows(self):
        return [row for client in self.clients for row in self.months[client.pk]]

    def get_context_data(self, **kwargs):
        one = self.clients[0] if "client" in self.wanted and self.clients else None
        rows = [(whole(self.months[row.pk], row), self.to(row)) for row in self.clients]
        shown = [(row, url) for row, url in rows if row.income or row.amount]
        return super().get_context_data(
            one=one,
            rows=shown if one is None else [(row, "") for row in self.months[one.pk]],
            sums=totals(row for row, _url in shown),
            chart=self.chart(one) if one else None,
            **kwargs,
        )

    def chart(self, client):
        points = [
            Point(f"{row.month:%m}", max(row.amount, 0), short(row.amount), is_under=row.is_low)
            for row in self.months[client.pk]
        ]
        return Chart(
            _("Contribution by month, %(currency)s") % {"currency": client.currency}, points,
            label_head=_("Month"), value_head=_("Contribution"),
        )  # fmt: skip

    def to(self, client):
        asked = {"client": client.pk, "year": self.last_month.year, "until": self.last_month.month}
        return f"{reverse('budgets:profit')}?{urlencode(asked)}"


def totals(rows):
    """[(currency, Contribution)]: the sums, never over two currencies."""
    by_currency = {}
    for row in rows:
        by_currency.setdefault(row.client.currency, []).append(row)
    return [(currency, whole(by_currency[currency])) for currency in sorted(by_currency)]


class Growth(SpanPage):
    """Income of current clients against the same months of last year; new business apart."""

    template_name = "budgets/growth.html"
    page_title = _("Growth")
    sheet_name = "growth"
    columns = [
        Column(_("Client"), "client"),
        Column(_("Business"), lambda row: business_text(row)),
        Column(_("Currency"), "currency"),
        Column(_("Income"), "now", "money"),
        Column(_("A year before"), "before", "money"),
        Column(_("Growth"), lambda row: growth_text(row)),
    ]

    @cached_property
    def rows(self):
        span = growth.Span(self.last_month.year, self.last_month.month)
        return growth.growth(self.clients, span)

    def sheet_rows(self):
        return self.rows

    def get_context_data(self, **kwargs):
        currencies = sorted({row.currency for row in self.rows})
        return super().get_context_data(
            rows=[(row, growth_text(row), self.to(row)) for row in self.rows],
            sums=[
                (currency, organic, growth_text(organic), new)
                for currency, organic, new in growth.by_currency(self.rows)
            ],
            charts=[self.chart(currency) for currency in currencies],
            **kwargs,
        )  # fmt: skip

    def to(self, row):
        asked = {"client": row.client.pk, "year": self.last_month.year,
                 "until": self.last_month.month}  # fmt: skip
        return f"{reverse('budgets:profit')}?{urlencode(asked)}"

    def chart(self, currency):
        points = [
            Point(str(row.client), max(row.now, 0), money_text(row.now, currency), self.to(row),
                  is_under=row.now < row.before)
            for row in self.rows if row.currency == currency
        ]  # fmt: skip
        return Chart(
            _("Income by client, %(currency)s") % {"currency": currency}, points,
            label_head=_("Client"), value_head=_("Income"),
        )  # fmt: skip


def business_text(row):
    """Of a client we had before the months compared with, or of a newer one."""
    if row.is_current:
        return pgettext("growth", "Current")
    return pgettext("growth", "New business")


def growth_text(row):
    """+9.9%, new, or a dash where last year was below 0."""
    if row.is_new:
        return pgettext("growth", "new")
    if row.percent is None:
        return "–"
    sign = "+" if row.percent > 0 else "−" if row.percent < 0 else ""
    return f"{sign}{abs(row.percent)}%"
