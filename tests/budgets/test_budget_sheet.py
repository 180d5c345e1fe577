"""The sheet of a draft: kept as a whole, to the cent; spread evenly or by last year's shape."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from budgets.models import Invoice
from budgets.services import budget_sheet as service
from tests.archives.papers import make_document
from tests.budgets.make import YEAR, make_budget, make_budget_line, make_invoice
from tests.builders import from_kept, make_brand, make_client, make_user
from tests.jobs.make import NOW, D, make_job

pytestmark = pytest.mark.django_db
FULL = [D("1.10")] * 11 + [D("2.90")]


def make_kept():
    ae = make_user()
    customer = make_client(team=[ae])
    draft = make_budget(customer, state="draft", production="120.00")
    make_document(customer)
    return {"ae": ae, "customer": customer, "draft": draft, "brand": make_brand(customer)}


ae, customer, draft, brand = from_kept("ae", "customer", "draft", "brand")


@pytest.fixture
def keep(draft, ae):
    def keep(*rows, **more):
        return service.save_lines(budget=draft, rows=rows, **{"by": ae, "at": NOW, **more})

    return keep


def row(category="media", brand=None, **more):
    return {"category": category, "brand": brand, **more}


def refused(call, *rows, **more):
    with pytest.raises(Refused) as error:
        call(*rows, **more)
    return str(error.value)


def test_amount_is_the_sum_of_the_months(keep, draft):
    keep(row(months=FULL))
    line = draft.lines.get()
    assert (line.category, line.amount, line.months) == ("media", D("15.00"), FULL)


def test_what_is_not_in_the_sheet_is_gone(keep, draft, brand):
    keep(row(months=FULL), row(brand=brand, months=FULL), row("fee", months=FULL))
    assert draft.lines.count() == 3
    assert draft.total == D("45.00")
    keep()
    assert not draft.lines.exists()


def test_year_without_months_is_spread_evenly(keep, draft):
    keep(row(amount=D("100.00")))
    assert draft.lines.get().months == [D("8.33")] * 11 + [D("8.37")]


def test_trail_says_from_which_total_to_which(keep):
    keep(row(months=FULL))
    changes = AuditEntry.objects.get(verb="save_budget").changes
    assert changes == {"total": ["120.00", "15.00"], "rows": 1}


def test_sheet_raises_the_version_of_the_draft(keep, draft):
    assert keep(row(months=FULL), row_version=0).row_version == 1
    with pytest.raises(Stale):
        keep(row(months=FULL), row_version=0)


def test_same_row_twice_is_refused(keep, brand, draft):
    words = refused(keep, row(brand=brand, months=FULL), row(brand=brand, months=FULL))
    assert words == f"Media · {brand} stands in the sheet twice."
    assert draft.total == D("120.00")


def test_foreign_brand_is_refused(keep):
    refused(keep, row(brand=make_brand(make_client()), months=FULL))


def test_month_below_nothing_is_refused(keep):
    refused(keep, row(months=[D("-0.01"), *FULL[1:]]))


def test_sum_too_large_to_be_kept_is_refused(keep):
    refused(keep, row(months=[D("999999999999.99"), D("0.01"), *[D(0)] * 10]))
    keep(row(months=[D("999999999999.99"), *[D(0)] * 11]))


def test_sheet_of_a_hundred_rows_at_most(keep, customer):
    rows = [row(brand=make_brand(customer), months=FULL) for _brand in range(101)]
    refused(keep, *rows)


def test_authorised_sheet_stays(ae):
    budget = make_budget(make_client(team=[ae]), media="12.00")
    refused(lambda: service.save_lines(budget=budget, rows=[], by=ae, at=NOW))


def test_stranger_keeps_nothing(keep):
    with pytest.raises(PermissionDenied):
        keep(by=make_user())


# --- last year ------------------------------------------------------------------------------------


@pytest.fixture
def past(customer):
    """Last year in force: 100.01 of production a month, in December 100.00."""
    return make_budget(customer, year=YEAR - 1, production="1200.11")


def test_like_last_years_plan(keep, draft, past):
    keep(row("production", amount=D("2400.22"), spread="planned"))
    assert draft.lines.get().months == [D("200.02")] * 11 + [D("200.00")]


def test_like_last_years_plan_of_the_brand(draft, past, brand):
    line = make_budget_line(past, "production", D("0.00"), brand)
    line.amount = line.m03 = D("50.00")
    line.save()
    of_brand = {"category": "production", "brand": brand, "amount": D("9.00"), "spread": "planned"}
    assert service.spread(draft, of_brand)[2] == D("9.00")


@pytest.mark.parametrize("way", ["planned", "billed"])
def test_nothing_of_last_year_to_go_by(keep, way):
    words = refused(keep, row("fee", amount=D("12.00"), spread=way))
    assert words == "Fee: there is nothing of last year to go by."


@pytest.fixture
def bill(customer, ae):
    job = make_job(customer, ae, budget_year=YEAR - 1)

    def bill(net, day, **fields):
        return make_invoice(job, net, state="issued", issued_on=day, **fields)

    return bill


def test_like_last_years_billing(draft, bill):
    """Before the year it counts in the first month, after it in the last."""
    for net, day in (("10.00", date(YEAR - 2, 12, 31)), ("20.00", date(YEAR - 1, 3, 1)),
                     ("30.00", date(YEAR, 1, 1))):  # fmt: skip
        bill(net, day)
    months = service.spread(draft, row("production", amount=D("120.00"), spread="billed"))
    assert (months[0], months[2], months[11], sum(months)) == (D(20), D(40), D(60), D(120))


def test_drafts_and_what_is_outside_the_budget_are_not_billed(draft, bill):
    bill("10.00", date(YEAR - 1, 3, 1))
    bill("99.00", date(YEAR - 1, 4, 1), in_budget=False)
    Invoice.objects.update(budget_year=YEAR - 1)
    months = service.last_billed(draft, row("production"))
    assert sum(months) == months[2] == D("10.00")


def test_billing_of_the_brand_where_there_is_any(draft, bill, brand):
    bill("10.00", date(YEAR - 1, 3, 1))
    paper = bill("20.00", date(YEAR - 1, 5, 1))
    paper.job.brand = brand
    paper.job.save()
    months = service.last_billed(draft, row("production", brand))
    assert sum(months) == D("30.00")
    assert service.last_billed(draft, row("production", make_brand(draft.client)))[4] == D("20.00")
