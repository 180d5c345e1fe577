"""Pages of expense requests: list, form, the page with its verbs, the month's budget (R86)."""

import pytest
from django.urls import reverse

from agency.common.money import NOTHING
from budgets.models import ExpenseBudget, ExpenseRequest
from budgets.reports.expense import month_of, together
from tests.archives.papers import make_document, upload
from tests.budgets.business import TODAY, D, allow, make_expense, make_opportunity
from tests.builders import from_kept, make_client, make_user
from tests.jobs.drafts import fresh
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R86")]
WHY = "The printer waits for us"
MONTH = f"{TODAY:%Y-%m}"
TYPED = {"kind": "transport", "amount": "300", "purpose": "Taxi to the printer"}
KEY = "6f1f0d6c-5c0e-4c57-9a52-8f2f5a5f0002"


def make_kept():
    ae, am, ad = (make_user(role=role) for role in ("ae", "am", "ad"))
    client = make_client("LM", team=[ae, am, ad])
    make_document(client)
    return {"ae": ae, "am": am, "ad": ad, "account": client, "finance": make_user(role="finance")}


ae, am, ad, account, finance = from_kept("ae", "am", "ad", "account", "finance")


def address(name, row=None, query=""):
    return reverse(f"budgets:expense_{name}", args=[row.pk] if row else []) + query


def read(browser, name, row=None, query=""):
    return text_of(browser.get(address(name, row, query)))


def send(browser, name, row, **typed):
    typed = {"row_version": row.row_version, **typed}
    return browser.post(address(name, row), typed, follow=True)


# --- the list ----------------------------------------------------------------------------------


def test_list_shows_whose_it_is_and_its_state(sign_in, ae, am):
    make_expense(ae, "requested")
    page = read(sign_in(am), "list")
    assert "Taxi to the printer" in page
    assert "Requested" in page
    assert ae.name in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?which=mine", {"mine"}),
        ("?which=decide", {"asked"}),
        ("?kind=office", {"office"}),
        ("?state=refused", {"refused"}),
        (f"?month={MONTH}", {"mine", "asked", "office", "refused"}),
        ("?month=2026-10", set()),
        ("?month=nonsense", {"mine", "asked", "office", "refused"}),
    ],
)
def test_filters(sign_in, ae, am, query, found):
    make_expense(am, purpose="mine")
    make_expense(ae, "requested", purpose="asked")
    make_expense(ae, "approved", purpose="office", kind="office")
    make_expense(ae, "refused", purpose="refused")
    rows = sign_in(am).get(address("list", query=query)).context["rows"]
    assert {row.purpose for row in rows} == found


def test_list_of_nobody_says_what_it_is_for(sign_in, ae):
    assert "asks here first" in read(sign_in(ae), "list")


def test_list_takes_the_same_queries_for_many(sign_in, ae, account, django_assert_max_num_queries):
    for _number in range(6):
        make_expense(ae, "approved", client=account)
    browser = sign_in(ae)
    with django_assert_max_num_queries(15):
        browser.get(address("list"))


# --- asking ------------------------------------------------------------------------------------


def test_draft_then_handed_in(sign_in, ae):
    browser = sign_in(ae)
    typed = {**TYPED, "on": "2099-01-05", "form_key": KEY}
    page = text_of(browser.post(address("create"), typed, follow=True))
    row = ExpenseRequest.objects.get()
    assert (row.state, row.amount, row.author) == ("draft", D("300.00"), ae)
    assert "please hand it in" in page
    assert "Hand it in" in page
    assert "next rank decides" in read(browser, "request", row)
    send(browser, "request", row)
    assert fresh(row).state == "requested"


def test_refusal_stands_at_its_field_and_nothing_typed_is_lost(sign_in, ae):
    typed = {**TYPED, "kind": "entertainment", "on": "2099-01-05", "form_key": KEY}
    answer = sign_in(ae).post(address("create"), typed)
    assert answer.status_code == 422
    assert "name who is entertained" in answer.context["form"].errors["people"][0]
    assert "Taxi to the printer" in text_of(answer)


def test_form_begun_from_an_opportunity(sign_in, ae, account):
    row = make_opportunity(account, ae)
    form = sign_in(ae).get(address("create", query=f"?opportunity={row.pk}")).context["form"]
    assert (form.initial["opportunity"], form.initial["kind"]) == (row, "new_business")


@pytest.mark.parametrize("asked", ["x", "0", "9" * 30])
def test_opportunity_that_is_none(sign_in, ae, asked):
    form = sign_in(ae).get(address("create", query=f"?opportunity={asked}")).context["form"]
    assert "opportunity" not in form.initial


def test_draft_is_changed(sign_in, ae):
    row = make_expense(ae, on=TODAY)
    send(sign_in(ae), "update", row, **{**TYPED, "amount": "12.50", "on": "2026-11-19"})
    assert fresh(row).amount == D("12.50")


def test_stale_form_changes_nothing(sign_in, ae):
    row = make_expense(ae)
    typed = {**TYPED, "amount": "1", "on": "2026-11-19", "row_version": 7}
    assert sign_in(ae).post(address("update", row), typed).status_code == 409
    assert fresh(row).amount == D("300.00")


# --- deciding ----------------------------------------------------------------------------------


def test_page_names_the_acts_of_each(sign_in, ae, am, finance):
    allow("1000")
    row = make_expense(ae, "requested")
    assert "Take it back" in read(sign_in(ae), "detail", row)
    assert "Decide" in read(sign_in(am), "detail", row)
    page = read(sign_in(finance), "detail", row)
    assert "To be decided by" in page
    assert "Take it back" not in page


