from datetime import date

import pytest
from django.utils import timezone

from archives.forms.brand import (
    CompetitorCreateForm,
    CompetitorForm,
    EntryForm,
    OnForm,
)
from archives.models import Competitor, StrategyEntry
from tests.archives.papers import make_document, upload
from tests.builders import make_brand, make_client

Kind = StrategyEntry.Kind
KEY = "3b1f6a2e-9d9c-4a43-8f0b-0c5f1d2e3a4b"
RIVAL = Competitor(pk=12, name="Gold Millet")


def entry_form(data=None, files=None, kinds=(Kind.FACTS, Kind.CREATIVE), papers=()):
    return EntryForm(
        data,
        files,
        kinds=kinds,
        competitors=[RIVAL],
        papers=list(papers),
    )


def typed(**more):
    return {
        "kind": "creative",
        "valid_from": "2026-01-05",
        "text": "Crisp.",
        "form_key": KEY,
        **more,
    }


# --- the day ------------------------------------------------------------------------------------


def test_a_day_in_the_address_is_the_day():
    assert OnForm({"on": "2023-11-19"}).day == date(2023, 11, 19)


@pytest.mark.parametrize("on", ["", "yesterday", "2026-02-31", "0000-01-01"])
def test_what_is_no_day_is_today(on):
    assert OnForm({"on": on}).day == timezone.localdate()


# --- the entry ----------------------------------------------------------------------------------


def test_an_entry_offers_the_kinds_and_the_competitors_by_name():
    choices = entry_form().fields["kind"].choices
    assert [(key, str(label)) for key, label in choices[:2]] == [
        ("facts", "Facts"),
        ("creative", "Creative strategy"),
    ]
    assert choices[2][1] == [("c12", "Gold Millet")]


def test_without_competitors_there_is_no_group_of_them():
    form = EntryForm(kinds=[Kind.FACTS], competitors=[], papers=[])
    assert [key for key, _label in form.fields["kind"].choices] == ["facts"]


def test_an_entry_of_the_brand_gives_the_arguments_of_the_verb():
    form = entry_form(typed())
    assert form.is_valid(), form.errors
    entry = form.entry()
    assert entry["kind"] == "creative"
    assert entry["valid_from"] == date(2026, 1, 5)
    assert "competitor" not in entry
    assert "file" not in entry


def test_an_entry_of_a_competitor_names_it():
    form = entry_form(typed(kind="c12"))
    assert form.is_valid(), form.errors
    assert form.entry()["kind"] == Kind.COMPETITOR_CREATIVE
    assert form.entry()["competitor"] is RIVAL


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "summary"}, "kind"),
        ({"kind": "c13"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "2026-02-31"}, "valid_from"),
        ({"text": "  "}, "text"),
        ({"text": "bell\x07"}, "text"),
        ({"text": "长" * 8001}, "text"),
        ({"form_key": "x"}, "form_key"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(more, field):
    assert list(entry_form(typed(**more)).errors) == [field]


def test_without_papers_none_are_asked_for():
    assert "documents" not in entry_form().fields


def test_papers_and_a_file_come_along(db):
    papers = [make_document(make_client(), name=name) for name in ("a.pdf", "b.pdf")]
    data = typed(documents=[f"{papers[1].pk}"])
    form = entry_form(data, {"file": upload(name="deck.pdf")}, papers=papers)
    assert form.is_valid(), form.errors
    assert form.entry()["documents"] == [papers[1]]
    assert form.cleaned_data["file"].name == "deck.pdf"


def test_another_clients_paper_is_no_choice(db):
    own, foreign = (make_document(make_client(), name=name) for name in ("a.pdf", "b.pdf"))
    form = entry_form(typed(documents=[f"{foreign.pk}"]), papers=[own])
    assert list(form.errors) == ["documents"]


# --- the competitor -----------------------------------------------------------------------------


def test_a_competitor_has_a_name(db):
    form = CompetitorCreateForm({"name": "", "name_en": "Gold Millet", "form_key": KEY})
    assert list(form.errors) == ["name"]


def test_a_competitor_is_changed_in_the_version_that_was_shown(db):
    row = Competitor.objects.create(brand=make_brand(make_client()), name="Millet")
    form = CompetitorForm({"name": "Gold Millet"}, instance=row)
    assert list(form.errors) == ["row_version"]
