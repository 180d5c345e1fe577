"""When a kept search is looked through, and where it leads."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction

from archives.models import SavedSearch
from tests.builders import make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
MORNING = when("2026-11-17 08:30")


def make_search(user, looked_at=MORNING - timedelta(days=1), **fields):
    whole = {"query": "礼盒", "looked_at": looked_at, "counted_to": looked_at, **fields}
    return SavedSearch.objects.create(user=user, **whole)


def asked_by(address):
    parts = urlsplit(address)
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


@pytest.mark.parametrize(
    ("at", "is_due"),
    [("2026-11-17 00:01", False), ("2026-11-17 08:29", False), ("2026-11-17 08:30", True),
     ("2026-11-17 23:59", True), ("2026-11-18 08:29", False)],
)  # fmt: skip
def test_it_is_due_from_half_past_eight(at, is_due):
    make_search(make_user())
    assert SavedSearch.objects.to_look(when(at)).exists() is is_due


def test_looked_through_this_morning_it_is_due_tomorrow():
    make_search(make_user(), looked_at=MORNING)
    assert not SavedSearch.objects.to_look(MORNING + timedelta(hours=5)).exists()
    assert SavedSearch.objects.to_look(MORNING + timedelta(days=1)).exists()


@pytest.mark.parametrize("fields", [{"tells": False}, {"is_active": False}])
def test_who_hears_nothing_is_never_due(fields):
    is_active = fields.pop("is_active", True)
    make_search(make_user(is_active=is_active), **fields)
    assert not SavedSearch.objects.to_look(MORNING).exists()


def test_the_same_question_twice_is_forbidden():
    user = make_user()
    make_search(user, facets={"kind": "fax"})
    make_search(user, facets={"kind": "memo"})
    with pytest.raises(IntegrityError), transaction.atomic():
        make_search(user, facets={"kind": "fax"})


def test_it_leads_to_its_question_with_all_facets():
    row = make_search(make_user(), query="礼盒 & co", facets={"kind": "fax", "year": "2026"})
    asked = {"q": "礼盒 & co", "kind": "fax", "year": "2026"}
    assert asked_by(row.get_absolute_url()) == ("/archives/search/", asked)


def test_news_lead_to_the_days_since():
    row = make_search(make_user(), news_since=date(2026, 11, 16))
    assert asked_by(row.news_url)[1] == {"q": "礼盒", "since": "2026-11-16"}


def test_before_any_news_they_lead_to_the_search_itself():
    row = make_search(make_user())
    assert row.news_url == row.get_absolute_url()


def test_it_is_called_by_what_it_asks():
    assert str(make_search(make_user(), facets={"kind": "fax"})) == "礼盒 fax"
