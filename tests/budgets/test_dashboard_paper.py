"""All clients of a month on one sheet of A4 (6.9)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from agency.common.pdf import render, text_of
from budgets.papers.dashboard import overview_paper
from budgets.reports.dashboard import overview
from tests.budgets import years
from tests.builders import from_kept, make_client, make_user, when
from tests.pdfs import squeezed

pytestmark = pytest.mark.papers
rows, ad = from_kept("rows", "ad")
AT, MONTH = when("2026-11-20 12:00"), date(2026, 11, 1)


def make_kept():
    ad = make_user("director", "ad", name="沈砚秋")
    client = make_client("LM", team=[make_user("one", "ae", name="陆小满"), ad], name="绿麦食品")
    years.make_year(client, production="1000.00", plan={"production": "800.00"})
    years.signed(years.job_of(client), "1400.00", when("2026-10-10 10:00"))
    return {"rows": overview([client], MONTH, AT), "ad": ad}


def printed(rows, ad, lang):
    facts = overview_paper(rows, MONTH, "all", lang=lang, by=ad, at=AT)
    return text_of(render("budgets/pdf/overview.html", facts)).split("\f")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("count", [6, 30])
def test_clients_of_an_agency_on_one_page(rows, ad, lang, count):
    fine = replace(rows[0], rows=[replace(rows[0].standing, in_execution=D(90))])
    (page,) = printed(rows * 3 + [fine] * (count - 3), ad, lang)
    assert squeezed(page).count("绿麦食品LM") == count


def test_sheet_holds_the_figures_and_who_signed_above(rows, ad):
    (page,) = printed(rows, ad, "zh")
    words = ("内部文件", "2026年11月", "1,400.00", "−400.00", "超预算", "陆小满", "沈砚秋")
    assert [word for word in words if word not in squeezed(page)] == []


def test_currencies_have_a_block_each(rows, ad):
    row = rows[0]
    euro = replace(row, client=make_client("YL", currency="EUR"))
    blocks = overview_paper([euro, row], MONTH, "all", lang="zh", by=ad, at=AT)["blocks"]
    sums = [(block["currency"], block["sum"]["budget"]) for block in blocks]
    assert sums == [("CNY", "1,000.00"), ("EUR", "1,000.00")]
