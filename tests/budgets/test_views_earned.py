"""Pages of forecast, profit, growth and account costs (R88, R89, 4.2)."""

import io
from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from archives.models import Document
from budgets.models import AccountCost
from budgets.reports.growth import Grown
from budgets.views.money_earned import growth_text, short
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_contract, make_user
from tests.jobs.make import make_job
from tests.meetings.pages import text_of

ae, am, client_, job, finance = from_kept("ae", "am", "client_", "job", "finance")
FORECAST, PROFIT = reverse("budgets:forecast"), reverse("budgets:profit")
GROWTH, COSTS = reverse("budgets:growth"), reverse("budgets:account_cost_list")
YEAR = timezone.localdate().year
pytestmark = pytest.mark.django_db


def make_kept():
    ae, am = make_user(), make_user(role="am")
    client = make_client("LM", team=[ae, am], name="绿麦食品")
    make_document(client)
    make_contract(client, monthly_fee=D("20000.00"), starts_on=date(YEAR - 3, 1, 1))
    other = make_client("YL", name="驭澜汽车")
    job = make_job(client, ae)
    for place, year, net in ((job, YEAR - 1, "900.00"), (job, YEAR - 2, "600.00"),
                             (make_job(other, ae), YEAR - 1, "77.00")):  # fmt: skip
        owed.bill(place, net, f"{year}-03-15", cost=D("100.00") if net == "900.00" else D("0"))
    finance = make_user(role="finance")
    return {"ae": ae, "am": am, "client_": client, "job": job, "finance": finance}


def shown(page, url, **asked):
    answer = page.get(url, asked)
    assert answer.status_code == 200
    return answer.context, text_of(answer)


def sheet(page, url, **asked):
    answer = page.get(url, {"format": "xlsx", **asked})
    return list(load_workbook(io.BytesIO(answer.content)).active.values)


@pytest.mark.parametrize("url", [FORECAST, PROFIT, GROWTH])
def test_margins_are_not_for_an_ae(sign_in, ae, url):
    assert sign_in(ae).get(url).status_code == 403


# --- forecast ------------------------------------------------------------------------------------


def test_month_by_source_opens_the_rows_it_sums(sign_in, am):
    page = sign_in(am)
    context, _text = shown(page, FORECAST, month=f"{YEAR}-03")
    ((source, _states, _currency, full, _chance, weighted, url),) = context["kinds"]
    assert (str(source), full, weighted) == ("Monthly fee", D("20000.00"), D("20000.00"))
    assert sum(row.weighted for _found, row in shown(page, url)[0]["rows"]) == weighted


def test_month_is_drawn_into_the_page_of_all_clients(sign_in, am):
    context, _text = shown(page := sign_in(am), FORECAST, month=f"{YEAR}-03", part="1")
    assert context["kinds"]
    assert b"<html" not in page.get(FORECAST, {"month": f"{YEAR}-03", "part": "1"}).content


def test_forecast_of_all_shows_each_client_one_may_see(sign_in, am, client_):
    context, text = shown(sign_in(am), FORECAST)
    [(found, cells, _to_come, _url)] = context["rows"]
    assert (found.client, found.total, cells[2]) == (client_, D("240000.00"), D("240000.00"))
    assert "驭澜汽车" not in text


def test_forecast_of_one_shows_months_rows_and_files_a_paper(sign_in, am, client_):
    page = sign_in(am)
    context, _text = shown(page, FORECAST, client=client_.pk, year=YEAR)
    assert [total for _month, _cells, total, *_more in context["months"]] == [D("20000.00")] * 12
    url = reverse("budgets:forecast_file", args=[client_.pk, YEAR])
    assert page.get(url).status_code == 200
    answer = page.post(url, {})
    paper = Document.objects.get(kind="income_forecast")
    assert (answer.url, paper.face) == (paper.get_absolute_url(), "internal")


def test_forecast_of_nothing_is_not_filed(sign_in, client_, am):
    url = reverse("budgets:forecast_file", args=[client_.pk, 2001])
    assert sign_in(am).post(url, {}).status_code == 422


def test_forecast_sheet_has_a_row_a_source_and_month(sign_in, am, client_):
    rows = sheet(sign_in(am), FORECAST, client=client_.pk, year=YEAR)
    assert len(rows) == 13
    assert rows[1][6:] == (20000, 1, 20000)


# --- profit --------------------------------------------------------------------------------------


