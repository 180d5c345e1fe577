"""The page of all clients' budgets, a client's year and the lists behind figures."""

import io
import re
from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from budgets.models import MonthlyReport
from budgets.reports.monthly_figures import draw
from tests.archives.papers import make_document
from tests.budgets import owed, years
from tests.builders import from_kept, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R37")]
client_a, client_b, ae, ad, job = from_kept("client_a", "client_b", "ae", "ad", "job")
NOW = when("2026-11-20 12:00")
URL = "/budgets/"


def make_kept():
    ae, ad = make_user("one", "ae"), make_user("director", "ad")
    client_a = make_client("LM", team=[ae, ad])
    client_b = make_client("YL", team=[make_user("two", "ae"), ad], currency="EUR")
    years.make_year(client_a, production="1000.00", plan={"production": "800.00"})
    years.make_year(client_b, production="500.00")
    job = years.job_of(client_a, title="Film")
    years.signed(job, "640.00", when("2026-10-10 10:00"))
    years.billed(job, "240.50", date(2026, 10, 20))
    return {"client_a": client_a, "client_b": client_b, "ae": ae, "ad": ad, "job": job}


@pytest.fixture(autouse=True)
def _now(time_machine_to):
    time_machine_to(NOW)


@pytest.fixture
def time_machine_to(monkeypatch):
    return lambda moment: monkeypatch.setattr("agency.common.views.timezone.now", lambda: moment)


@pytest.fixture
def page(client):
    def get(user, address=URL, **query):
        client.force_login(user)
        return client.get(address, query)

    return get


def text_of(response):
    html = re.sub(r"</?span[^>]*>", "", response.content.decode().split("<main", 1)[1])
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def year_page(client_a, *more):
    return reverse(f"budgets:{'figure_list' if more else 'client_year'}",
                   args=[client_a.pk, 2026, *more])  # fmt: skip


def test_director_sees_all_clients(page, ad):
    text = text_of(page(ad))
    assert "Together: 2 clients, 0 over budget, 2 behind" in text
    assert "1,000.00 240.50 399.50 360.00" in text
    assert "500.00 0.00 0.00 500.00" in text


def test_ae_sees_only_own_clients(page, ae, client_b):
    response = page(ae)
    assert [row.client.code for row in response.context["rows"]] == ["LM"]
    assert client_b.name not in text_of(response)


@pytest.mark.parametrize("role", ["department", "admin"])
def test_who_sees_no_money_is_refused(page, role):
    user = make_user(role=role)
    assert page(user).status_code == 403


def test_other_client_is_not_there(page, ae, client_b):
    assert page(ae, year_page(client_b)).status_code == 404
    assert page(ae, year_page(client_b, "billed")).status_code == 404


def test_unknown_column_and_year_are_not_there(page, ae, client_a):
    assert page(ae, year_page(client_a, "secret")).status_code == 404
    assert page(ae, f"/budgets/clients/{client_a.pk}/1066/").status_code == 404


def test_currencies_are_never_summed(page, ad):
    sums = {currency: row.budget for currency, row, _urls in page(ad).context["sums"]}
    assert sums == {"CNY": D("1000.00"), "EUR": D("500.00")}


def test_filter_by_currency_and_client(page, ad, client_a):
    for query in ({"currency": "CNY"}, {"client": client_a.pk}, {"group": client_a.group.pk}):
        assert [row.client for row in page(ad, **query).context["rows"]] == [client_a]


def test_category_switch(page, ad):
    rows = page(ad, category="media").context["rows"]
    assert {row.standing.budget for row in rows} == {D("0.00")}
    rows = page(ad, category="production").context["rows"]
    assert [row.standing.committed for row in rows] == [D("640.00"), D("0.00")]


def test_past_month_from_the_papers(page, ad):
    response = page(ad, month="2026-09")
    assert "no report issued, from the papers" in text_of(response)
    assert [row.standing.committed for row in response.context["rows"]] == [0, 0]


