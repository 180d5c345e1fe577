"""At the edges of a client's year: other people, other clients' things, rows too many."""

import pytest
from django.urls import reverse

from agency.home import duties_of
from budgets.models import AnnualBudget
from tests.budgets.make import YEAR, make_budget, make_budget_line
from tests.builders import from_kept, make_brand, make_client, make_contact, make_user
from tests.jobs.make import NOW, D, make_job
from tests.meetings.pages import fields_of, send, text_of

pytestmark = pytest.mark.django_db
TYPED = ("budget_sheet", "budget_import", "budget_authorise", "budget_discard")
READ = ("budget_detail", "budget_compare", "budget_xlsx", "budget_pdf")


def make_kept():
    ae, am, other = make_user(), make_user(role="am"), make_user()
    customer = make_client("LM", team=[ae, am])
    make_client(team=[other])
    draft = make_budget(customer, state="draft", media="1200.00")
    return {"ae": ae, "am": am, "other": other, "customer": customer, "draft": draft}


ae, am, other, customer, draft = from_kept("ae", "am", "other", "customer", "draft")


def address(name, row):
    return reverse(f"budgets:{name}", args=[row.pk])


@pytest.mark.parametrize("name", [*TYPED, *READ])
def test_budget_of_another_client_is_not_there(sign_in, other, draft, name):
    assert sign_in(other).get(address(name, draft)).status_code == 404


@pytest.mark.parametrize("role", ["finance", "management"])
def test_who_reads_all_money_writes_none(sign_in, draft, role):
    page = sign_in(make_user(role=role))
    assert {page.get(address(name, draft)).status_code for name in READ} == {200}
    assert {page.get(address(name, draft)).status_code for name in TYPED} == {403}


def test_ae_drafts_and_does_not_authorise(sign_in, ae, draft):
    page = sign_in(ae)
    assert page.get(address("budget_authorise", draft)).status_code == 403
    words = text_of(page.get(address("budget_detail", draft)))
    assert "Edit the sheet" in words
    assert "New version" not in words


def test_brand_of_another_client_is_no_choice(sign_in, ae, draft):
    foreign = make_brand(make_client())
    answer = send(sign_in(ae), address("budget_sheet", draft), **{"rows-0-brand": foreign.pk})
    assert "The client has no such brand." in text_of(answer)
    assert draft.lines.get().brand is None


def test_brand_that_rests_stays_where_it_is_and_is_offered_nowhere_else(sign_in, ae, draft):
    resting = make_brand(draft.client, is_active=False)
    page = sign_in(ae)
    form = page.get(address("budget_sheet", draft)).context["form"]
    assert resting not in form.rows[0].fields["brand"].people.values()
    make_budget_line(draft, "media", D("12.00"), resting)
    assert send(page, address("budget_sheet", draft)).status_code == 302
    assert draft.lines.get(brand=resting).amount == D("12.00")


@pytest.mark.parametrize(("rows", "status"), [(100, 302), (101, 422)])
def test_a_hundred_rows_can_be_taken(sign_in, ae, draft, rows, status):
    brands = [make_brand(draft.client) for _row in range(rows)]
    text = "\n".join(f"Media\t{brand.name}\t12" for brand in brands)
    answer = send(sign_in(ae), address("budget_import", draft), text=text, do="take")
    assert answer.status_code == status
    assert draft.lines.count() == (rows if status == 302 else 1)


@pytest.mark.parametrize("text", ["", "  \n\t", "Total\t\t12"])
def test_nothing_to_read_is_said(sign_in, ae, draft, text):
    answer = send(sign_in(ae), address("budget_import", draft), text=text, do="take")
    assert answer.status_code == 422
    assert draft.total == D("1200.00")


def test_two_proofs_are_one_too_many(sign_in, am, draft):
    form = sign_in(am).get(address("budget_authorise", draft))
    typed = {**fields_of(form), "contact": make_contact(draft.client).pk, "proof": "0"}
    answer = sign_in(am).post(address("budget_authorise", draft), typed)
    assert answer.status_code == 422
    assert AnnualBudget.objects.get().is_draft


def test_new_version_offers_the_year_it_was_asked_for(sign_in, ae, customer):
    page = sign_in(ae)
    answer = page.get(address("budget_create", customer), {"year": YEAR + 1})
    assert fields_of(answer)["year"] == str(YEAR + 1)
    make_budget(customer, version=2, media="12.00")
    assert fields_of(page.get(address("budget_create", customer)))["year"] == str(YEAR + 1)


def test_home_holds_duties_of_jobs_and_budgets(ae, customer):
    make_job(customer, ae, state="requested")
    groups = [str(duty.group) for duty in duties_of(ae, NOW)]
    assert sorted(groups) == ["Brief", "Budget"]
