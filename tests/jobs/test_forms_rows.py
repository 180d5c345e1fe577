"""Forms with rows under them: rows added, dropped, left empty, too many, bad; job and brief."""

from datetime import date

import pytest
from django import forms

from agency.common.forms import StyledForm
from jobs.forms import job as job_forms
from jobs.forms.rows import MOST_ROWS, RowForm, WithRows
from tests.builders import make_brand, make_client, make_user
from tests.jobs.make import NOW

TOO_MANY = "Please submit at most 100 forms."


class Row(RowForm, StyledForm, forms.Form):
    name = forms.CharField(label="Name", max_length=10, required=False)
    note = forms.CharField(label="Note", required=False)


class Head(WithRows, StyledForm, forms.Form):
    row_form = Row
    title = forms.CharField(label="Title")


def sent(*rows, initial=0, prefix="rows", **head):
    """What a browser sends of a head and its rows."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return {**data, **head}


def head(*rows, **more):
    return Head(sent(*rows, **{"title": "Poster", **more}))


# --- rows of any form ---------------------------------------------------------------------------


def test_rows_come_in_the_order_they_were_typed():
    form = head({"name": "b", "note": "1"}, {"name": "a"})
    assert form.is_valid()
    assert form.typed_rows() == [{"name": "b", "note": "1"}, {"name": "a", "note": ""}]


@pytest.mark.parametrize("row", [{}, {"name": ""}, {"name": "  "}, {"note": "of nothing"}])
def test_a_row_that_names_nothing_is_no_row(row):
    form = head({"name": "a"}, row, {"name": "c"})
    assert form.is_valid()
    assert [one["name"] for one in form.typed_rows()] == ["a", "c"]


@pytest.mark.parametrize("initial", [0, 1, 2])
def test_a_dropped_row_is_gone_whether_it_was_there_or_not(initial):
    form = head({"name": "a", "DELETE": "on"}, {"name": "b"}, initial=initial)
    assert form.is_valid()
    assert form.typed_rows() == [{"name": "b", "note": ""}]


def test_a_bad_row_that_is_dropped_does_no_harm():
    form = head({"name": "x" * 11, "DELETE": "on"}, {"name": "b"})
    assert form.is_valid()
    assert [one["name"] for one in form.typed_rows()] == ["b"]


@pytest.mark.parametrize("name", ["x" * 11, "a\nb", "a\x00b", "\u2028b\u2028x"])
def test_a_bad_row_is_named_with_its_field(name):
    form = head({"name": "a"}, {"name": name})
    assert not form.is_valid()
    assert {(where, label) for where, label, _ in form.summary} == {("id_rows-1-name", "Name")}


def test_head_and_rows_complain_together():
    form = Head(sent({"name": "x" * 11}, title=""))
    assert not form.is_valid()
    assert [label for _, label, _ in form.summary] == ["Title", "Name"]


def test_rows_that_are_right_do_not_save_a_bad_head():
    form = Head(sent({"name": "a"}, title=""))
    assert not form.is_valid()
    assert form.rows.is_valid()


@pytest.mark.parametrize(("number", "is_valid"), [(MOST_ROWS, True), (MOST_ROWS + 1, False)])
def test_no_more_rows_than_a_paper_holds(number, is_valid):
    form = head(*[{"name": f"{one}"} for one in range(number)])
    assert form.is_valid() == is_valid
    assert [message for *_, message in form.summary] == ([] if is_valid else [TOO_MANY])


def test_a_huge_number_of_rows_is_not_even_made():
    form = Head({"title": "x", "rows-TOTAL_FORMS": "1000000", "rows-INITIAL_FORMS": "0"})
    assert not form.is_valid()
    assert len(form.rows.forms) == MOST_ROWS + 50


@pytest.mark.parametrize(
    "management",
    [{}, {"rows-TOTAL_FORMS": "x", "rows-INITIAL_FORMS": "0"}, {"rows-TOTAL_FORMS": "1"},
     {"rows-INITIAL_FORMS": "0"}],
)  # fmt: skip
def test_a_form_without_its_count_of_rows_is_refused(management):
    form = Head({"title": "Poster", **management})
    assert not form.is_valid()
    assert len(form.summary) == 1


def test_a_page_shows_the_rows_there_are_and_one_more():
    form = Head(rows=[{"name": "a"}, {"name": "b"}])
    assert [row["name"].value() for row in form.rows] == ["a", "b", None]
    assert form.summary == []


def test_all_that_was_typed_is_kept_for_a_stale_page():
    form = head({"name": "a", "note": "one"}, {"name": "b"})
    assert form.typed() == [("Title", "Poster"), ("Name", "a"), ("Note", "one"), ("Name", "b")]


def test_a_form_before_it_is_sent_has_no_complaints():
    form = Head()
    assert not form.is_valid()
    assert form.summary == []


# --- deliverables -------------------------------------------------------------------------------


def thing(**typed):
    row = {"name": "Poster", "medium": "print", "quantity": "1", "spec": ""}
    return job_forms.DeliverableForm({**row, **typed})


def test_a_deliverable_as_typed():
    form = thing(quantity="3", spec="A1, four colours", not_charged="on")
    assert form.is_valid()
    assert form.cleaned_data == {
        "pk": None, "name": "Poster", "medium": "print", "quantity": 3,
        "spec": "A1, four colours", "not_charged": True,
    }  # fmt: skip
    assert form.says_something()


def test_a_specification_of_nothing_is_asked_what_it_is_of():
    form = thing(name="", spec="A1")
    assert form.errors == {"name": ["Name what is delivered."]}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("quantity", "0"), ("quantity", "-1"), ("quantity", "1000001"), ("quantity", "1.5"),
        ("quantity", ""), ("quantity", "two"), ("medium", "smoke"), ("medium", ""),
        ("name", "x" * 121), ("name", "a\nb"), ("spec", "x" * 401), ("pk", "x"),
    ],
)  # fmt: skip
def test_a_bad_deliverable_is_refused_at_its_field(field, typed):
    assert list(thing(**{field: typed}).errors) == [field]


@pytest.mark.parametrize("quantity", [1, 1_000_000])
def test_a_quantity_at_its_edges(quantity):
    form = thing(quantity=str(quantity))
    assert form.is_valid()
    assert form.cleaned_data["quantity"] == quantity


# --- the job ------------------------------------------------------------------------------------


@pytest.fixture
def account(ae, am):
    return make_client("LM", team=[ae, am])


def request(account, *rows, made=job_forms.JobRequestForm, has_contract=True, **typed):
    ae = account.assignments.get(role="ae").user
    data = {
        "title": "Autumn poster", "kind": "production", "due_on": "2026-12-18", "ae": ae.pk,
        "budget_year": "2026", "form_key": "0b0e7f5e-54c5-4ed3-8f1d-6d4a0e7b9a11",
        "row_version": "1",
    }  # fmt: skip
    return made(sent(*rows, **{**data, **typed}), client=account, at=NOW, has_contract=has_contract)


def test_a_request_with_its_deliverables(account, ae):
    form = request(account, {"name": "Poster", "medium": "print", "quantity": "2"})
    assert form.is_valid(), form.summary
    assert (form.cleaned_data["due_on"], form.cleaned_data["ae"]) == (date(2026, 12, 18), ae)
    assert [(row["name"], row["quantity"]) for row in form.typed_rows()] == [("Poster", 2)]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""), ("title", "x" * 121), ("title", "a\nb"), ("kind", "wish"),
        ("due_on", ""), ("due_on", "1999-12-31"), ("due_on", "2100-01-01"),
        ("due_on", "2026-02-30"), ("ae", ""), ("ae", "0"), ("budget_year", "1999"),
        ("budget_year", "2100"), ("budget_year", "this"), ("po_number", "x" * 41),
        ("risk_note", "x" * 4001), ("form_key", "no key"), ("form_key", ""),
    ],
)  # fmt: skip
def test_a_bad_request_is_refused_at_its_field(account, field, typed):
    assert list(request(account, **{field: typed}).errors) == [field]


def test_the_ae_in_charge_is_of_the_client(account, other_ae):
    make_client("QQ", team=[other_ae])
    assert list(request(account, ae=other_ae.pk).errors) == ["ae"]
    helper = make_user(role="department")
    assert list(request(account, ae=helper.pk).errors) == ["ae"]


def test_brands_are_the_clients_own_and_active(account):
    mine, gone = make_brand(account), make_brand(account, is_active=False)
    foreign = make_brand(make_client("QQ"))
    assert request(account, brand=mine.pk).is_valid()
    assert list(request(account, brand=gone.pk).errors) == ["brand"]
    assert list(request(account, brand=foreign.pk).errors) == ["brand"]


@pytest.mark.rule("R50")
def test_without_contract_the_reason_is_asked_for(account):
    with_one, without = request(account), request(account, has_contract=False)
    assert "contract_reason" not in with_one.fields
    assert "No contract is in force" in without.fields["contract_reason"].help_text
    assert [bound.name for bound in without.lines[-1]] == ["contract_reason"]
    assert with_one.lines[-1] == []


def test_a_correction_leaves_the_kind_alone(account):
    form = request(account, made=job_forms.JobEditForm)
    assert form.is_valid(), form.summary
    assert "kind" not in form.cleaned_data
    assert form.cleaned_data["row_version"] == 1


def test_three_empty_rows_stand_under_a_request(account):
    made = {"client": account, "at": NOW}
    assert len(job_forms.JobRequestForm(**made).rows.forms) == 3
    assert len(job_forms.JobEditForm(**made, rows=[{"name": "Poster"}]).rows.forms) == 2


@pytest.mark.parametrize("asks", [True, False])
def test_the_approval_asks_for_a_reason_only_where_there_is_no_contract(asks):
    form = job_forms.ApproveForm({"row_version": "3"}, asks_reason=asks)
    assert ("contract_reason" in form.fields) == asks
    assert form.is_valid()


@pytest.mark.parametrize("typed", [{}, {"row_version": ""}, {"row_version": "x"}])
def test_an_approval_without_its_version_is_incomplete(typed):
    form = job_forms.ApproveForm(typed, asks_reason=False)
    assert list(form.errors) == ["row_version"]


@pytest.mark.parametrize("field", ["state", "papers", "until", "client", "ae"])
def test_a_filter_that_names_nothing_is_refused(account, ae, field):
    form = job_forms.JobFilter({field: "nothing"}, user=ae)
    assert list(form.errors) == [field]


def test_the_filter_offers_the_people_of_ones_own_clients(account, ae, am, other_ae):
    make_client("QQ", team=[other_ae])
    form = job_forms.JobFilter({}, user=ae)
    assert set(form.fields["ae"].queryset) == {ae, am}
    assert list(form.fields) == [
        "q",
        "client",
        "state",
        "ae",
        "papers",
        "until",
        "late_since",
        "late_until",
    ]