def test_month_to_come_is_now(page, ad):
    assert page(ad, month="2027-03").context["is_now"]
    assert page(ad, month="nonsense").context["is_now"]


def test_issued_month_is_frozen(page, ad, client_a, job):
    issue(client_a)
    years.rewrite(client_a.budgets.get().lines.get(), amount=D("9.00"),
                  **{f"m{number:02}": D("0.75") for number in range(1, 13)})  # fmt: skip
    response = page(ad, month="2026-10", client=client_a.pk)
    (row,) = response.context["rows"]
    assert (row.is_frozen, row.standing.budget) == (True, D("1000.00"))
    assert "1 client as issued" in text_of(response)
    assert page(ad, client=client_a.pk).context["rows"][0].standing.budget == D("9.00")


def issue(client):
    cutoff = when("2026-11-01 00:00")
    ae, am = client.assignments.get(role="ae").user, make_user(role="am")
    report = MonthlyReport.objects.create(
        client=client, budget=client.budgets.get(), month=date(2026, 10, 1), state="issued",
        due_at=when("2026-11-06 18:00"), cutoff_at=cutoff, opportunities="Winter film",
        author=ae, submitted_at=cutoff, signed_by=am, signed_at=cutoff,
        issued_at=when("2026-11-06 18:00:01"), document=make_document(client),
        internal_document=make_document(client, face="internal"),
    )  # fmt: skip
    years.rewrite(report, rows=draw(report))


def test_issued_figures_keep_their_lists_when_a_bill_comes_later(page, ad, client_a, job):
    issue(client_a)
    assert sums_of_lists(page, ad, client=client_a.pk, month="2026-10") >= {"240.50", "360.00"}
    years.billed(job, "100.00", date(2026, 10, 30))
    shown = sums_of_lists(page, ad, client=client_a.pk, month="2026-10")
    assert {"1,000.00", "240.50", "399.50", "360.00"} <= shown


def test_report_issued_late_is_said(page, ad, client_a):
    issue(client_a)
    assert "issued late" in text_of(page(ad))


def test_over_budget_is_red_with_words(page, ad, client_a):
    years.signed(years.job_of(client_a), "400.00", when("2026-11-02 10:00"))
    response = page(ad)
    assert 'class="money under"' in response.content.decode()
    text = text_of(response)
    assert "Production over budget" in text
    assert "−40.00" in text
    assert "40.00 over budget. Gone over with" in text


def test_figure_leads_to_its_list(page, ad, job):
    html = page(ad, month="2026-10").content.decode()
    urls = re.findall(r'href="(/budgets/clients/[^"]+/billed/[^"]*)"', html)
    assert len(urls) == 2
    response = page(ad, urls[0].replace("&amp;", "&"))
    assert response.context["total"] == D("240.50")
    assert "As of 31 Oct 2026, 24:00" in text_of(response)
    assert job.number in text_of(response)


def sums_of(response):
    """{(currency, column): (the sum, the total of the list it opens)} of the page."""
    return {
        (currency, column): (getattr(row, column), url)
        for currency, row, urls in response.context["sums"] for column, url in urls.items()
    }  # fmt: skip


@pytest.mark.parametrize("query", [{}, {"month": "2026-10"}, {"category": "production"}])
def test_each_sum_opens_the_papers_of_all_clients(page, ad, client_b, query):
    years.signed(years.job_of(client_b), "70.00", when("2026-10-11 10:00"))
    response = page(ad, **query)
    found = sums_of(response)
    assert {currency for currency, _column in found} == {"CNY", "EUR"}
    for (currency, _column), (figure, url) in found.items():
        assert url.replace("&", "&amp;") in response.content.decode() or figure == 0
        listed = page(ad, url)
        assert (listed.context["total"], listed.context["currency"]) == (figure, currency)
        assert {row.client.currency for row in listed.context["rows"]} <= {currency}


def test_sum_of_an_issued_month_keeps_its_list(page, ad, client_a, job):
    issue(client_a)
    years.billed(job, "100.00", date(2026, 10, 30))
    for figure, url in sums_of(page(ad, month="2026-10")).values():
        assert page(ad, url).context["total"] == figure