def test_approved_and_refused_by_their_buttons(sign_in, ae, am):
    allow("1000")
    yes, no = make_expense(ae, "requested"), make_expense(ae, "requested")
    browser = sign_in(am)
    send(browser, "decide", yes)
    answer = browser.post(address("decide", no), {"row_version": 0, "refused": "1"})
    assert answer.status_code == 422
    send(browser, "decide", no, refused="1", reason=WHY)
    assert (fresh(yes).state, fresh(no).state) == ("approved", "refused")
    assert WHY in read(browser, "detail", no)


def test_over_the_budget_is_said_where_it_is_decided(sign_in, ae, ad):
    allow("100")
    row = make_expense(ae, "requested", level=3)
    assert "¥200.00 over the month's budget" in read(sign_in(ad), "decide", row)
    assert "¥200.00 over the month's budget" in read(sign_in(ae), "detail", row)
    send(sign_in(ad), "decide", row, reason=WHY)
    assert fresh(row).state == "approved"


def test_who_does_not_decide_is_turned_away(sign_in, ae, ad):
    allow("1000")
    row = make_expense(ae, "requested")
    for answer in (sign_in(ad).get(address("decide", row)), send(sign_in(ad), "decide", row)):
        assert answer.status_code == 403


def test_month_without_a_budget_says_so(sign_in, ae):
    assert "No budget is set" in read(sign_in(ae), "detail", make_expense(ae))


# --- spending ----------------------------------------------------------------------------------


def test_receipt_uploaded_then_booked(sign_in, ae, finance):
    row = make_expense(ae, "approved")
    file = {"file": upload(), "spent": "299.90", "on": "2026-11-19", "form_key": KEY}
    page = text_of(send(sign_in(ae), "spend", row, **file))
    assert "finance books it" in page
    row = fresh(row)
    assert (row.state, row.spent) == ("spent", D("299.90"))
    assert sign_in(ae).get(address("receipt", row)).status_code == 200
    send(sign_in(finance), "book", row)
    assert fresh(row).state == "booked"


def test_too_much_is_said_at_once(sign_in, ae):
    row = make_expense(ae, "approved")
    file = {"file": upload(), "spent": "330.01", "on": "2026-11-19", "form_key": KEY}
    assert "decided again" in text_of(send(sign_in(ae), "spend", row, **file))
    assert "decided once more" in read(sign_in(ae), "detail", fresh(row))


def test_no_receipt_no_page(sign_in, ae):
    row = make_expense(ae, "approved")
    assert sign_in(ae).get(address("receipt", row)).status_code == 404
    assert sign_in(ae).get(address("pdf", row)).status_code == 404


def test_taken_back(sign_in, ae):
    row = make_expense(ae, "approved")
    send(sign_in(ae), "cancel", row)
    assert fresh(row).state == "cancelled"


@pytest.mark.parametrize("name", ["update", "request", "spend", "book", "decide"])
def test_page_of_another_state_is_not_there(sign_in, ae, finance, am, name):
    row = make_expense(ae, "booked")
    user = {"book": finance, "decide": am}.get(name, ae)
    assert sign_in(user).get(address(name, row)).status_code == 404


# --- the month's budget ------------------------------------------------------------------------


def test_month_by_kind(ae):
    allow("1000")
    make_expense(ae, "approved", amount=D("700"))
    make_expense(ae, "spent", spent=D("400"))
    make_expense(ae, "requested", amount=D("50"))
    make_expense(ae, "approved", kind="office", amount=D("20"))
    office, transport = month_of(TODAY)[:2]
    assert (transport.amount, transport.used, transport.asked) == (D("1000"), D("1100"), D("50"))
    assert (transport.left, transport.is_over) == (D("-100"), True)
    assert (office.amount, office.left, office.is_over) == (None, D("-20"), True)
    assert together(month_of(TODAY)) == (D("1000"), D("1120"), D("50"), D("-120"))


def test_empty_month():
    assert together(month_of(TODAY)) == (NOTHING,) * 4
    assert not any(row.is_over for row in month_of(TODAY))


def test_page_of_the_month(sign_in, ae):
    allow("1000")
    make_expense(ae, "approved", amount=D("1700"))
    page = read(sign_in(ae), "budget", query=f"?month={MONTH}")
    assert "November 2026" in page
    assert "−700.00" in page
    assert "Set the amounts" not in page


def test_amounts_set_by_the_director(sign_in, ad):
    allow("1000")
    typed = {"transport": "1200", "transport_version": 0, "office": "80", "new_business": ""}
    browser = sign_in(ad)
    answer = browser.post(address("budget_update", query=f"?month={MONTH}"), typed, follow=True)
    assert "The budget of the month is set." in text_of(answer)
    rows = dict(ExpenseBudget.objects.values_list("kind", "amount"))
    assert rows == {"transport": D("1200.00"), "office": D("80.00")}


def test_amounts_changed_meanwhile_are_all_left_alone(sign_in, ad):
    allow("1000")
    typed = {"office": "80", "transport": "1200", "transport_version": 7}
    answer = sign_in(ad).post(address("budget_update", query=f"?month={MONTH}"), typed)
    assert answer.status_code == 409
    assert list(ExpenseBudget.objects.values_list("amount", flat=True)) == [D("1000.00")]
