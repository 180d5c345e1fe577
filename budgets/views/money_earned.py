"""What clients have brought, what is left of it, and how it grows: profit and growth (6.7)."""

from calendar import monthrange
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from agency.common.charts import Chart, Point
from agency.common.dates import first_of
from agency.common.tables import Column
from agency.common.wording import money_text
from budgets.forms.money import SpanFilter
from budgets.reports import growth
from budgets.reports.profit import monthly, whole
from budgets.views.money_base import MoneyPage
from budgets.years import next_month

MARGIN = "budgets.view_margin"


def short(amount):
    """129,976: whole units over a bar; the table has the cents."""
    return f"{amount:,.0f}".replace("-", "−")


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
        since = self.wanted.get("since")
        start = since if since and since <= last else date(last.year, 1, 1)
        return start, last.replace(day=monthrange(last.year, last.month)[1])

    def get_context_data(self, **kwargs):
        start, end = self.days
        return super().get_context_data(start=start, end=end, **kwargs)


class Profit(SpanPage):
    """What is left of each client's income; of one client month by month."""

    template_name = "budgets/profit.html"
    page_title = _("Profit by client")
    sheet_name = "profit"
    sheet_columns = [
        Column(_("Client"), "client"),
        Column(_("Month"), lambda row: f"{row.month:%Y-%m}"),
        Column(_("Currency"), "client.currency"),
        Column(_("Income"), "income", "money"),
        Column(_("Expenses"), "expenses", "money"),
        Column(_("Staff"), lambda row: row.staff if row.staffed else None, "money"),
        Column(pgettext_lazy("cost", "Other"), "other", "money"),
        Column(pgettext_lazy("profit", "Contribution"), "amount", "money"),
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
            label_head=_("Month"), value_head=pgettext_lazy("profit", "Contribution"),
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
    sheet_columns = [
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
