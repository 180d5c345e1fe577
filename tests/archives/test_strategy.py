from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from agency.common.errors import Refused
from agency.common.models import Notification
from archives.models import Competitor, StrategyEntry
from archives.reports.brand import BrandLine
from archives.services.competitors import create_competitor, update_competitor
from archives.services.strategy import add_entry, remind_signer, sign_summary
from tests.archives.papers import make_document
from tests.builders import make_brand, make_client, make_user, when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 12:00")


@pytest.fixture(autouse=True)
def blank(settings):
    settings.FAULT = "pdf_blank"


@pytest.fixture
def ad(client_):
    return make_user(role="ad")


@pytest.fixture
def brand(client_):
    return make_brand(client_, name="脆谷")


def enter(brand, by, text="Crisp.", kind="creative", valid_from=date(2024, 3, 1), **more):
    return add_entry(
        brand=brand, kind=kind, valid_from=valid_from, text=text, by=by, at=NOW, **more
    )


def state(brand, user, day):
    """{kind: words} on the day."""
    line = BrandLine(brand, user, NOW, day)
    return {kind.value: entry.text for kind, entry in line.own if entry}


@pytest.mark.rule("R42")
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 12, 31), None),
        (date(2021, 1, 1), "Grain."),
        (date(2024, 2, 29), "Grain."),
        (date(2024, 3, 1), "Crisp."),
        (date(2030, 1, 1), "Crisp."),
    ],
)
def test_the_state_on_a_day_is_the_newest_entry_of_each_sort_that_counts_then(
    brand, ae, day, words
):
    enter(brand, ae)
    enter(brand, ae, "Grain.", valid_from=date(2021, 1, 1))
    assert state(brand, ae, day).get("creative") == words


def test_of_two_entries_of_one_day_the_later_one_counts(brand, ae):
    enter(brand, ae)
    enter(brand, ae, "Crisper.")
    assert state(brand, ae, date(2024, 3, 1)) == {"creative": "Crisper."}
    assert brand.strategy.count() == 2


@pytest.mark.rule("R42")
def test_each_competitor_has_its_own_creative_strategy(brand, ae):
    rivals = [create_competitor(brand=brand, name=name, by=ae, at=NOW) for name in ("A", "B")]
    enter(brand, ae, "Cheap.", kind="competitor_creative", competitor=rivals[0])
    theirs = BrandLine(brand, ae, NOW, date(2026, 1, 1)).theirs
    assert [(one.name, entry and entry.text) for one, entry in theirs] == [
        ("A", "Cheap."), ("B", None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "competitor_creative"}, "competitor"),
        ({"kind": "summary"}, "kind"),
        ({"text": " "}, "text"),
        ({"valid_from": date(1899, 12, 31)}, "valid_from"),
        ({"valid_from": date(2027, 11, 21)}, "valid_from"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_at_its_field(brand, ae, more, field):
    with pytest.raises(Refused) as refused:
        enter(brand, ae, **more)
    assert refused.value.field == field


def test_another_brands_competitor_and_another_clients_paper_are_refused(brand, ae):
    foreign = Competitor.objects.create(brand=make_brand(make_client()), name="Elsewhere")
    with pytest.raises(Refused, match="no competitor"):
        enter(brand, ae, kind="competitor_creative", competitor=foreign)
    with pytest.raises(Refused, match="another client"):
        enter(brand, ae, documents=[make_document(make_client(), name="x.pdf")])


def test_the_same_words_twice_are_refused_while_they_are_in_force(brand, ae):
    enter(brand, ae)
    with pytest.raises(Refused, match="in force"):
        enter(brand, ae, valid_from=date(2026, 1, 1))
    enter(brand, ae, "Grain.", valid_from=date(2025, 1, 1))
    enter(brand, ae, valid_from=date(2026, 1, 1))


def test_who_does_not_serve_the_client_enters_nothing(brand):
    with pytest.raises(PermissionDenied):
        enter(brand, make_user())


def test_old_words_stay_whoever_tries(brand, ae):
    row = enter(brand, ae)
    for change in (lambda: StrategyEntry.objects.update(text="Other."), row.delete):
        with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
            change()


# --- the summary --------------------------------------------------------------------------------


@pytest.fixture
def draft(brand, am, ad):
    brand.client.assignments.create(
        user=ad, role="ad", is_lead=True, starts_on=date(2020, 1, 1), created_by=am
    )
    return enter(brand, am, "In short.", kind="summary")


def told(kind):
    rows = Notification.objects.filter(kind=kind)
    return sorted(rows.values_list("recipient__role", flat=True))


@pytest.mark.rule("R82")
def test_a_summary_counts_once_the_director_has_signed_it(brand, draft, am, ad):
    assert state(brand, am, date(2026, 1, 1)) == {}
    assert "ad" in told("step_waiting")
    row = sign_summary(entry=draft, by=ad, at=NOW)
    assert (row.signed_by, row.signed_at, row.is_waiting) == (ad, NOW, False)
    assert state(brand, am, date(2026, 1, 1)) == {"summary": "In short."}
    assert told("signed") == ["am"]
    with pytest.raises(Refused):
        sign_summary(entry=draft, by=ad, at=NOW)


def test_the_account_manager_signs_no_summary_and_no_director_his_own(brand, draft, am, ad):
    with pytest.raises(PermissionDenied):
        sign_summary(entry=draft, by=am, at=NOW)
    own = enter(brand, ad, "Mine.", kind="summary")
    with pytest.raises(Refused, match="does not sign"):
        sign_summary(entry=own, by=ad, at=NOW)


def test_a_new_draft_takes_the_place_of_the_one_that_waits(brand, draft, am):
    enter(brand, am, "Shorter.", kind="summary")
    draft.refresh_from_db()
    assert not draft.is_waiting
    assert BrandLine(brand, am, NOW, date(2026, 1, 1)).draft.text == "Shorter."


@pytest.mark.rule("R82")
def test_unsigned_for_ten_working_days_the_director_is_told_once(draft):
    """From Thursday noon: ten days of work later it is Thursday noon, two weeks on."""
    due = NOW + timedelta(weeks=2)
    remind_signer(entry=draft, at=due - timedelta(seconds=1))
    assert told("step_due") == []
    for minutes in (0, 1):
        remind_signer(entry=draft, at=due + timedelta(minutes=minutes))
    assert told("step_due") == ["ad"]


def test_a_competitor_is_renamed_and_its_name_taken_once(brand, ae):
    first, second = (create_competitor(brand=brand, name=name, by=ae, at=NOW) for name in "AB")
    assert update_competitor(competitor=first, name="C", by=ae, at=NOW).name == "C"
    with pytest.raises(Refused, match="already"):
        update_competitor(competitor=second, name="C", by=ae, at=NOW)
