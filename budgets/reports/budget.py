"""The client's year as planned: what is in force, sums of months, years that lack a budget."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Case, CharField, DateField, Exists, F, Func, OuterRef, Sum, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from accounts.models import Client
from budgets.models import MONTHS, AnnualBudget

ZERO = Decimal("0.00")
BEFORE_YEAR = timedelta(days=30)


def budget_in_force(client, year, at):
    """The version that counted at the instant; None where none did (6.3)."""
    return AnnualBudget.objects.filter(client=client, year=year).in_force_at(at).first()


def planned(client, year, category, months, at):
    """The sum planned for the first `months` months of the fiscal year, by the version in force.

    None where no budget was in force; pace is measured against it (6.4).
    """
    budget = budget_in_force(client, year, at)
    return None if budget is None else planned_of(budget, months).get(category, ZERO)


def planned_of(budget, months):
    """{category: sum of the first `months` months} of one version."""
    names = MONTHS[:months]
    spent = sum((F(name) for name in names), Value(ZERO))
    rows = budget.lines.order_by().values("category").annotate(planned=Sum(spent))
    return {row["category"]: row["planned"] for row in rows}


# --- duties ---------------------------------------------------------------------------------------


def fiscal_year_at(day):
    """The fiscal year of a client that holds the day, as an expression on Client."""
    started = When(fiscal_start_month__lte=day.month, then=Value(day.year))
    return Case(started, default=Value(day.year - 1))


def without_budget(clients, day):
    """Clients at work whose fiscal year at the day has no authorised budget."""
    authorised = AnnualBudget.objects.authorised().filter(
        client=OuterRef("pk"), year=OuterRef("open_year")
    )
    first = Func(
        "open_year", "fiscal_start_month", Value(1), function="make_date", output_field=DateField()
    )
    rows = clients.filter(status=Client.Status.ACTIVE).annotate(open_year=fiscal_year_at(day))
    rows = rows.filter(~Exists(authorised))
    return rows.annotate(first_day=first, year_name=Cast("open_year", CharField()))


def this_year(mine, at):
    return without_budget(_mine(mine), mine.today)


def next_year(mine, at):
    """The year to come, from thirty days before its first day."""
    soon = mine.today + BEFORE_YEAR
    rows = without_budget(_mine(mine), soon)
    return rows.exclude(open_year=fiscal_year_at(mine.today))


def _mine(mine):
    return Client.objects.filter(mine.in_post("ae", "pk") | mine.in_post("am", "pk"))


OF_CLIENT = {
    "group": _("Budget"), "sentence": _("Annual budget %(title)s is not authorised yet"),
    "button": _("Write"), "url": "budgets:budget_create", "title": "year_name",
    "number": "code", "client": "name", "due_on": "first_day",
}  # fmt: skip
SOURCES = (
    Source("budget_this_year", this_year, **OF_CLIENT),
    Source("budget_next_year", next_year, **OF_CLIENT),
)
