"""The sheet of a draft budget: category × brand × twelve months, kept as a whole."""

from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import save, verb
from budgets.models import MONTHS, AnnualBudget, BudgetLine, Category, Invoice
from budgets.services.budget import open_draft
from budgets.spread import spread_evenly, spread_like
from budgets.years import MONTHS as YEAR
from budgets.years import first_day, month_number
from jobs.sums import MOST

ROWS_MOST = 100
ZERO = Decimal("0.00")
WAYS = {
    "even": gettext_lazy("Evenly"),
    "planned": gettext_lazy("Like last year's plan"),
    "billed": gettext_lazy("Like last year's billing"),
}


@verb
def save_lines(*, budget, rows, by, at, row_version=None):
    """Keep the whole sheet of a draft; what is not in `rows` is gone.

    rows: dicts of category, brand (or None) and months, twelve sums of which the amount is the
    total; without months the `amount` is spread, `spread` being one of WAYS, evenly if not said.
    """
    draft, behalf = open_draft(budget, by, at, row_version)
    before = draft.total
    check_rows(draft, rows)
    lines = [_line(draft, row, by, at) for row in rows]
    draft.lines.all().delete()
    BudgetLine.objects.bulk_create(lines)
    save(draft)
    record(
        draft, "save_budget", by=by, at=at, client=draft.client, behalf_of=behalf,
        total=[before, sum((line.amount for line in lines), ZERO)], rows=len(lines),
    )  # fmt: skip
    return draft


def check_rows(budget, rows):
    """Refuse a sheet that holds a row twice, another client's brand or too many rows."""
    if len(rows) > ROWS_MOST:
        raise Refused(_("A budget has at most %(most)s rows.") % {"most": ROWS_MOST})
    brands = {row["brand"] for row in rows if row.get("brand")}
    for brand in brands:
        if brand.client_id != budget.client_id:
            raise Refused(_("This brand belongs to another client."), "brand")
    if twins := twice(rows):
        names = row_name(rows[twins[0]])
        raise Refused(_("%(row)s stands in the sheet twice.") % {"row": names})


def twice(rows):
    """Places of rows whose category and brand another row before them has already."""
    seen, found = set(), []
    for place, row in enumerate(rows):
        key = (row["category"], row.get("brand") and row["brand"].pk)
        found += [place] if key in seen else []
        seen.add(key)
    return found


def row_name(row):
    """Media, or Media · Wholegrain."""
    name = str(Category(row["category"]).label)
    return f"{name} · {row['brand']}" if row.get("brand") else name


def _line(draft, row, by, at):
    months = row.get("months") or spread(draft, row)
    amount = sum(months, ZERO)
    if any(month < 0 for month in months) or amount > MOST:
        raise Refused(
            _("%(row)s: please enter sums from 0 to %(most)s.")
            % {"row": row_name(row), "most": f"{MOST:,.2f}"}
        )
    return BudgetLine(
        budget=draft, category=row["category"], brand=row.get("brand"), amount=amount,
        created_by=by, created_at=at, **dict(zip(MONTHS, months, strict=True)),
    )  # fmt: skip


def spread(budget, row):
    """The twelve months of the row's amount by its `spread`; Refused without last year's shape."""
    way = row.get("spread") or "even"
    if way == "even":
        return spread_evenly(row["amount"])
    months = spread_like(row["amount"], SHAPES[way](budget, row))
    if months is None:
        raise Refused(
            _("%(row)s: there is nothing of last year to go by.") % {"row": row_name(row)}
        )
    return months


def last_planned(budget, row):
    """Last year's months of the category in its version in force: of the brand if it had a row."""
    past = AnnualBudget.objects.filter(client=budget.client_id, year=budget.year - 1)
    lines = BudgetLine.objects.filter(budget__in=past.authorised(), category=row["category"])
    if row.get("brand") and lines.filter(brand=row["brand"]).exists():
        lines = lines.filter(brand=row["brand"])
    sums = lines.aggregate(**{name: Sum(name, default=ZERO) for name in MONTHS})
    return [sums[name] for name in MONTHS]


def last_billed(budget, row):
    """What was billed of last year's budget by month: of the brand's jobs if there was any.

    An invoice issued before the year counts in its first month, one issued after it in its last.
    """
    bills = Invoice.objects.out().filter(
        client=budget.client_id, budget_year=budget.year - 1, category=row["category"],
        in_budget=True,
    )  # fmt: skip
    of_brand = Q(job__brand=row.get("brand"))
    if row.get("brand") and bills.filter(of_brand).exists():
        bills = bills.filter(of_brand)
    months = [ZERO] * YEAR
    for day, net in bills.values_list("issued_on", "net"):
        months[_place(budget, day)] += net
    return months


def _place(budget, day):
    if day < first_day(budget.client, budget.year - 1):
        return 0
    if day >= first_day(budget.client, budget.year):
        return YEAR - 1
    return month_number(budget.client, day) - 1


SHAPES = {"planned": last_planned, "billed": last_billed}
