"""The client's year: drafted, authorised with the client's proof, given up (R33)."""

from datetime import UTC, date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from archives.models import Document
from budgets.models import AnnualBudget
from budgets.services import budget as service
from tests.archives.papers import make_document
from tests.budgets.make import YEAR, make_budget, make_budget_line
from tests.builders import (
    from_kept,
    make_brand,
    make_client,
    make_contact,
    make_user,
    when,
)
from tests.jobs.make import NOW, D

pytestmark = pytest.mark.django_db
WHY = "The client added a spring campaign"
TODAY = date(YEAR, NOW.month, NOW.day)


def make_kept():
    ae, am, ad = (make_user(role=role) for role in ("ae", "am", "ad"))
    customer = make_client("LM", team=[ae, am, ad])
    return {
        "ae": ae, "am": am, "ad": ad, "other": make_user(), "customer": customer,
        "person": make_contact(customer),
        "proof": make_document(customer, kind="signature_proof"),
        "draft": make_budget(customer, state="draft", production="1500000", media="6000000"),
    }  # fmt: skip


ae, am, other, customer, person, proof, draft = from_kept(
    "ae", "am", "other", "customer", "person", "proof", "draft"
)


@pytest.fixture
def authorise(draft, am, person, proof):
    """authorise(contact=…): the draft with what was said otherwise."""

    def authorise(budget=draft, **given):
        facts = {"contact": person, "authorised_on": TODAY, "proof": proof, "by": am, "at": NOW}
        return service.authorise_budget(budget=budget, **{**facts, **given})

    return authorise


def draft_of(customer, by, year=YEAR, reason="", at=NOW):
    return service.draft_budget(client=customer, year=year, reason=reason, by=by, at=at)


def refused(call, **given):
    with pytest.raises(Refused) as error:
        call(**given)
    return error.value.field


# --- drafted --------------------------------------------------------------------------------------


def test_first_version_in_the_clients_currency(ae):
    customer = make_client(team=[ae], currency="EUR")
    row = draft_of(customer, ae)
    assert (row.version, row.currency, row.state, row.total) == (1, "EUR", "draft", D("0"))
    assert AuditEntry.objects.get(verb="draft_budget").client_code == customer.code


def test_asked_twice_it_is_one_draft(ae, customer, draft):
    assert draft_of(customer, ae) == draft


def test_new_version_begins_with_the_lines_in_force(ae, customer, authorise):
    former = authorise()
    make_budget_line(former, "fee", D("12.00"), make_brand(customer))
    row = draft_of(customer, ae, reason=WHY)
    assert (row.version, row.total, row.reason) == (2, former.total, WHY)
    assert row.lines.count() == 3
    assert former.lines.count() == 3


def test_new_version_needs_a_reason(ae, customer, authorise):
    authorise()
    assert refused(draft_of, customer=customer, by=ae, reason="too short") == "reason"


@pytest.mark.parametrize("year", [YEAR - 2, YEAR + 3])
def test_year_far_away_is_refused(ae, customer, year):
    assert refused(draft_of, customer=customer, by=ae, year=year) == "year"


def test_years_go_by_the_clients_fiscal_year(ae):
    """From April: in March the year before is the current one, and the clock is the client's."""
    customer = make_client(team=[ae], fiscal_start_month=4)
    at = when("2027-03-31 23:59")
    assert service.years_open(customer, at) == [2025, 2026, 2027, 2028]
    assert service.years_open(customer, at + timedelta(minutes=1)) == [2026, 2027, 2028, 2029]


def test_closed_client_has_no_new_budget(ae):
    customer = make_client(team=[ae], status="closed")
    refused(draft_of, customer=customer, by=ae)


def test_stranger_may_not_draft(other, customer):
    with pytest.raises(PermissionDenied):
        draft_of(customer, other, YEAR + 1)


# --- authorised -----------------------------------------------------------------------------------


