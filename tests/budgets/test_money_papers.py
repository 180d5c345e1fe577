"""Statement, dunning letter and forecast on paper: words, faces, what stays inside (7)."""

from datetime import date
from decimal import Decimal as D

import pytest

from agency.common.pdf import render, text_of
from budgets.papers.money import dunning_letter, forecast_paper, owed_by_client, statement_paper
from budgets.reports.forecast import forecast
from budgets.services.dunning import record_dunning
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_contract, make_user, when
from tests.jobs.make import make_job
from tests.pdfs import squeezed

pytestmark = pytest.mark.papers
am, client_, invoice = from_kept("am", "client_", "invoice")
AT = when("2026-11-30 10:00")
LANGUAGES = ("zh", "en", "both")


def make_kept():
    ae, am = make_user(), make_user(role="am", name="钟晚棠")
    client = make_client("LM", team=[ae, am], name="绿麦食品")
    job = make_job(client, ae, title="双旦礼盒")
    invoice = owed.bill(job, "1060.00", "2026-09-01", "2026-10-31", cost=D("640.12"))
    owed.bill(job, "500.25", "2026-11-20", "2026-12-20")
    owed.bill(job, "88.88", "2026-09-01", kind="commission", in_budget=False)
    make_contract(client, monthly_fee=D("20000.00"), starts_on=date(2026, 1, 1))
    return {"am": am, "client_": client, "invoice": invoice}


def drawn(template, data):
    return squeezed(text_of(render(f"budgets/pdf/{template}.html", data)))


def has(text, *words):
    return [word for word in words if squeezed(word) not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_statement_lists_what_the_client_owes_and_no_more(client_, invoice, am, language):
    client_.paper_language = language
    rows = owed_by_client(client_, AT)
    text = drawn("statement", statement_paper(client_, rows, "LM/RS/2026/001", am, AT))
    assert has(text, "LM/RS/2026/001", invoice.number, "1,060.00", "500.25", "1,560.25", "双旦礼盒")
    assert has(text, {"zh": "应收帐款对账单", "en": "Receivables Statement"}.get(language, "账龄"))
    assert not any(has(text, word) for word in ("88.88", "640.12", "INTERNAL"))


def test_letter_lists_what_is_overdue_with_promises(client_, invoice, am):
    record_dunning(
        invoice=invoice, kind="call", on=date(2026, 11, 20), promise_on=date(2026, 11, 27),
        text="PLANTED they are short of cash", by=am, at=AT,
    )  # fmt: skip
    text = drawn("dunning", dunning_letter(invoice, "请务必于月底前付款", "LM/DL/2026/001", am, AT))
    assert has(text, "催款函", invoice.number, "1,060.00", "2026-11-27", "请务必于月底前付款", "30")
    assert not any(has(text, word) for word in ("500.25", "88.88", "PLANTED", "640.12"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_forecast_is_internal_and_has_months_rows_and_sums(client_, am, language):
    client_.paper_language = language
    found = forecast(client_, 2026, AT)
    text = drawn("forecast", forecast_paper(found, "LM/IF/2026/001", am, AT))
    assert has(
        text, "INTERNAL", "LM/IF/2026/001", "2026-12", "20,000.00", "240,000.00", "40,000.00"
    )