def test_list_of_a_sum_is_ones_own_clients_and_leaves_as_a_sheet(page, ae, ad, client_b):
    listed = page(ae, "/budgets/figures/", column="budget", currency="EUR", client=client_b.pk)
    assert {row.client.code for row in listed.context["rows"]} == {"LM"}
    sheet = page(ad, "/budgets/figures/", column="billed", format="xlsx")
    rows = list(load_workbook(io.BytesIO(b"".join(sheet))).active.values)
    assert [row[-1] for row in rows[1:]] == [240.5]


def test_list_of_a_sum_has_a_hundred_rows_a_page(page, ad, client_a):
    for number in range(120):
        years.billed(years.job_of(client_a, title=f"Job {number}"), "1.00", date(2026, 10, 2))
    url = sums_of(page(ad))["CNY", "billed"][1]
    first, second = page(ad, url), page(ad, f"{url}&page=2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (100, 21)
    assert second.context["total"] == D("360.50")
    assert "121 papers make this figure" in text_of(second)


@pytest.mark.parametrize(
    ("month", "coming"), [("2026-11", "2026-12"), ("2026-10", "2026-11"), ("2026-05", "2026-11")]
)
def test_forecast_is_of_the_month_after_but_never_of_one_gone(page, ad, month, coming):
    assert f"{page(ad, month=month).context['coming']:%Y-%m}" == coming


@pytest.mark.rule("R87")
def test_what_is_owed_says_how_long_it_takes(page, ad, job):
    """R(100.00 ÷ 300.00 × 90); each sum opens its invoices."""
    owed.bill(job, "200.00", "2026-10-20", state="paid")
    owed.bill(job, "100.00", "2026-11-01")
    years.rewrite(job.invoices.get(net=D("240.50")), issued_on=date(2026, 1, 2), state="paid")
    response = page(ad)
    assert response.context["outstanding"][0] == ("CNY", D("30.0"))
    assert "paid after 30.0 days" in text_of(response)
    ((_currency, _debt, total, url), *_others) = response.context["owed_sums"]
    ((listed, _cells, _chart),) = page(ad, url).context["sums"]
    assert listed.total == total == D("100.00")


def test_month_alone_in_the_list(page, ad, client_a):
    response = page(ad, year_page(client_a, "billed"), month="2026-10", alone="1")
    assert response.context["total"] == D("240.50")
    response = page(ad, year_page(client_a, "billed"), month="2026-09", alone="1")
    assert response.context["total"] == 0


def test_year_by_month(page, ad, client_a):
    response = page(ad, year_page(client_a))
    (block,) = response.context["blocks"]
    lines = {line.column: [cell.amount for cell in line.cells] for line in block.lines}
    assert lines["billed"] == [0] * 9 + [D("240.50"), 0, None]
    assert lines["in_execution"] == [0] * 9 + [D("399.50"), D("399.50"), None]
    assert lines["unexecuted"][-2] == D("360.00")
    assert lines["planned"] == [D("80.00")] * 10 + [D("100.00")] * 2


def test_each_figure_of_the_year_sums_to_its_list(page, ad, client_a):
    years.plan_signed(years.job_of(client_a, kind="media"), NOW, [(date(2026, 12, 1), "90")])
    response = page(ad, year_page(client_a))
    html = response.content.decode()
    links = re.findall(r'<a href="(/budgets/clients/\d+/2026/[^"]+)">(−?[\d,.]+)</a>', html)
    assert len(links) > 40
    for url, shown in set(links):
        total = page(ad, url.replace("&amp;", "&")).context["total"]
        assert f"{total:,.2f}".replace("-", "−") == shown, url


def test_sheets_leave_as_xlsx(page, ad, client_a):
    for address in (URL, year_page(client_a), year_page(client_a, "billed")):
        book = load_workbook(io.BytesIO(page(ad, address, format="xlsx").content))
        assert book.active.max_row > 1


def test_page_leaves_as_pdf_named_by_month(page, ad):
    response = page(ad, month="2026-10", category="production", format="pdf")
    assert response.content.startswith(b"%PDF")
    assert 'filename="budgets-2026-10-production.pdf"' in response["Content-Disposition"]


def sums_of_lists(page, ad, **asked):
    """The figures of the first row, each found to be the sum of the list it opens."""
    row = page(ad, **asked).content.decode().split("<tbody", 1)[1].split("</tr>", 1)[0]
    links = re.findall(r'<a href="(/budgets/clients/\d+/2026/[a-z_]+/[^"]*)">(−?[\d,.]+)</a>', row)
    for url, shown in links:
        total = page(ad, url.replace("&amp;", "&")).context["total"]
        assert f"{total:,.2f}".replace("-", "−") == shown, url
    return {shown for _url, shown in links}


def test_each_figure_of_a_row_sums_to_its_list(page, ad, client_a, job):
    other = years.job_of(client_a, title="Stills")
    years.unsigned(other, "70.00", "sent", when("2026-10-12 10:00"))
    owed.bill(job, "106.00", "2026-09-01", "2026-10-01")
    for asked in ({}, {"month": "2026-10"}, {"month": "2026-09", "category": "production"}):
        assert len(sums_of_lists(page, ad, client=client_a.pk, **asked)) >= 4


def test_contribution_opens_its_months(page, ad, client_a, job):
    owed.bill(job, "106.00", "2026-04-01", cost=D("50.00"))
    html = page(ad, client=client_a.pk).content.decode()
    url = re.search(r'href="(/budgets/profit/[^"]*)"', html)[1].replace("&amp;", "&")
    (_currency, whole), row = page(ad, url).context["sums"][0], page(ad).context["rows"][0]
    assert (whole.income, whole.amount) == (row.contribution.income, row.contribution.amount)


def test_who_owes_and_for_how_long(page, ad, client_a, job):
    owed.bill(job, "106.00", "2026-07-01", "2026-08-01")
    owed.bill(job, "53.00", "2026-11-01", "2026-12-01")
    response = page(ad)
    ((row, debt, whole),) = response.context["owing"]
    assert (row.client, debt["over_90"], debt["not_due"]) == (client_a, 106, D("307.93"))
    assert whole == D("413.93") == sum(amount for _name, amount in debt.items())
    assert "111 days overdue" in text_of(response)


def test_sheet_holds_the_figures(page, ad):
    book = load_workbook(io.BytesIO(page(ad, format="xlsx").content))
    head, first = list(book.active.iter_rows(values_only=True))[:2]
    row = dict(zip(head, first, strict=True))
    assert (row["Client"], row["Budget"], row["Billed"]) == ("Client LM", 1000, 240.5)
    assert row["Unexecuted"] == 360


def test_management_and_finance_see_all(page):
    for role in (User.Role.FINANCE, User.Role.MANAGEMENT):
        assert len(page(make_user(role=role)).context["rows"]) == 2


def test_nothing_yet(page):
    response = page(make_user(role="ae"))
    assert "No budgets here yet" in text_of(response)


@pytest.mark.parametrize("size", [1, 3, 30])
def test_same_count_of_questions(kept, client, size, django_assert_max_num_queries):
    people = [make_user(role="ad")]
    for number in range(size):
        one = make_client(team=[make_user(role="ae"), *people], fiscal_start_month=1 + number % 2)
        years.make_year(one, production="1000.00")
        years.signed(years.job_of(one), "10.00")
    client.force_login(people[0])
    client.get(URL)
    with django_assert_max_num_queries(20):
        response = client.get(URL)
    assert len(response.context["rows"]) == size


def test_bar_of_the_year_on_the_clients_page(page, ae, client_a):
    html = page(ae, client_a.get_absolute_url()).content.decode()
    assert f'href="/budgets/clients/{client_a.pk}/2026/"' in html
    assert "360.00 unexecuted" in html
