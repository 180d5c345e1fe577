"""The record of every ad: whose it is, what may be said of it, who finds it (R44)."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Product
from agency.common.errors import Refused
from agency.common.models import AuditEntry
from archives.models import Ad, Competitor
from archives.services import add_ad, add_file, change_ad, create_tape
from archives.services.ads import read_tags
from tests.archives.papers import NOON, make_document, page
from tests.builders import make_brand, make_client, make_user

WALL, NEW = reverse("archives:ad_wall"), reverse("archives:ad_create")
FIRST = date(2026, 9, 1)


def make_ad(client, by, **facts):
    defaults = {"title": "Autumn poster", "medium": "outdoor", "first_run": FIRST}
    return add_ad(client=client, by=by, at=NOON, **{**defaults, **facts})


def make_competitor(client, name="Gold Millet"):
    return Competitor.objects.create(brand=make_brand(client, name=f"Oat {name}"), name=name)


@pytest.mark.rule("R44")
def test_ad_is_a_clients_or_a_competitors_never_both(client_, ae):
    rival = make_competitor(client_)

    theirs = make_ad(client_, ae, competitor=rival)

    assert (theirs.client, theirs.brand, theirs.customer) == (None, rival.brand, client_)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ad.objects.filter(pk=theirs.pk).update(client=client_)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ad.objects.filter(pk=theirs.pk).update(competitor=None)


@pytest.mark.rule("R44")
def test_ad_older_than_the_system_by_another_agency_has_its_year(client_, ae):
    ad = make_ad(client_, ae, first_run=date(1998, 1, 1), made_by_agency="旧时广告")

    assert (ad.year, ad.made_by_agency) == (1998, "旧时广告")
    assert list(Ad.objects.by_others()) == [ad]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"first_run": date(1949, 12, 31)}, "first_run"),
        ({"first_run": date(2029, 1, 1)}, "first_run"),
        ({"last_run": date(2026, 8, 31)}, "last_run"),
        ({"tags": ["x"] * 13}, "tags"),
        ({"tags": ["x" * 21]}, "tags"),
    ],
)
def test_what_cannot_be_is_refused(client_, ae, facts, field):
    with pytest.raises(Refused) as refused:
        make_ad(client_, ae, **facts)

    assert refused.value.field == field
    assert not Ad.objects.exists()


def test_brand_and_competitor_are_of_the_client(client_, ae):
    other = make_client()
    with pytest.raises(Refused) as refused:
        make_ad(client_, ae, brand=make_brand(other))
    assert refused.value.field == "brand"
    with pytest.raises(Refused) as refused:
        make_ad(client_, ae, competitor=make_competitor(other))
    assert refused.value.field == "competitor"


def test_another_clients_ae_records_nothing(client_):
    with pytest.raises(PermissionDenied):
        make_ad(client_, make_user())


def test_competitors_ads_are_seen_with_the_brand_they_compete_with(client_, ae):
    rival = make_competitor(client_)
    make_ad(client_, ae, competitor=rival)

    assert Ad.objects.visible_to(ae, NOON).of_client(client_).count() == 1
    assert not Ad.objects.visible_to(make_user(), NOON).exists()


def test_tags_stand_between_commas_of_either_kind():
    assert read_tags("家庭、 早餐，family, 早餐;x") == ["家庭", "早餐", "family", "x"]


def test_a_file_of_another_client_is_not_the_ads(client_, ae):
    ad = make_ad(client_, ae)
    paper = make_document(client_, kind="ad_file")
    add_file(ad=ad, paper=paper, by=ae, at=NOON)
    with pytest.raises(Refused):
        add_file(ad=ad, paper=make_document(make_client()), by=ae, at=NOON)

    assert list(ad.documents.all()) == [paper]


# --- pages ---------------------------------------------------------------------------------------


@pytest.fixture
def wall(client_, ae):
    """Own ads of three years and media, and a competitor's."""
    rival = make_competitor(client_)
    return {
        "poster": make_ad(client_, ae, title="Poster", tags=["早餐"], brand=rival.brand),
        "film": make_ad(client_, ae, title="Film", medium="tv", first_run=date(2024, 5, 1)),
        "old": make_ad(client_, ae, title="Old", first_run=date(2024, 1, 1), made_by_agency="X"),
        "theirs": make_ad(client_, ae, title="Theirs", competitor=rival),
    }


def shown(response):
    page(response)
    shelves = response.context["shelves"]
    return [
        (shelf.label, [ad.title for ad in shelf.own], [ad.title for ad in shelf.others])
        for shelf in shelves
    ]


@pytest.mark.rule("R44")
def test_wall_by_year_has_own_ads_beside_competitors(at_ae, wall):
    assert shown(at_ae.get(WALL)) == [
        ("2026", ["Poster"], ["Theirs"]),
        ("2024", ["Film", "Old"], []),
    ]


