"""The forms of a brief, its facts, and what is said about it."""

import pytest
from django import forms

from accounts.forms.cast import Cast
from agency.common.forms import StyledForm
from jobs.forms import brief as brief_forms
from jobs.forms.rows import RowForm, WithRows
from tests.builders import make_client, make_contact
from tests.jobs import make
from tests.jobs.make import NOW, D

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


@pytest.fixture
def account(ae, am):
    return make_client("LM", team=[ae, am])


# --- the brief and its facts --------------------------------------------------------------------


@pytest.fixture
def cast(account, ae):
    return Cast(account, NOW, me=ae)


def fact(cast, **typed):
    row = {"name": "Logo", "needed_for": "all", "state": "received", "source": "", "due_on": ""}
    return brief_forms.FactForm({**row, **typed}, cast=cast)


@pytest.mark.parametrize("state", ["received", "not_needed"])
def test_what_is_there_needs_neither_person_nor_day(cast, state):
    form = fact(cast, state=state)
    assert form.is_valid()
    assert (form.cleaned_data["source"], form.cleaned_data["due_on"]) == (None, None)


@pytest.mark.rule("R52")
@pytest.mark.parametrize(
    ("source", "due_on", "errors"),
    [
        (False, "", ["source", "due_on"]),
        (True, "", ["due_on"]),
        (False, "2026-12-01", ["source"]),
        (True, "2026-12-01", []),
        (True, "1999-12-01", ["due_on"]),
        (True, "soon", ["due_on"]),
    ],
)
def test_what_is_awaited_is_awaited_from_somebody_by_a_day(account, ae, source, due_on, errors):
    contact = make_contact(account)
    typed = {"source": f"c{contact.pk}" if source else "", "due_on": due_on}
    form = fact(Cast(account, NOW), state="awaited", **typed)
    assert list(form.errors) == errors
    assert all(len(messages) == 1 for messages in form.errors.values())


def test_the_source_is_one_of_the_clients_people(account, cast, ae, other_ae):
    stranger = make_contact(make_client("QQ"))
    form = fact(cast, source=f"u{ae.pk}")
    assert form.is_valid()
    assert form.cleaned_data["source"] == ae
    assert list(fact(cast, source=f"c{stranger.pk}").errors) == ["source"]
    assert list(fact(cast, source=f"u{other_ae.pk}").errors) == ["source"]


def test_an_awaited_row_without_a_name_is_an_empty_row(cast):
    form = fact(cast, name="", state="awaited")
    assert form.is_valid()
    assert not form.says_something()


def brief(cast, *rows, is_first=True, **typed):
    data = sent(*rows, **{"row_version": "1", **typed})
    return brief_forms.BriefForm(data, is_first=is_first, row_kwargs={"cast": cast})


def test_a_brief_may_have_gaps_while_it_is_a_draft(cast):
    form = brief(cast, {"name": "Logo", "needed_for": "creative", "state": "received"})
    assert form.is_valid(), form.summary
    assert form.cleaned_data["background"] == ""
    assert [(row["name"], row["needed_for"]) for row in form.typed_rows()] == [("Logo", "creative")]


@pytest.mark.parametrize("is_first", [True, False])
def test_only_a_later_version_has_a_reason(cast, is_first):
    form = brief(cast, is_first=is_first)
    assert ("reason" in form.fields) == (not is_first)


@pytest.mark.parametrize(
    ("typed", "budget"), [("", None), ("0", D("0")), ("80000.50", D("80000.50"))]
)
def test_a_budget_as_typed(cast, typed, budget):
    form = brief(cast, budget=typed)
    assert form.is_valid()
    assert form.cleaned_data["budget"] == budget


@pytest.mark.parametrize("typed", ["-0.01", "1.234", "much", "NaN", "1e99", "-10000000001"])
def test_what_is_no_budget_is_refused_at_its_field(cast, typed):
    form = brief(cast, budget=typed)
    assert not form.is_valid()
    assert list(form.errors) == ["budget"]


@pytest.mark.parametrize("part", ["background", "message", "mandatories", "strategy_try"])
def test_a_part_that_no_paper_holds_is_refused(cast, part):
    assert brief(cast, **{part: "x" * 8000}).is_valid()
    assert list(brief(cast, **{part: "x" * 8001}).errors) == [part]


def test_a_bad_fact_stands_in_the_summary_of_the_brief(cast):
    form = brief(cast, {"name": "Logo", "needed_for": "all", "state": "awaited"})
    assert not form.is_valid()
    assert [label for _, label, _ in form.summary] == ["From", "By when"]


def test_the_fields_of_a_brief_as_they_stand(account, ae):
    row = make.make_brief(make.make_job(account, ae), budget=D("500.00"), strategy_try="Rain")
    found = brief_forms.initial_of(row)
    assert found["background"] == "The background of it"
    assert (found["budget"], found["strategy_try"], found["reason"]) == (D("500.00"), "Rain", "")
    assert len(found) == 9


# --- what is said about a brief -----------------------------------------------------------------


@pytest.mark.parametrize(("enough", "is_valid"), [("yes", 1), ("no", 1), ("", 0), ("maybe", 0)])
def test_enough_or_not(enough, is_valid):
    form = brief_forms.ConfirmForm({"enough": enough, "row_version": "1"})
    assert form.is_valid() == bool(is_valid)


@pytest.mark.parametrize(
    ("state", "errors"),
    [("received", []), ("not_needed", []), ("awaited", ["state"]), ("", ["state"])],
)
def test_a_fact_is_ended_one_of_two_ways(state, errors):
    form = brief_forms.FactStateForm({"state": state, "row_version": "1"})
    assert list(form.errors) == errors


@pytest.mark.parametrize(
    ("chosen", "errors"),
    [([], []), (["creative"], []), (["creative", "media", "production"], []),
     (["kitchen"], ["departments"]), (["creative", "kitchen"], ["departments"])],
)  # fmt: skip
def test_departments_that_are_asked(chosen, errors):
    form = brief_forms.ForceForm({"departments": chosen, "row_version": "1"})
    assert list(form.errors) == errors


@pytest.mark.rule("R79")
@pytest.mark.parametrize("field", ["text", "who", "due_on", "form_key"])
def test_a_question_has_one_answerer_and_a_day(cast, ae, field):
    typed = {
        "text": "Which logo?", "who": f"u{ae.pk}", "due_on": "2026-11-20",
        "form_key": "0b0e7f5e-54c5-4ed3-8f1d-6d4a0e7b9a11",
    }  # fmt: skip
    whole = brief_forms.QuestionForm(typed, cast=cast)
    assert whole.is_valid()
    assert whole.cleaned_data["who"] == ae
    assert list(brief_forms.QuestionForm({**typed, field: ""}, cast=cast).errors) == [field]
