"""What may be typed of a fax or a memo."""

from datetime import date

import pytest

from accounts.models import Client
from archives.forms.letter import LetterCreateForm, LetterFilter, LetterForm, SentForm
from tests.builders import from_kept, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
KEY = "00000000-0000-4000-8000-000000000001"
ae, customer, other = from_kept("ae", "customer", "other")


def make_kept():
    ae = make_user()
    return {"ae": ae, "customer": make_client("LM", team=[ae]), "other": make_client("YL")}


def form(ae, kind="fax", form_class=LetterCreateForm, **typed):
    whole = {"to": "周喆", "subject": "样品", "body": "收悉", "language": "zh", "form_key": KEY}
    clients = Client.objects.visible_to(ae)
    return form_class({**whole, **typed}, clients=clients, kind=kind)


def errors(bound):
    return {name: [fault.code for fault in found] for name, found in bound.errors.as_data().items()}


def test_the_least_is_to_whom_about_what_and_what(ae):
    assert form(ae).is_valid()
    blank = form(ae, to="", subject="", body="", language="")
    assert {*errors(blank)} == {"to", "subject", "body", "language"}


def test_without_a_client_it_is_of_the_agency(ae):
    bound = form(ae)
    assert bound.is_valid()
    assert bound.cleaned_data["client"] is None


def test_only_ones_own_clients_are_offered(ae, customer, other):
    assert form(ae, client=customer.pk).is_valid()
    assert errors(form(ae, client=other.pk)) == {"client": ["invalid_choice"]}


@pytest.mark.parametrize(
    ("kind", "has", "lacks"),
    [("fax", ["company", "fax_number", "pages"], ["wished_on"]),
     ("memo", ["wished_on"], ["company", "fax_number", "pages"])],
)  # fmt: skip
def test_each_kind_has_its_own_fields(kind, has, lacks, ae):
    names = {*form(ae, kind).fields}
    assert {*has} <= names
    assert not {*lacks} & names


@pytest.mark.parametrize(
    ("pages", "is_valid"),
    [("", True), ("1", True), ("999", True), ("0", False), ("1000", False), ("x", False)],
)
def test_pages_are_a_number_from_one(pages, is_valid, ae):
    assert form(ae, pages=pages).is_valid() is is_valid


@pytest.mark.parametrize("field", ["to", "subject", "company", "fax_number", "copy", "job_number"])
def test_a_line_is_one_line(field, ae):
    assert errors(form(ae, **{field: "a\nb"})) == {field: ["control"]}


def test_the_text_keeps_its_lines_and_nothing_else(ae):
    assert form(ae, body="一\n二").is_valid()
    assert errors(form(ae, body="一\x07二")) == {"body": ["control"]}


@pytest.mark.parametrize(("field", "most"), [("to", 200), ("subject", 160), ("company", 120),
                                             ("job_number", 20)])  # fmt: skip
def test_a_field_ends_where_its_column_ends(field, most, ae):
    assert form(ae, **{field: "x" * most}).is_valid()
    assert errors(form(ae, **{field: "x" * (most + 1)})) == {field: ["max_length"]}


def test_the_day_wished_for_lies_within_reason(ae):
    bound = form(ae, "memo", wished_on="2026-11-27")
    assert bound.is_valid()
    assert bound.cleaned_data["wished_on"] == date(2026, 11, 27)
    assert errors(form(ae, "memo", wished_on="1066-10-14")) == {"wished_on": ["year"]}


def test_a_change_carries_the_version_it_was_shown_with(ae):
    assert "row_version" in errors(form(ae, form_class=LetterForm))
    assert form(ae, form_class=LetterForm, row_version="3").is_valid()


@pytest.mark.parametrize("via", ["fax", "mail", "hand", "messenger"])
def test_sent_by_one_of_four_ways(via):
    assert SentForm({"via": via, "sent_at": "2026-11-19T12:00", "row_version": "0"}).is_valid()


def test_sent_by_pigeon_is_no_way():
    bound = SentForm({"via": "pigeon", "sent_at": "", "row_version": "0"})
    assert errors(bound) == {"via": ["invalid_choice"], "sent_at": ["required"]}


def test_the_filter_offers_sent_beside_the_states(ae, other):
    fields = LetterFilter(user=ae).fields
    assert [key for key, _label in fields["state"].choices] == ["", "draft", "issued", "sent"]
    assert other not in fields["client"].queryset