@pytest.mark.rule("R33")
def test_authorised_with_proof_and_paper(authorise, am, person, proof):
    row = authorise(po_number=" PO-7 ")
    assert (row.state, row.authorised_by, row.proof) == ("authorised", person, proof)
    assert (row.authorised_at, row.po_number) == (NOW, "PO-7")
    paper = row.document
    assert (paper.kind, paper.number) == ("budget_form", f"LM/BF/{YEAR}/001")
    assert paper.title_en == f"Budget form {YEAR}"


def test_team_is_told_once(authorise, kept):
    authorise()
    told = Notification.objects.filter(kind="budget_authorised")
    assert {row.recipient for row in told} == {kept.ae, kept.am, kept.ad}


@pytest.mark.rule("R33")
def test_former_version_gives_way_in_the_same_instant(authorise, ae, customer):
    former = authorise()
    later = NOW + timedelta(hours=1)
    row = authorise(draft_of(customer, ae, reason=WHY), at=later)
    former.refresh_from_db()
    assert (former.state, former.superseded_at, row.authorised_at) == ("superseded", later, later)
    assert (row.document.number, row.document.revision) == (former.document.number, 2)
    assert Document.objects.get(pk=former.document_id).state == "superseded"


def test_ae_does_not_authorise(authorise, ae):
    with pytest.raises(PermissionDenied):
        authorise(by=ae)


def test_am_of_another_client_does_not_authorise(authorise):
    stranger = make_user(role="am")
    make_client(team=[stranger])
    with pytest.raises(PermissionDenied):
        authorise(by=stranger)


@pytest.mark.parametrize("day", [1, 400])
def test_day_to_come_is_refused(authorise, day):
    assert refused(authorise, authorised_on=TODAY + timedelta(days=day)) == "authorised_on"


@pytest.mark.parametrize(("clock", "is_there"), [("15:59:59", False), ("16:00", True)])
def test_day_is_the_clients(authorise, clock, is_there):
    """At 16:00 UTC it is tomorrow in Shanghai."""
    tomorrow, at = TODAY + timedelta(days=1), when(f"{TODAY} {clock}", UTC)
    if not is_there:
        assert refused(authorise, authorised_on=tomorrow, at=at) == "authorised_on"
        return
    assert authorise(authorised_on=tomorrow, at=at).authorised_on == tomorrow


def test_contact_must_speak_for_the_client(authorise, customer):
    assert refused(authorise, contact=make_contact(make_client())) == "contact"
    assert refused(authorise, contact=make_contact(customer, is_active=False)) == "contact"


def test_proof_must_be_the_clients_and_in_force(authorise, customer):
    assert refused(authorise, proof=make_document(make_client())) == "proof"
    assert refused(authorise, proof=make_document(customer, state="superseded")) == "proof"


def test_empty_sheet_is_not_authorised(authorise, draft):
    draft.lines.all().delete()
    refused(authorise)


def test_refused_changes_nothing(authorise, draft):
    refused(authorise, authorised_on=TODAY + timedelta(days=1))
    draft.refresh_from_db()
    assert (draft.state, draft.authorised_by) == ("draft", None)


def test_authorised_once(authorise):
    row = authorise()
    refused(authorise, budget=row)


def test_stale_page_authorises_nothing(authorise):
    with pytest.raises(Stale):
        authorise(row_version=7)


# --- given up -------------------------------------------------------------------------------------


def test_draft_is_dropped_with_its_lines(draft, ae):
    service.discard_budget(budget=draft, by=ae, at=NOW)
    assert not AnnualBudget.objects.exists()
    assert AuditEntry.objects.get(verb="discard_budget").changes["total"] == "7500000.00"


def test_authorised_is_never_dropped(authorise, ae):
    row = authorise()
    refused(service.discard_budget, budget=row, by=ae, at=NOW)


def test_stranger_drops_nothing(draft, other):
    with pytest.raises(PermissionDenied):
        service.discard_budget(budget=draft, by=other, at=NOW)
