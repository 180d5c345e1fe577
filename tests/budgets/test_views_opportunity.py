"""Pages of opportunities: list, board, page, form, the block on the client's page (R89, R90)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Client
from budgets.models import Opportunity
from tests.budgets.business import D, make_expense, make_opportunity
from tests.builders import from_kept, make_client, make_user
from tests.jobs.drafts import fresh
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R90")]
KEY = "6f1f0d6c-5c0e-4c57-9a52-8f2f5a5f0003"
YESTERDAY = timezone.localdate() - timedelta(days=1)
LATE = {"next_step": "Send the credentials", "next_on": YESTERDAY}


def make_kept():
    ae = make_user(role="ae")
    return {"ae": ae, "account": make_client("LM", team=[ae]), "boss": make_user(role="management")}


ae, account, boss = from_kept("ae", "account", "boss")


def address(name, row=None, query=""):
    return reverse(f"budgets:opportunity_{name}", args=[row.pk] if row else []) + query


def typed(owner, **fields):
    return {
        "title": "Light line", "income": "80000", "month": "2026-11", "probability": "30",
        "stage": "pitch", "owner": owner.pk, **fields,
    }  # fmt: skip


def titles(browser, query=""):
    return [row.title for row in browser.get(address("list", query=query)).context["rows"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["lead", "offer"]),
        ("?stage=offer", ["offer"]),
        ("?stage=lost", ["lost"]),
        ("?kind=new", []),
        ("?kind=organic", ["lead", "offer"]),
    ],
)
def test_list_and_its_filters(sign_in, ae, account, query, found):
    for stage in ("lead", "offer", "lost"):
        reason = "They stay where they are" if stage == "lost" else ""
        make_opportunity(account, ae, title=stage, stage=stage, closed_reason=reason)
    assert titles(sign_in(ae), query) == found


def test_list_says_what_is_late(sign_in, ae, account, boss):
    make_opportunity(account, ae, **LATE)
    for user in (ae, boss):
        assert "Overdue" in text_of(sign_in(user).get(address("list")))


def test_another_clients_is_not_listed(sign_in, ae):
    other = make_user()
    make_opportunity(make_client(team=[other]), other)
    assert titles(sign_in(ae)) == []


def test_board_by_stage_with_weighted_income_by_currency(sign_in, ae, account):
    abroad = make_client(team=[ae], currency="EUR")
    make_opportunity(account, ae, stage="pitch", **LATE)
    make_opportunity(abroad, ae, stage="pitch", income=D("1000"), probability=D("0.5"))
    columns = sign_in(ae).get(address("board")).context["columns"]
    counts = [len(cards) for _label, cards, _sums in columns]
    assert counts == [0, 0, 2, 0]
    _label, cards, sums = columns[2]
    assert sums == ["¥24,000.00", "€500.00"]
    assert [is_late for _row, is_late in cards] == [True, False]


def test_entered_for_a_prospect(sign_in, ae):
    prospect = make_client(team=[ae], status=Client.Status.PROSPECT)
    page = f"?client={prospect.pk}"
    answer = sign_in(ae).post(address("create", query=page), typed(ae, form_key=KEY), follow=True)
    row = Opportunity.objects.get()
    assert (row.kind, row.probability, row.income) == ("new", D("0.3"), D("80000.00"))
    assert "The opportunity is entered." in text_of(answer)


def test_first_the_client_then_the_facts(sign_in, ae, account):
    make_client(team=[ae])
    assert "First the client or prospect" in text_of(sign_in(ae).get(address("create")))
    page = text_of(sign_in(ae).get(address("create", query=f"?client={account.pk}")))
    assert "Expected income" in page


def test_form_refuses_at_the_field(sign_in, ae, account):
    row = make_opportunity(account, ae)
    sent = typed(ae, next_step="Call", row_version=0)
    answer = sign_in(ae).post(address("update", row), sent)
    assert answer.status_code == 422
    assert "its words and its day" in answer.context["form"].errors["next_on"][0]


def test_moved_on_and_lost(sign_in, ae, account):
    row, browser = make_opportunity(account, ae), sign_in(ae)
    browser.post(address("update", row), typed(ae, row_version=0, stage="offer"))
    row = fresh(row)
    assert (row.stage, row.title) == ("offer", "Light line")
    sent = {"outcome": "lost", "reason": "The price was too high", "row_version": 1}
    page = text_of(browser.post(address("close", row), sent, follow=True))
    assert "Lost" in page
    assert "The price was too high" in page
    assert browser.get(address("update", row)).status_code == 404


def test_page_with_its_costs(sign_in, ae, account):
    row = make_opportunity(account, ae, **LATE)
    make_expense(ae, "approved", client=account, opportunity=row, purpose="Dinner for the pitch")
    page = text_of(sign_in(ae).get(address("detail", row)))
    assert "The next step was due" in page
    assert "¥24,000.00" in page
    assert "Dinner for the pitch" in page


def test_management_reads_and_does_not_write(sign_in, boss, ae, account):
    row = make_opportunity(account, ae)
    page = text_of(sign_in(boss).get(address("detail", row)))
    assert row.title in page
    assert "Won or lost" not in page
    assert sign_in(boss).get(address("update", row)).status_code == 403


def test_finance_reads_none(sign_in, ae, account):
    browser = sign_in(make_user(role="finance"))
    make_opportunity(account, ae)
    assert browser.get(address("list")).status_code == 403
    assert "Launch of the light line" not in text_of(browser.get(account.get_absolute_url()))


def test_block_on_the_clients_page(sign_in, ae, account):
    make_opportunity(account, ae)
    page = text_of(sign_in(ae).get(account.get_absolute_url()))
    assert "Launch of the light line" in page
    assert "New opportunity" in page
