"""The budget form: category × months in the client's language, to be signed or with the yes."""

import pytest

from agency.common.pdf import text_of
from budgets.services import budget as service
from tests.budgets.make import YEAR, make_budget, make_budget_line
from tests.builders import make_brand, make_client, make_user
from tests.jobs.make import NOW, D
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
NUMBER = f"LM/BF/{YEAR}/001"


def make_paper(ae, am, language="zh", state="authorised", **fields):
    client = make_client("LM", team=[ae, am], name="绿麦食品", paper_language=language, **fields)
    budget = make_budget(client, state=state, production="1500000", media="100.00")
    make_budget_line(budget, "media", D("6.00"), make_brand(client, name="每日坚果"))
    budget.po_number, budget.reason = "PO-2026-17", "PLANTED-REASON of the change"
    return budget


def drawn(budget, number=NUMBER):
    """The words of the paper without white space, which lines and columns shift about."""
    return squeezed(text_of(service.print_budget(budget, number, NOW)))


@pytest.mark.rule("R33")
@pytest.mark.parametrize(
    ("language", "shown", "hidden"),
    [
        ("zh", ["预算执行表", "月份", "制作", "客户授权"], ["Production", "Author"]),
        (
            "en",
            ["Budget Form", "Month", "Production", "Authorised by the client"],
            ["月份", "制作"],
        ),
        ("both", ["预算执行表", "Budget Form", "制作", "Production", "客户授权"], []),
    ],
)
def test_form_speaks_the_clients_language(ae, am, language, shown, hidden):
    text = drawn(make_paper(ae, am, language))
    assert [word for word in shown if squeezed(word) not in text] == []
    assert [word for word in hidden if squeezed(word) in text] == []


@pytest.mark.rule("R33")
def test_form_adds_up_by_month_category_and_brand(ae, am):
    """100.00 of media is 8.33 a month and 8.37 in the last; the brand has 0.50 more each."""
    text = drawn(make_paper(ae, am))
    for words in (f"{YEAR}-018.83125,000.00125,008.83", f"{YEAR}-128.87125,000.00125,008.87",
                  "合计106.001,500,000.001,500,106.00", "每日坚果6.00"):  # fmt: skip
        assert squeezed(words) in text


def test_form_names_year_order_and_signatories(ae, am):
    budget = make_paper(ae, am, fiscal_start_month=4)
    text = drawn(budget)
    period = f"{YEAR}-04-01–{YEAR + 1}-03-31"
    people = (ae.name, am.name, budget.authorised_by.name)
    for words in (NUMBER, "PO-2026-17", f"{YEAR}/{YEAR + 1 - 2000}", period, *people):
        assert squeezed(words) in text


def test_preview_of_a_draft_is_for_the_client_to_sign(ae, am):
    text = drawn(make_paper(ae, am, state="draft"), number="")
    assert "同意按本表执行年度预算" in text
    assert "草稿" in text


def test_reason_and_people_above_stay_inside(ae, am):
    budget = make_paper(ae, am)
    director = make_user(role="ad", name="PLANTED-DIRECTOR")
    budget.client.assignments.create(user=director, role="ad", is_lead=True, starts_on=NOW.date())
    text = drawn(budget)
    assert "PLANTED" not in text