@pytest.mark.rule("R88")
def test_profit_of_last_year_by_client_and_by_month(sign_in, am, client_):
    owed.cost(client_, "300.00", f"{YEAR - 1}-03-01")
    page = sign_in(am)
    context, text = shown(page, PROFIT, year=YEAR - 1)
    [(row, url)] = context["rows"]
    assert (row.income, row.amount, row.months) == (D("800.00"), D("500.00"), 12)
    assert "partly without staff cost" in text
    months = page.get(url).context["rows"]
    assert [row.amount for row, _url in months][2] == D("500.00")
    assert len(months) == 12


def test_profit_sheet_says_blank_staff_cost(sign_in, am):
    rows = sheet(sign_in(am), PROFIT, year=YEAR - 1)
    assert rows[3][3:] == (800, 0, None, 0, 800, "yes")


def test_profit_of_the_department_is_not_summed_over_currencies(sign_in, finance):
    owed.bill(make_job(make_client(currency="EUR"), finance), "5.00", f"{YEAR - 1}-03-15")
    context, _text = shown(sign_in(finance), PROFIT, year=YEAR - 1)
    assert [(code, row.income) for code, row in context["sums"]] == [
        ("CNY", D("877.00")), ("EUR", D("5.00")),
    ]  # fmt: skip


# --- growth --------------------------------------------------------------------------------------


@pytest.mark.rule("R89")
def test_growth_of_last_year(sign_in, finance, client_):
    context, text = shown(sign_in(finance), GROWTH, year=YEAR - 1)
    [(currency, organic, words, new)] = context["sums"]
    assert (currency, organic.now, organic.before, words) == ("CNY", 800, 600, "+33.3%")
    assert new.now == D("77.00")
    assert [row.is_current for row, _text, _url in context["rows"]] == [True, False]
    assert "new" in text


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [("5", "0", "new"), ("5", "-1", "–"), ("95", "100", "−5.0%"), ("100", "100", "0.0%"),
     ("4310000", "3920000", "+9.9%")],
)  # fmt: skip
def test_growth_in_words(now, before, words):
    assert growth_text(Grown("CNY", D(now), D(before))) == words


def test_short_figures_over_bars():
    assert (short(D("129975.88")), short(D("-5.5"))) == ("129,976", "−6")


@pytest.mark.parametrize("url", [FORECAST, PROFIT, GROWTH])
def test_queries_do_not_grow_with_clients(sign_in, finance, url, django_assert_max_num_queries):
    for code in ("AA", "BB", "CC", "DD"):
        owed.bill(make_job(make_client(code), make_user()), "5.00", f"{YEAR - 1}-03-15")
    page = sign_in(finance)
    with django_assert_max_num_queries(20):
        shown(page, url, year=YEAR - 1)


# --- account costs -------------------------------------------------------------------------------


def enter(page, client, **typed):
    given = {"client": client.pk, "month": "2026-10", "kind": "staff", "amount": "121000.00"}
    return page.post(reverse("budgets:account_cost_create"), {**given, **typed})


def test_finance_enters_and_changes_a_cost(sign_in, finance, client_):
    page = sign_in(finance)
    assert enter(page, client_).url == COSTS
    row = AccountCost.objects.get()
    assert (row.month, row.amount, row.entered_by) == (date(2026, 10, 1), D("121000"), finance)
    url = row.get_absolute_url()
    page.post(url, {"amount": "120000.00", "row_version": row.row_version})
    assert AccountCost.objects.get().amount == D("120000.00")
    assert page.post(url, {"amount": "1", "row_version": row.row_version}).status_code == 409
    assert [found.amount for found in shown(page, COSTS)[0]["rows"]] == [D("120000.00")]


def test_second_figure_of_a_month_is_refused(sign_in, finance, client_):
    page = sign_in(finance)
    enter(page, client_)
    answer = enter(page, client_, amount="5")
    assert answer.status_code == 422
    assert "has a figure already" in text_of(answer)
    assert enter(page, client_, kind="other").status_code == 302


@pytest.mark.parametrize("amount", ["-1", "", "x", "1.234"])
def test_amounts_that_are_none(sign_in, finance, client_, amount):
    assert enter(sign_in(finance), client_, amount=amount).status_code == 422


@pytest.mark.parametrize("role", ["ae", "am", "ad", "gad", "management"])
def test_costs_are_entered_by_finance_alone(sign_in, role):
    page = sign_in(make_user(role=role))
    assert page.get(COSTS).status_code == 403
    assert page.get(reverse("budgets:account_cost_create")).status_code == 403
