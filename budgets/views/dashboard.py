"""All clients' budgets on one page: the director's monthly page, an AE's own clients (6.9)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Client
from accounts.models.scope import local_day
from accounts.permissions import Rights
from agency.common.dates import first_of
from agency.common.pdf import render
from agency.common.sheets import Leaves, sheet_response
from agency.common.views import Column, Filtered, PlainPage
from agency.common.wording import share_text
from archives.downloads import preview_response
from budgets.forms.dashboard import CATEGORIES, DashboardFilter
from budgets.papers.dashboard import overview_paper
from budgets.reports.ageing import BUCKETS, owed_url
from budgets.reports.dashboard import EVERYTHING, days_outstanding, debts, oldest, overview, sums
from budgets.reports.standing_facts import COLUMNS
from budgets.years import next_month

PACES = {
    "behind": gettext_lazy("Behind"),
    "ahead": gettext_lazy("Ahead"),
    "on": gettext_lazy("On plan"),
}


class OfAllClients(Leaves, Filtered, PlainPage):
    """Of the clients that one sees and asks for: a month, one category or all."""

    permission = "budgets.view_money"
    filter_form = DashboardFilter

    def get_filter_kwargs(self):
        return {"clients": self.clients}

    @cached_property
    def clients(self):
        return list(Client.objects.visible_to(self.request.user).select_related("group"))

    @cached_property
    def today(self):
        return first_of(local_day(self.now))

    @cached_property
    def month(self):
        """The month asked for, never one to come."""
        return min(self.wanted.get("month") or self.today, self.today)

    @cached_property
    def category(self):
        return self.wanted.get("category") or EVERYTHING


class Dashboard(OfAllClients):
    template_name = "budgets/dashboard.html"
    page_title = gettext_lazy("Monthly budget · all clients")

    def leaves(self):
        return super().leaves() | {"pdf": self.paper}

    @property
    def file_name(self):
        return f"budgets-{self.month:%Y-%m}-{self.category}"

    def sheet(self):
        return sheet_response(self.file_name, self.page_title, self.columns, self.rows)

    def paper(self):
        """The page as one A4 sheet, in the language of the screen."""
        facts = overview_paper(
            self.rows, self.month, self.category,
            lang="zh" if get_language().startswith("zh") else "en",
            by=self.request.user, at=self.now,
        )  # fmt: skip
        pdf = render("budgets/pdf/overview.html", facts)
        return preview_response(pdf, f"{self.file_name}.pdf")

    @property
    def columns(self):
        return [*SHEET, *EARNED] if self.sees_margin else SHEET

    @cached_property
    def rows(self):
        clients = self.filters.narrow(self.clients)
        margins = [client for client in clients if self.rights.can(MARGIN, client)]
        return overview(clients, self.month, self.now, self.category, margins)

    @cached_property
    def rights(self):
        return Rights(self.request.user, self.now)

    @property
    def sees_margin(self):
        return any(row.contribution for row in self.rows)

    def get_context_data(self, **kwargs):
        rows = self.rows
        owing, owed_sums = debts(rows)
        sees_owed = self.request.user.has_perm("budgets.view_receivables")
        whose = self.asked("group", "client")
        extra = {
            "sees_owed": sees_owed,
            "buckets": [(name, label) for name, (label, _last) in BUCKETS.items()],
            "owing": owing,
            "owed_sums": [
                (
                    currency,
                    [(amount, owed_url(currency, name, **whose)) for name, amount in debt.items()],
                    sum_,
                    owed_url(currency, **whose),
                )
                for currency, debt, sum_ in owed_sums
            ],
            "outstanding": days_outstanding(rows, owed_sums) if sees_owed else [],
            "oldest": oldest(rows),
            "coming": self.coming,
            "forecast_url": self.forecast_url if self.sees_margin else "",
            "rows": rows,
            "sums": [(currency, row, self.sum_urls(currency)) for currency, row in sums(rows)],
            "filters": self.filters,
            "is_filtered": {"client", "group", "currency"} & set(self.wanted),
            "month": self.month,
            "is_now": self.month == self.today,
            "before": self.here(month=f"{next_month(self.month, -1):%Y-%m}"),
            "after": self.here(month=f"{next_month(self.month):%Y-%m}"),
            "categories": [(value, label, self.here(category=value)) for value, label in SWITCH],
            "category": self.category,
            "headline": self.headline(rows),
            "frozen": sum(row.is_frozen for row in rows),
            "sheet_url": self.here(format="xlsx"),
            "paper_url": self.here(format="pdf"),
            "may_export": self.may_export,
            "sees_margin": self.sees_margin,
        }
        return super().get_context_data(**{**extra, **kwargs})

    @property
    def coming(self):
        """The month after the one shown, never one that is over."""
        return max(next_month(self.month), self.today)

    def asked(self, *names):
        return {name: self.request.GET[name] for name in names if self.request.GET.get(name)}

    @property
    def forecast_url(self):
        """What the coming month will bring, of the same clients."""
        asked = self.asked("group", "client", "currency") | {"month": f"{self.coming:%Y-%m}"}
        return f"{reverse('budgets:forecast')}?{urlencode(asked)}"

    def sum_urls(self, currency):
        """{column: the list behind the sum of the currency}."""
        asked = self.asked("group", "client", "month", "category") | {"currency": currency}
        url = f"{reverse('budgets:figure_sum')}?{urlencode(asked)}"
        return {name: f"{url}&column={name}" for name in SUMMED}

    def headline(self, rows):
        """Production: 5 clients, 1 over budget, 3 behind."""
        words = [row.standing.pace_word for row in rows]
        counts = {
            "what": dict(SWITCH)[self.category],
            "clients": len(rows),
            "over": sum(bool(row.over) for row in rows),
            "behind": words.count("behind"),
        }
        words = ngettext(
            "%(what)s: %(clients)s client, %(over)s over budget, %(behind)s behind",
            "%(what)s: %(clients)s clients, %(over)s over budget, %(behind)s behind",
            len(rows),
        )
        return words % counts


MARGIN = "budgets.view_margin"
SUMMED = (*COLUMNS, "planned")
SWITCH = CATEGORIES
SHEET = [
    Column(gettext_lazy("Client"), "client.name"),
    Column(gettext_lazy("Code"), "client.code", "code"),
    Column(gettext_lazy("Account group"), "client.group.name"),
    Column(gettext_lazy("Fiscal year"), "book.year", "number"),
    Column(gettext_lazy("Currency"), "client.currency"),
    Column(gettext_lazy("Budget"), "standing.budget", "money"),
    Column(gettext_lazy("Billed"), "standing.billed", "money"),
    Column(gettext_lazy("In execution"), "standing.in_execution", "money"),
    Column(gettext_lazy("Unexecuted"), "standing.unexecuted", "money"),
    Column(gettext_lazy("Planned to date"), "standing.planned", "money"),
    Column(gettext_lazy("Pace, %"), "standing.pace", "money"),
    Column(gettext_lazy("Judgement"), lambda row: PACES.get(row.standing.pace_word, "")),
    Column(gettext_lazy("Awaiting signature"), "standing.awaiting", "money"),
    Column(gettext_lazy("Over budget"), lambda row: ", ".join(str(one.label) for one in row.over)),
    Column(gettext_lazy("Overdue with VAT"), "overdue", "money"),
    Column(
        gettext_lazy("Figures"),
        lambda row: pgettext("figures", "issued") if row.is_frozen else _("live"),
    ),
]
EARNED = [
    Column(
        gettext_lazy("Income"), lambda row: row.contribution and row.contribution.income, "money"
    ),
    Column(
        pgettext_lazy("profit", "Contribution"),
        lambda row: row.contribution and row.contribution.amount,
        "money",
    ),
    Column(
        gettext_lazy("Contribution, %"),
        lambda row: row.contribution and share_text(row.contribution.share),
    ),
]
