"""The brand's line as plain rows: what is in force, what comes later, who sees it (R42)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archives.models import Competitor, StrategyEntry
from archives.reports import brands_of
from archives.reports.brand import OWN, BrandLine, in_force
from tests.archives.papers import NOON, make_document, page
from tests.builders import assign, make_brand, make_client, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
Kind = StrategyEntry.Kind


@pytest.fixture
def brand(client_):
    return make_brand(client_, name="脆谷")


def entry(brand, author, on, kind=Kind.CREATIVE, **fields):
    """A row as it is in the table, without the verb."""
    fields = {"text": f"Words of {on}.", **fields}
    return StrategyEntry.objects.create(
        brand=brand, kind=kind, valid_from=on, author=author, **fields
    )


def year(number):
    return date(number, 1, 1)


def line(brand, user, day=TODAY):
    return BrandLine(brand, user, NOON, day)


def test_all_six_kinds_have_their_place(brand, ae):
    found = line(brand, ae)
    assert [kind.value for kind in OWN] == [
        "facts",
        "key_points",
        "development",
        "creative",
        "summary",
    ]
    assert [row for _kind, row in found.own] == [None] * 5
    assert found.theirs == []


def test_the_line_runs_from_the_newest_year_to_the_first(brand, ae):
    for number in (2021, 2026, 2023):
        entry(brand, ae, year(number))
    years = line(brand, ae).years()
    assert [number for number, _marks in years] == [2026, 2023, 2021]
    assert [len(marks) for _number, marks in years] == [1, 1, 1]


def test_one_mark_of_each_sort_is_in_force_and_what_follows_comes_later(brand, ae):
    for number in (2021, 2023, 2026):
        entry(brand, ae, year(number))
    marks = [mark for _year, marks in line(brand, ae, year(2024)).years() for mark in marks]
    assert [(mark.on.year, mark.is_in_force, mark.is_later) for mark in marks] == [
        (2026, False, True),
        (2023, True, False),
        (2021, False, False),
    ]
    assert not any(mark.is_brainstorm for mark in marks)


def test_a_kind_is_read_without_the_others(brand, ae):
    facts = entry(brand, ae, year(2021), kind=Kind.FACTS)
    creative = entry(brand, ae, year(2023))
    found = line(brand, ae)
    assert found.in_force == {("facts", None): facts, ("creative", None): creative}


@pytest.mark.rule("R82")
def test_an_unsigned_summary_is_a_draft_and_the_signed_one_before_it_counts(brand, ae, am):
    signed = entry(
        brand,
        am,
        year(2024),
        kind=Kind.SUMMARY,
        signed_by=ae,
        signed_at=NOON,
    )
    draft = entry(brand, am, year(2026), kind=Kind.SUMMARY, is_waiting=True)
    found = line(brand, ae)
    assert found.in_force[("summary", None)] == signed
    assert found.draft == draft


def test_a_draft_that_another_took_the_place_of_counts_never(brand, am):
    row = entry(brand, am, year(2024), kind=Kind.SUMMARY)
    assert not row.counts
    assert list(StrategyEntry.objects.counting()) == []
    assert line(brand, am).draft is None


def test_nothing_is_in_force_before_the_first_entry(brand, ae):
    rows = [entry(brand, ae, year(2024))]
    assert in_force(rows, date(2023, 12, 31)) == {}
    assert in_force(rows, year(2024)) == {("creative", None): rows[0]}


def test_competitors_stand_beside_by_name_each_with_its_own_words(brand, ae):
    late, early = (Competitor.objects.create(brand=brand, name=name) for name in "BA")
    words = entry(brand, ae, year(2024), kind=Kind.COMPETITOR_CREATIVE, competitor=late)
    assert line(brand, ae).theirs == [(early, None), (late, words)]
    assert str(words) == "B · Competitor's creative strategy"


def test_papers_of_an_entry_are_counted(brand, ae):
    row = entry(brand, ae, year(2024))
    row.documents.set([make_document(brand.client), make_document(brand.client, name="b.pdf")])
    assert [one.papers for one in line(brand, ae).entries] == [2]


def test_another_brand_and_another_client_have_their_own_line(brand, ae):
    entry(make_brand(brand.client), ae, year(2024))
    foreign = make_brand(make_client())
    entry(foreign, ae, year(2024))
    assert line(brand, ae).entries == []
    assert line(foreign, ae).entries == []


def test_the_tab_counts_what_each_active_brand_holds(brand, ae):
    make_brand(brand.client, is_active=False)
    for number in (2021, 2024):
        entry(brand, ae, year(number))
    for name in "AB":
        Competitor.objects.create(brand=brand, name=name)
    [row] = brands_of(ae, brand.client, NOON)
    assert row.last_entry == year(2024)
    assert (row.entry_count, row.storm_count, row.competitor_count) == (2, 0, 2)


@pytest.mark.parametrize("role", ["department", "finance", "management"])
def test_who_sees_the_client_reads_its_brands_and_enters_nothing(client, brand, role):
    reader = make_user(role=role)
    if role == "department":
        assign(brand.client, reader)
    client.force_login(reader)
    text = page(client.get(reverse("archives:brand_detail", args=[brand.pk])))
    assert reverse("archives:strategy_create", args=[brand.pk]) not in text


def test_the_page_asks_the_same_however_long_the_line_is(at_ae, brand, ae):
    address = reverse("archives:brand_detail", args=[brand.pk])
    at_ae.get(address)  # the frame asks for its own things once a while
    counts = []
    for number in (2019, 2020, 2021, 2022):
        entry(brand, ae, year(number))
        rival = Competitor.objects.create(brand=brand, name=f"Rival {number}")
        entry(brand, ae, year(number), kind=Kind.COMPETITOR_CREATIVE, competitor=rival)
        with CaptureQueriesContext(connection) as asked:
            page(at_ae.get(address))
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 15
