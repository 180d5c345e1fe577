"""What the brand archive waits for, on the home page (R42, R43, R69, R82)."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from accounts.awaiting import gather
from accounts.models import Brand
from archives.awaiting import SOURCES
from archives.reports.brand_due import years_before
from archives.services.strategy import add_entry, sign_summary
from tests.archives.papers import NOON
from tests.archives.storms import ENDED, HOUR, filed, make_storm
from tests.builders import make_brand, make_client, make_stand_in, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R69")]
DAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def blank(settings):
    settings.FAULT = "pdf_blank"


@pytest.fixture
def ad():
    return make_user(role="ad")


@pytest.fixture
def brand(ae, am, ad):
    return make_brand(make_client(team=[ae, am, ad]), name="Crisp Grain")


def rows(user, at=NOON):
    with override("en"):
        return [(duty.group, duty.sentence, duty.due_at) for duty in gather(user, at, SOURCES)]


# --- brainstorms --------------------------------------------------------------------------------

RECORD = ("Write", "Record of the brainstorm for Crisp Grain", ENDED + 24 * HOUR)


@pytest.mark.rule("R43")
def test_a_brainstorm_that_is_over_waits_for_the_executive(brand, ae, am, ad):
    make_storm(brand, ae, am)
    assert rows(ae, ENDED - HOUR) == []
    assert rows(ae, ENDED) == [RECORD]
    assert rows(am) == rows(ad) == []


def test_a_filed_record_waits_for_nobody(brand, ae, am):
    filed(make_storm(brand, ae, am), ae)
    assert rows(ae) == []


def test_who_stands_in_for_the_executive_has_it_too(brand, ae, am):
    make_storm(brand, ae, am)
    deputy = make_user()
    make_stand_in(ae, deputy, DAY, DAY)
    assert rows(deputy) == [RECORD]


def test_an_empty_post_is_skipped_upward(am, ad):
    brand = make_brand(make_client(team=[am, ad]), name="Crisp Grain")
    make_storm(brand, am, am)
    assert rows(am) == [RECORD]


def test_another_clients_executive_hears_nothing(brand, ae, am):
    make_storm(brand, ae, am)
    stranger = make_user()
    make_client(team=[stranger])
    assert rows(stranger) == []


# --- summaries ----------------------------------------------------------------------------------


def draft(brand, by):
    return add_entry(
        brand=brand,
        kind="summary",
        valid_from=DAY,
        text="In short.",
        by=by,
        at=NOON,
    )


@pytest.mark.rule("R82")
def test_a_draft_waits_for_the_director_for_ten_working_days(brand, ae, am, ad):
    row = draft(brand, am)
    assert rows(ad) == [("Sign", "Strategy summary of Crisp Grain", when("2026-12-03 12:00"))]
    assert rows(am) == rows(ae) == []
    sign_summary(entry=row, by=ad, at=NOON)
    assert rows(ad) == []


def test_what_the_director_drafts_waits_for_the_head_of_the_group(brand, ad):
    draft(brand, ad)
    assert rows(ad) == []
    assert [row[0] for row in rows(brand.client.group.head)] == ["Sign"]


# --- brands that nobody writes of ---------------------------------------------------------------

SILENT = ("Update", "No strategy entry in twelve months: Crisp Grain", None)


@pytest.fixture
def old(brand):
    """Known to us for longer than twelve months."""
    Brand.objects.update(created_at=NOON - timedelta(days=800))
    return brand


def entered(brand, by, on):
    add_entry(brand=brand, kind="facts", valid_from=on, text=f"{on}", by=by, at=NOON)


@pytest.mark.rule("R42")
def test_a_brand_without_entry_in_twelve_months_is_on_the_managers_list(old, ae, am, ad):
    entered(old, ae, date(2025, 11, 19))
    assert rows(am) == [SILENT]
    assert rows(ae) == rows(ad) == []
    entered(old, ae, date(2025, 11, 20))
    assert rows(am) == []


def test_a_brand_is_given_its_first_twelve_months(brand, am):
    assert rows(am) == []


def test_a_brand_at_rest_and_a_client_at_rest_are_left_alone(old, am):
    assert rows(am) == [SILENT]
    Brand.objects.update(is_active=False)
    assert rows(am) == []
    Brand.objects.update(is_active=True)
    type(old.client).objects.filter(pk=old.client_id).update(status="resting")
    assert rows(am) == []


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 19), date(2025, 11, 19)),
        (date(2028, 2, 29), date(2027, 2, 28)),
        (date(2028, 2, 28), date(2027, 2, 28)),
    ],
)
def test_twelve_months_before_a_day(day, before):
    assert years_before(day, 1) == before
