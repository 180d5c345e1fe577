from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts import services
from accounts.models import AgencySettings, Contract, FormerTerms
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from tests.builders import make_client, make_user, when

pytestmark = pytest.mark.django_db
NOW, LATER = when("2026-11-19 14:00"), when("2026-11-19 15:00")


def make_contract(client, number="C-1", by=None, **fields):
    defaults = {"title": "Year", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    values = {**defaults, **fields}
    return services.create_contract(client=client, by=by, at=NOW, number=number, **values)


@pytest.mark.rule("R41")
def test_terms_come_from_the_contract_that_began_last():
    client = make_client()
    make_contract(client, "old", vat_rate=Decimal("0.13"))
    new = make_contract(client, "new", starts_on=date(2026, 6, 1))
    assert services.terms(client=client, on=date(2026, 5, 31)).number == "old"
    assert services.terms(client=client, on=date(2026, 6, 1)) == new


@pytest.mark.rule("R41")
@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_terms_are_the_houses_outside_every_contract(day):
    client = make_client()
    make_contract(client)
    assert services.terms(client=client, on=day) == AgencySettings.load()


def test_archived_contract_gives_no_terms():
    client = make_client()
    contract = make_contract(client)
    services.archive_contract(contract=contract, reason="Replaced by a new one.", by=None, at=NOW)
    assert services.terms(client=client, on=NOW.date()) == AgencySettings.load()


@pytest.mark.parametrize("reason", ["", "too short", "          ", "aaaaaaaaaaaa"])
def test_contract_is_archived_with_a_reason_only(reason):
    contract = make_contract(make_client())
    with pytest.raises(Refused):
        services.archive_contract(contract=contract, reason=reason, by=None, at=NOW)
    assert not Contract.objects.get().is_archived


def test_archived_contract_does_not_change():
    contract = make_contract(make_client())
    services.archive_contract(contract=contract, reason="Replaced by a new one.", by=None, at=NOW)
    with pytest.raises(Refused):
        services.update_contract(contract=contract, by=None, at=NOW, title="Other")


def test_ae_makes_no_contract(ae):
    with pytest.raises(PermissionDenied):
        make_contract(make_client(team=[ae]), by=ae)


def test_manager_of_another_client_makes_no_contract(am):
    with pytest.raises(PermissionDenied):
        make_contract(make_client(), by=am)


def test_change_from_a_page_of_before_is_stale(am):
    contract = make_contract(make_client(team=[am]), by=am)
    services.update_contract(contract=contract, by=am, at=NOW, row_version=0, title="One")
    with pytest.raises(Stale):
        services.update_contract(contract=contract, by=am, at=NOW, row_version=0, title="Two")
    assert Contract.objects.get().title == "One"


def test_change_is_audited_with_old_and_new(am):
    contract = make_contract(make_client(team=[am]), by=am)
    services.update_contract(contract=contract, by=am, at=NOW, title="Two years")
    entry = AuditEntry.objects.filter(verb="update_contract").get()
    assert entry.changes["title"] == ["Year", "Two years"]
    assert entry.actor == am


def test_former_terms_are_kept_when_the_fee_or_the_days_change(am):
    contract = make_contract(make_client(team=[am]), by=am, monthly_fee=Decimal("20.00"))
    services.update_contract(contract=contract, by=am, at=NOW, monthly_fee=Decimal("30.00"))
    services.update_contract(contract=contract, by=am, at=LATER, ends_on=None)
    found = FormerTerms.objects.values_list("ended_at", "monthly_fee", "ends_on", "created_by")
    last = date(2026, 12, 31)
    assert list(found) == [(NOW, Decimal("20"), last, am.pk), (LATER, Decimal("30"), last, am.pk)]


def test_former_terms_are_kept_when_it_is_archived_and_by_no_other_change():
    contract = make_contract(make_client())
    services.update_contract(contract=contract, by=None, at=NOW, title="Other", credit_days=60)
    assert not contract.former.exists()
    services.archive_contract(contract=contract, reason="Replaced by a new one.", by=None, at=NOW)
    assert contract.former.get().starts_on == date(2026, 1, 1)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_former_terms_are_insert_only(verb):
    contract = make_contract(make_client())
    services.update_contract(contract=contract, by=None, at=NOW, ends_on=None)
    fields = {"monthly_fee": 1} if verb == "update" else {}
    with pytest.raises(IntegrityError):
        getattr(contract.former.all(), verb)(**fields)


def test_end_before_the_start_is_refused_by_the_database():
    client = make_client()
    with pytest.raises(IntegrityError):
        Contract.objects.create(
            client=client,
            number="x",
            title="x",
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 1, 1),
        )


def test_finance_makes_contracts_for_every_client():
    finance = make_user(role="finance")
    assert make_contract(make_client(), by=finance).created_by == finance


@pytest.mark.parametrize(
    ("day", "starts_on", "ends_on", "is_archived", "covers"),
    [
        (date(2026, 5, 31), date(2026, 6, 1), None, False, False),
        (date(2026, 6, 1), date(2026, 6, 1), None, False, True),
        (date(2026, 12, 31), date(2026, 6, 1), date(2026, 12, 31), False, True),
        (date(2027, 1, 1), date(2026, 6, 1), date(2026, 12, 31), False, False),
        (date(2026, 7, 1), date(2026, 6, 1), None, True, False),
    ],
)
def test_a_contract_covers_its_days_unless_archived(day, starts_on, ends_on, is_archived, covers):
    row = Contract(starts_on=starts_on, ends_on=ends_on, is_archived=is_archived)
    assert row.covers(day) == covers
