"""Duties at home with opportunities and expenses: whose they are, and that they go (R69, R86)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.awaiting import gather
from budgets.reports.business import SOURCES
from tests.archives.papers import make_document
from tests.budgets.business import make_expense, make_opportunity
from tests.builders import from_kept, make_client, make_stand_in, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R69")]
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)
ASKED = ("Decide", "Expense request: Taxi to the printer")


def make_kept():
    ae, am, ad, boss = (make_user(role=role) for role in ("ae", "am", "ad", "management"))
    client = make_client("LM", team=[ae, am, ad])
    make_document(client)
    return {"ae": ae, "am": am, "ad": ad, "boss": boss, "gad": client.group.head,
            "account": client, "finance": make_user(role="finance")}  # fmt: skip


ae, am, ad, account, finance = from_kept("ae", "am", "ad", "account", "finance")


def duties(user):
    return [(str(duty.group), duty.sentence) for duty in gather(user, NOW, SOURCES)]


@pytest.mark.rule("R86")
@pytest.mark.parametrize("has_client", [True, False])
@pytest.mark.parametrize(("level", "decider"), [(2, "am"), (3, "ad"), (4, "gad"), (5, "boss")])
def test_request_waits_for_whoever_decides_it(kept, level, decider, has_client):
    client = kept.account if has_client else None
    make_expense(kept.ae, "requested", client=client, level=level)
    for name in ("ae", "am", "ad", "gad", "boss", "finance"):
        assert duties(getattr(kept, name)) == ([ASKED] if name == decider else [])


def test_empty_post_is_skipped_upward(ad):
    author = make_user(role="ae")
    make_expense(author, "requested", client=make_client(team=[author, ad]))
    assert duties(ad) == [ASKED]


def test_author_is_not_asked_himself(am):
    make_expense(am, "requested", level=2)
    assert duties(am) == []


@pytest.mark.rule("R77")
def test_deputy_of_the_title_decides(ae, am, account):
    deputy, junior = make_user(role="am"), make_user(role="ae")
    for user in (deputy, junior):
        make_stand_in(am, user, TODAY, TODAY, client=account if user == junior else None)
    make_expense(ae, "requested", client=account)
    assert duties(deputy) == [ASKED]
    assert duties(junior) == []


def test_receipt_is_missed_from_the_day_after(ae):
    make_expense(ae, "approved", on=TODAY)
    assert duties(ae) == []
    make_expense(ae, "approved", on=TODAY - DAY)
    assert duties(ae) == [("Receipt", "Receipt missing: Taxi to the printer")]


def test_finance_books_what_is_spent(ae, finance):
    make_expense(ae, "spent", number="HQ/EX/2026/007")
    assert duties(finance) == [("Book", "HQ/EX/2026/007 to book: Taxi to the printer")]
    assert duties(ae) == []


@pytest.mark.rule("R90")
def test_next_step_is_the_owners_from_its_day(ae, am, account):
    row = make_opportunity(account, ae, next_step="Send the credentials", next_on=TODAY)
    assert duties(ae) == [("Next step", "Launch of the light line: Send the credentials")]
    assert duties(am) == []
    row.next_on = TODAY + DAY
    row.save()
    assert duties(ae) == []


def test_one_query_for_all(ae, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        gather(ae, NOW, SOURCES)
