"""Expense requests: who decides, over the budget, afterwards, refused, taken back (R86, 3.14)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from agency.common.models import AuditEntry, Notification
from budgets.models import ExpenseRequest
from budgets.services import expense as service
from budgets.services.expense_budget import set_expense_budget
from budgets.services.expense_who import deciders
from tests.archives.papers import make_document
from tests.budgets.business import TODAY, D, allow, make_expense, make_opportunity
from tests.builders import assign, from_kept, make_client, make_stand_in, make_user
from tests.jobs.drafts import fresh, refusal
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R86")]
WHY = "The printer waits for us"
DAY = timedelta(days=1)


def make_kept():
    ae, am, ad, boss = (make_user(role=role) for role in ("ae", "am", "ad", "management"))
    client = make_client("LM", team=[ae, am, ad])
    make_document(client)
    return {"ae": ae, "am": am, "ad": ad, "boss": boss, "account": client,
            "gad": client.group.head}  # fmt: skip


ae, am, ad, gad, boss, account = from_kept("ae", "am", "ad", "gad", "boss", "account")


def ask(author, budget="1000", at=NOW, **fields):
    """A request handed in; the month holds `budget` for transport."""
    if budget:
        allow(budget)
    values = {"kind": "transport", "on": TODAY, "amount": D("300"), "purpose": "Taxi"}
    row = service.create_expense(by=author, at=at, **{**values, **fields})
    if row.state == "draft":
        row = service.request_expense(expense=row, by=author, at=at)
    return row


def approve(row, by, **fields):
    return service.approve_expense(expense=row, by=by, at=NOW, **fields)


def who(row):
    return set(deciders(row, row.level, NOW))


@pytest.mark.parametrize(
    ("author", "level", "decider"),
    [("ae", 2, "am"), ("am", 3, "ad"), ("ad", 4, "gad"), ("gad", 5, "boss")],
)
@pytest.mark.parametrize("has_client", [True, False])
def test_next_rank_decides(kept, author, level, decider, has_client):
    row = ask(getattr(kept, author), client=kept.account if has_client else None)
    assert (row.state, row.level) == ("requested", level)
    assert who(row) == {getattr(kept, decider)}
    told = Notification.objects.filter(kind="expense").values_list("recipient", flat=True)
    assert list(told) == [getattr(kept, decider).pk]


@pytest.mark.parametrize(
    ("author", "decider"), [("ae", "ad"), ("am", "gad"), ("ad", "boss"), ("gad", "boss")]
)
def test_claim_afterwards_is_asked_at_once_and_goes_one_rank_higher(kept, author, decider):
    row = ask(getattr(kept, author), is_afterwards=True, on=TODAY - DAY)
    assert (row.state, row.is_afterwards) == ("requested", True)
    assert who(row) == {getattr(kept, decider)}


@pytest.mark.parametrize(("budget", "decider"), [("300", "am"), ("299.99", "ad"), (None, "ad")])
def test_a_cent_over_the_budget_is_the_next_ranks(kept, ae, budget, decider):
    assert who(ask(ae, budget)) == {getattr(kept, decider)}


def test_others_of_the_month_and_kind_count(ae, ad):
    make_expense(ae, "approved", amount=D("500"))
    make_expense(ae, "booked", spent=D("150"), amount=D("400"))
    make_expense(ae, "refused", amount=D("9000"))
    make_expense(ae, "approved", kind="office", amount=D("9000"))
    make_expense(ae, "approved", on=TODAY + timedelta(days=30), amount=D("9000"))
    assert ask(ae, "950").level == 2
    assert ask(ae, budget=None, amount=D("300.01")).level == 3


def test_approved_with_number_and_paper(ae, am, account):
    row = approve(ask(ae, client=account), am)
    assert (row.state, row.number, row.decided_by, row.decided_at) == (
        "approved", "LM/EX/2026/001", am, NOW,
    )  # fmt: skip
    paper = row.document
    assert (paper.number, paper.face, paper.client) == ("LM/EX/2026/001", "internal", account)
    assert Notification.objects.get(recipient=ae).label == f"Approved by {am}: Transport ¥300.00"


def test_house_number_without_a_client(ae, am):
    assert approve(ask(ae), am).number == "HQ/EX/2026/001"
    assert approve(ask(ae, budget=None), am).number == "HQ/EX/2026/002"


def test_over_the_budget_only_with_a_reason(ae, ad):
    row = ask(ae, "100")
    assert refusal(approve, row=row, by=ad).field == "reason"
    row = approve(row, ad, reason=WHY)
    assert (row.state, row.reason, row.decided_by) == ("approved", WHY, ad)


def test_who_would_decide_within_the_budget_hears_that_it_is_over(ae, am):
    row = ask(ae, "100")
    assert "over the month's budget" in str(refusal(approve, row=row, by=am, reason=WHY))
    assert fresh(row).state == "requested"
    row = service.refuse_expense(expense=row, reason=WHY, by=am, at=NOW)
    assert row.state == "refused"


def test_month_used_up_meanwhile_moves_the_request_up(ae, am, ad):
    first, second = ask(ae, "500"), ask(ae, budget=None)
    assert second.level == 2
    approve(first, am)
    assert fresh(second).level == 3
    assert Notification.objects.filter(recipient=ad, subject_id=second.pk).exists()
    assert "next rank" in str(refusal(approve, row=second, by=am))


def test_more_budget_brings_it_down_again(ae, am, ad):
    row = ask(ae, "100")
    set_expense_budget(year=2026, month=11, kind="transport", amount=D("300"), by=ad, at=NOW)
    assert who(fresh(row)) == {am}
    assert approve(row, am).state == "approved"


def test_author_never_decides(am, ad):
    row = ask(am)
    with pytest.raises(PermissionDenied):
        approve(row, am)
    make_stand_in(ad, am, TODAY, TODAY)
    with pytest.raises(PermissionDenied):
        approve(row, am)


@pytest.mark.parametrize("person", ["ae", "ad", "gad", "boss"])
def test_nobody_else_decides(kept, ae, person):
    row = ask(make_author(kept.account))
    with pytest.raises(PermissionDenied):
        approve(row, getattr(kept, person))
    with pytest.raises(PermissionDenied):
        service.refuse_expense(expense=row, reason=WHY, by=getattr(kept, person), at=NOW)


def make_author(account):
    author = make_user(role="ae")
    assign(account, author)
    return author


def test_manager_of_another_client_does_not_decide(ae):
    other = make_user(role="am")
    make_client(team=[other])
    with pytest.raises(PermissionDenied):
        approve(ask(ae), other)


@pytest.mark.rule("R77")
def test_deputy_of_his_title_decides_for_the_absent(ae, am, account):
    deputy = make_user(role="am")
    make_stand_in(am, deputy, TODAY, TODAY)
    row = approve(ask(ae, client=account), deputy)
    entry = AuditEntry.objects.get(verb="approve_expense")
    assert (row.decided_by, entry.behalf_of) == (deputy, am)


def test_deputy_below_the_title_does_not(ae, am):
    deputy = make_user(role="ae")
    make_stand_in(am, deputy, TODAY, TODAY)
    with pytest.raises(PermissionDenied):
        approve(ask(ae), deputy)


def test_empty_post_is_skipped_upward(ad):
    author = make_user(role="ae")
    client = make_client(team=[author, ad])
    assert who(ask(author, client=client)) == {ad}


def test_who_serves_nobody_asks_the_management(boss):
    assert who(ask(make_user(role="ae"))) == {boss}


def test_rank_on_the_client_counts_not_the_title(am, ad, account):
    """An AM who helps as AE asks the AM there (4.1)."""
    helper = make_user(role="am")
    assign(account, helper, role="ae")
    assert who(ask(helper, client=account)) == {am}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount": D("0")}, "amount"),
        ({"amount": D("1000000000000")}, "amount"),
        ({"purpose": "  "}, "purpose"),
        ({"kind": "entertainment"}, "people"),
        ({"on": TODAY - DAY}, "on"),
        ({"on": TODAY + DAY, "is_afterwards": True}, "on"),
    ],
)
def test_refused_at_the_field(ae, fields, field):
    assert refusal(ask, author=ae, **fields).field == field
    assert not Notification.objects.exists()


def test_opportunity_brings_its_client(ae, account):
    row = ask(ae, opportunity=make_opportunity(account, ae))
    assert row.client == account
    other = make_client(team=[ae])
    wrong = refusal(ask, author=ae, budget=None, client=other, opportunity=row.opportunity)
    assert wrong.field == "opportunity"


def test_client_out_of_scope(ae):
    with pytest.raises(PermissionDenied):
        ask(ae, client=make_client())


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_only_the_account_service_asks(role):
    with pytest.raises(PermissionDenied):
        ask(make_user(role=role))


def test_refused_with_a_reason(ae, am):
    row = ask(ae)
    assert refusal(service.refuse_expense, expense=row, reason="no", by=am, at=NOW).field
    row = service.refuse_expense(expense=row, reason=WHY, by=am, at=NOW)
    assert (row.state, row.reason, row.decided_by, row.number) == ("refused", WHY, am, "")
    assert "already" in str(refusal(approve, row=row, by=am))


@pytest.mark.parametrize("state", ["draft", "requested", "approved"])
def test_author_takes_it_back(ae, state):
    row = service.cancel_expense(expense=make_expense(ae, state), by=ae, at=NOW)
    assert row.state == "cancelled"


@pytest.mark.parametrize("state", ["refused", "spent", "booked", "cancelled"])
def test_not_taken_back_any_more(ae, state):
    row = make_expense(ae, state)
    assert "already" in str(refusal(service.cancel_expense, expense=row, by=ae, at=NOW))


def test_only_the_author_takes_it_back(ae, am):
    with pytest.raises(PermissionDenied):
        service.cancel_expense(expense=make_expense(ae, "requested"), by=am, at=NOW)


def test_draft_changed_by_its_author(ae, am):
    row = make_expense(ae)
    row = service.update_expense(expense=row, amount=D("12.345"), by=ae, at=NOW, row_version=0)
    assert (row.amount, row.row_version, row.state) == (D("12.35"), 1, "draft")
    with pytest.raises(Stale):
        service.update_expense(expense=row, amount=D("1"), by=ae, at=NOW, row_version=0)
    with pytest.raises(PermissionDenied):
        service.update_expense(expense=row, amount=D("1"), by=am, at=NOW)


def test_draft_whose_day_has_gone_is_claimed_afterwards(ae):
    row = make_expense(ae, on=TODAY - DAY)
    assert refusal(service.request_expense, expense=row, by=ae, at=NOW).field == "on"
    row = service.update_expense(expense=row, is_afterwards=True, by=ae, at=NOW)
    assert (row.state, row.level) == ("requested", 4)  # afterwards, and no budget is set


def test_form_sent_twice_makes_one_request(ae):
    key = "6f1f0d6c-5c0e-4c57-9a52-8f2f5a5f0001"
    fields = {"kind": "office", "on": TODAY, "amount": D("5"), "purpose": "Pens", "form_key": key}
    first, second = (service.create_expense(by=ae, at=NOW, **fields) for _time in range(2))
    assert first.pk == second.pk


# --- the month's budget ------------------------------------------------------------------------


def test_budget_set_by_the_director_and_changed(ad):
    values = {"year": 2026, "month": 11, "kind": "office", "by": ad, "at": NOW}
    row = set_expense_budget(amount=D("500"), **values)
    row = set_expense_budget(amount=D("400.005"), row_version=row.row_version, **values)
    assert (row.amount, row.set_by) == (D("400.01"), ad)
    with pytest.raises(Stale):
        set_expense_budget(amount=D("1"), row_version=0, **values)


@pytest.mark.parametrize("role", ["ae", "am", "finance", "management"])
def test_budget_is_not_set_by_others(role):
    with pytest.raises(PermissionDenied):
        set_expense_budget(
            year=2026, month=11, kind="office", amount=D("5"), by=make_user(role=role), at=NOW
        )


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"amount": D("-0.01")}, "amount"), ({"kind": "wine"}, "kind"), ({"month": 13}, "kind")],
)
def test_budget_that_cannot_be(ad, fields, field):
    values = {"year": 2026, "month": 11, "kind": "office", "amount": D("5"), **fields}
    assert refusal(set_expense_budget, by=ad, at=NOW, **values).field == field


# --- who sees it -------------------------------------------------------------------------------


@pytest.mark.parametrize("has_client", [True, False])
def test_seen_by_the_author_and_those_above(kept, ae, account, has_client):
    row = make_expense(ae, "requested", client=account if has_client else None)
    peer, other = make_author(account), make_user(role="am")
    make_client(team=[other])
    finance, artist = make_user(role="finance"), make_user(role="department")
    people = [ae, kept.am, kept.ad, kept.gad, kept.boss, finance, peer, other, artist]
    seen = [ExpenseRequest.objects.visible_to(user, NOW).filter(pk=row.pk).exists()
            for user in people]  # fmt: skip
    assert seen == [True] * 6 + [False] * 3


def test_what_the_superior_asks_for_is_not_seen_below(ae, am, ad, account):
    rows = [make_expense(ad, "requested", client=client) for client in (account, None)]
    for user in (ae, am):
        assert not ExpenseRequest.objects.visible_to(user, NOW).exists()
    assert ExpenseRequest.objects.visible_to(ad, NOW).count() == len(rows)


def test_draft_is_its_authors_alone(ae, am):
    make_expense(ae)
    assert ExpenseRequest.objects.visible_to(ae, NOW).count() == 1
    assert not ExpenseRequest.objects.visible_to(am, NOW).exists()


def test_month_ends_at_midnight(ae):
    allow("300", day=date(2026, 12, 1))
    row = ask(ae, budget=None, on=date(2026, 12, 1))
    assert row.level == 2
    assert ask(ae, budget=None, on=date(2026, 11, 30)).level == 3
