from datetime import date

import pytest
from django.urls import reverse

from archives.models import Document
from archives.services.competitors import create_competitor
from archives.services.strategy import add_entry
from tests.archives.papers import NOON, make_document, page, upload
from tests.builders import assign, make_brand, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def blank(settings):
    settings.FAULT = "pdf_blank"


@pytest.fixture
def brand(client_):
    return make_brand(client_, name="脆谷")


def url(name, row):
    return reverse(f"archives:{name}", args=[row.pk])


def enter(brand, by, text, **more):
    typed = {"kind": "creative", "valid_from": date(2022, 5, 1), **more}
    return add_entry(brand=brand, text=text, by=by, at=NOON, **typed)


def test_the_tab_of_the_client_lists_its_brands(at_ae, brand, ae):
    enter(brand, ae, "Crisp.")
    text = page(at_ae.get(brand.client.get_absolute_url(), {"tab": "brand"}))
    assert url("brand_detail", brand) in text
    assert "1 May 2022" in text


@pytest.mark.rule("R42")
def test_the_page_shows_the_brand_as_it_stood_and_the_whole_line(at_ae, brand, ae):
    rival = create_competitor(brand=brand, name="Gold Millet", by=ae, at=NOON)
    enter(brand, ae, "Old words.")
    enter(brand, ae, "New words.", valid_from=date(2025, 1, 1))
    enter(brand, ae, "Cheap.", kind="competitor_creative", competitor=rival)
    answer = at_ae.get(url("brand_detail", brand), {"on": "2023-11-19"})
    line = answer.context["line"]
    assert "The brand as it stood on" in page(answer)
    assert sorted(row.text for row in line.in_force.values()) == ["Cheap.", "Old words."]
    assert [year for year, _marks in line.years()] == [2025, 2022]


@pytest.mark.parametrize("on", ["", "yesterday", "2026-02-31", "0001-01-01", "9999-12-31"])
def test_any_day_in_the_address_shows_a_page(at_ae, brand, on):
    page(at_ae.get(url("brand_detail", brand), {"on": on}))


def test_an_entry_is_made_with_a_file_and_a_paper_and_begins_from_older_words(at_ae, brand, ae):
    old = enter(brand, ae, "Old words.")
    paper = make_document(brand.client, kind="clipping")
    form = at_ae.get(url("strategy_create", brand), {"like": old.pk}).context["form"]
    assert (form.initial["text"], form.initial["kind"]) == ("Old words.", "creative")
    typed = {
        "kind": "creative", "valid_from": "2026-01-05", "text": "New words.",
        "documents": [paper.pk], "file": upload(name="deck.pdf"),
        "form_key": form["form_key"].value(),
    }  # fmt: skip
    answer = at_ae.post(url("strategy_create", brand), typed)
    row = brand.strategy.get(text="New words.")
    assert answer.headers["Location"] == url("brand_detail", brand)
    filed = Document.objects.get(kind="strategy")
    assert {*row.documents.all()} == {paper, filed}
    assert (filed.brand, filed.dated_on) == (brand, date(2026, 1, 5))
    assert "deck" in page(at_ae.get(row.get_absolute_url()))


def test_a_competitor_is_added_and_its_words_entered_beside(at_ae, brand):
    answer = at_ae.get(url("competitor_create", brand))
    key = answer.context["form"]["form_key"].value()
    at_ae.post(url("competitor_create", brand), {"name": "Gold Millet", "form_key": key})
    rival = brand.competitors.get()
    typed = {"kind": f"c{rival.pk}", "valid_from": "2026-01-05", "text": "Cheap."}
    key = at_ae.get(url("strategy_create", brand)).context["form"]["form_key"].value()
    at_ae.post(url("strategy_create", brand), {**typed, "form_key": key})
    assert rival.strategy.get().text == "Cheap."
    at_ae.post(url("competitor_update", rival), {"name": "Millet", "row_version": 0})
    assert brand.competitors.get().name == "Millet"


@pytest.mark.rule("R82")
def test_the_director_reads_and_signs_the_summary(client, brand, ae, am):
    assign(brand.client, director := make_user(role="ad"))
    draft = enter(brand, am, "In short.", kind="summary")
    client.force_login(director)
    assert url("strategy_sign", draft) in page(client.get(draft.get_absolute_url()))
    assert "In short." in page(client.get(url("strategy_sign", draft)))
    client.post(url("strategy_sign", draft), {"row_version": draft.row_version})
    draft.refresh_from_db()
    assert draft.signed_by == director


def test_a_summary_is_offered_to_the_manager_not_to_the_executive(client, at_ae, brand, am):
    offered = dict(at_ae.get(url("strategy_create", brand)).context["form"]["kind"].field.choices)
    assert "summary" not in offered
    client.force_login(am)
    form = client.get(url("strategy_create", brand)).context["form"]
    assert "summary" in dict(form["kind"].field.choices)
