"""The expense request on paper: kind, purpose, people, amounts, author and decider (EX, 7)."""

import pytest

from agency.common.pdf import render, text_of
from budgets.papers.expense import expense_paper
from tests.budgets.business import D, make_expense
from tests.builders import make_client, make_user
from tests.jobs.make import NOW
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]


def drawn(row):
    return squeezed(text_of(render("budgets/pdf/expense.html", expense_paper(row, NOW))))


def make_row(language="zh", client=True, **fields):
    author = make_user(role="ae", name="陆小满", name_en="Lu Xiaoman")
    account = make_client("LM", name="绿麦食品", paper_language=language) if client else None
    defaults = {
        "kind": "entertainment", "people": "陈堃，绿麦食品", "purpose": "新品提案后的工作餐",
        "amount": D("1280.5"), "number": "LM/EX/2026/001", "reason": "提案当日由客户提出",
    }  # fmt: skip
    return make_expense(author, "approved", client=account, **{**defaults, **fields})


@pytest.mark.parametrize(
    ("language", "heading", "kind"),
    [("zh", "费用申请", "应酬费"), ("en", "Expense Request", "Entertainment")],
)
def test_what_stands_on_it(language, heading, kind):
    text = drawn(make_row(language))
    wanted = (heading, kind, "陈堃", "新品提案后的工作餐", "1,280.50", "提案当日由客户提出",
              "LM/EX/2026/001", "绿麦食品")  # fmt: skip
    assert [word for word in wanted if squeezed(word) not in text] == []


def test_claim_afterwards_with_what_was_spent():
    row = make_expense(make_user(), "spent", is_afterwards=True, spent=D("331"), number="HQ/EX/1")
    text = drawn(row)
    assert [word for word in ("事后补报", "331.00", "300.00", "交通") if word not in text] == []