def test_wall_by_medium_and_by_brand(at_ae, wall):
    media = shown(at_ae.get(WALL, {"sort": "medium"}))
    assert [(label, own) for label, own, _theirs in media] == [
        ("TV", ["Film"]),
        ("Outdoor", ["Poster", "Old"]),
    ]
    brands = shown(at_ae.get(WALL, {"sort": "brand"}))
    assert [label for label, _own, _theirs in brands] == ["Oat Gold Millet", "Without a brand"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "早餐"}, ["Poster"]),
        ({"q": "gold millet"}, ["Poster", "Theirs"]),
        ({"medium": "tv", "year": "2024"}, ["Film"]),
        ({"whose": "own"}, ["Film", "Poster"]),
        ({"whose": "others"}, ["Old"]),
        ({"whose": "competitors"}, ["Theirs"]),
    ],
)
def test_wall_is_narrowed(at_ae, wall, query, found):
    rows = at_ae.get(WALL, query).context["rows"]

    assert sorted(ad.title for ad in rows) == found


def test_ad_is_recorded_read_and_changed(at_ae, client_):
    form = {"title": "Film", "medium": "tv", "first_run": "2019-01-01", "tags": "雨，family"}
    key = "7f1d3c3a-0000-4000-8000-000000000001"
    address = f"{NEW}?client={client_.pk}"
    for _time in range(2):  # the same form sent twice
        response = at_ae.post(address, {**form, "form_key": key})

    ad = Ad.objects.get()
    assert (response["Location"], ad.tags, ad.year) == (
        ad.get_absolute_url(),
        ["雨", "family"],
        2019,
    )
    assert "No files" in page(at_ae.get(ad.get_absolute_url()))
    edit = reverse("archives:ad_update", args=[ad.pk])
    assert "雨, family" in page(at_ae.get(edit))
    at_ae.post(edit, {**form, "title": "Long film", "row_version": 0})
    ad.refresh_from_db()
    assert (ad.title, ad.row_version) == ("Long film", 1)


def test_change_made_meanwhile_is_not_overwritten(client_, ae):
    ad = make_ad(client_, ae)
    change_ad(ad=ad, by=ae, at=NOON, row_version=0, title="New")

    assert Ad.objects.get().title == "New"


def test_what_was_changed_stands_in_the_trail_once(client_, ae):
    ad = make_ad(client_, ae)
    change_ad(ad=ad, by=ae, at=NOON, size="210 × 285 mm")
    change_ad(ad=ad, by=ae, at=NOON, size="210 × 285 mm")

    entry = AuditEntry.objects.get(verb="change_ad")
    assert entry.changes == {"size": ["", "210 × 285 mm"]}
    assert Ad.objects.get().row_version == 1


def test_product_names_its_brand(client_, ae):
    brand = make_brand(client_, name="Oat")
    product = Product.objects.create(brand=brand, name="Bar")

    assert make_ad(client_, ae, product=product).brand == brand
    with pytest.raises(Refused) as refused:
        make_ad(client_, ae, product=product, brand=make_brand(client_, name="Rice"))
    assert refused.value.field == "product"


def test_ad_page_shows_its_tape_its_days_and_where_it_ran(at_ae, client_, ae):
    make_document(client_, kind="media_plan", title="Plan of autumn", job_numbers=["LM-26-014"])
    make_document(client_, kind="memo", title="Not said", job_numbers=["LM-26-014"])
    ad = make_ad(
        client_, ae, medium="tv", job_number="LM-26-014", last_run=date(2026, 9, 14), length_s=95
    )
    tape = create_tape(
        client=client_, title="Film", format="dvcam", shelf="B-1", ad=ad, by=ae, at=NOON
    )

    text = page(at_ae.get(ad.get_absolute_url()))

    for words in ("14 days", "1:35", "Plan of autumn", tape.number):
        assert words in text
    assert "Not said" not in text


def test_a_competitors_ad_keeps_the_brand_it_competes_with(at_ae, client_, ae):
    ad = make_ad(client_, ae, competitor=make_competitor(client_))
    edit = reverse("archives:ad_update", args=[ad.pk])
    form = {"title": "Theirs", "medium": "tv", "first_run": "2026-09-01", "row_version": 0}

    assert "id_brand" not in page(at_ae.get(edit))
    at_ae.post(edit, form)

    ad.refresh_from_db()
    assert (ad.title, ad.brand) == ("Theirs", ad.competitor.brand)


def test_wall_as_a_sheet(at_ae, wall):
    content = at_ae.get(WALL, {"format": "xlsx", "whose": "own", "year": "2026"}).content

    head, row = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)

    assert head[:2] == ("Title", "Medium")
    assert (row[0], row[1], row[2], row[12]) == ("Poster", "Outdoor", "绿麦食品", "早餐")


@pytest.mark.parametrize("name", ["ad_wall", "document_list", "letter_list"])
def test_a_filter_that_is_not_set_says_all(at_ae, name):
    form = at_ae.get(reverse(f"archives:{name}")).context["filters"]
    assert next(iter(form["client"])).data["label"] == "All"
