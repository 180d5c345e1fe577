from types import SimpleNamespace

import pytest

from accounts.models import User
from archives.forms.brainstorm import (
    BrainstormCreateForm,
    BrainstormForm,
    DecideForm,
    IdeaCreateForm,
    IdeaForm,
)
from archives.models import Idea
from tests.builders import when

KEY = "3b1f6a2e-9d9c-4a43-8f0b-0c5f1d2e3a4b"
LU, ZHONG = User(pk=7, name="陆小满"), User(pk=8, name="钟晚棠")
CAST = SimpleNamespace(
    users={"u7": LU, "u8": ZHONG},
    user_choices=[("u7", "陆小满"), ("u8", "钟晚棠")],
)
IDEAS = [Idea(pk=1, text="A bite."), Idea(pk=2, text="Thunder.")]


def storm_form(form_class=BrainstormCreateForm, **more):
    typed = {
        "question": "How does crisp sound?",
        "on": "2026-11-19T10:00",
        "ended_at": "2026-11-19T11:00",
        "chair": "u8",
        "people": ["u7", "u8"],
        "form_key": KEY,
        **more,
    }
    return form_class(typed, cast=CAST)


def test_a_brainstorm_gives_the_arguments_of_the_verb():
    form = storm_form()
    assert form.is_valid(), form.errors
    facts = form.cleaned_data
    assert (facts["chair"], facts["people"]) == (ZHONG, [LU, ZHONG])
    assert facts["on"] == when("2026-11-19 10:00")
    assert facts["job_number"] == ""


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"question": " "}, "question"),
        ({"question": "长" * 4001}, "question"),
        ({"question": "bell\x07"}, "question"),
        ({"on": ""}, "on"),
        ({"on": "1999-12-31T23:59"}, "on"),
        ({"ended_at": "2100-01-01T00:00"}, "ended_at"),
        ({"ended_at": "tomorrow"}, "ended_at"),
        ({"chair": ""}, "chair"),
        ({"chair": "u9"}, "chair"),
        ({"people": ["u9"]}, "people"),
        ({"job_number": "LM\n26"}, "job_number"),
        ({"form_key": "x"}, "form_key"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(more, field):
    assert list(storm_form(**more).errors) == [field]


def test_nobody_need_be_named_besides_the_chair():
    form = storm_form(people=[])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["people"] == []


def test_a_change_carries_the_version_it_was_shown_with():
    assert list(storm_form(BrainstormForm).errors) == ["row_version"]
    form = storm_form(BrainstormForm, row_version=3)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["row_version"] == 3


def idea_form(form_class=IdeaCreateForm, people=(LU, ZHONG), **more):
    typed = {"text": "A bite.", "whose": "u7", "form_key": KEY, **more}
    return form_class(typed, people=people)


def test_an_idea_has_its_words_and_its_name():
    form = idea_form()
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["text"], form.cleaned_data["whose"]) == ("A bite.", LU)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": ""}, "text"),
        ({"whose": ""}, "whose"),
        ({"whose": "u9"}, "whose"),
    ],
)
def test_an_idea_without_words_or_name_is_none(more, field):
    assert list(idea_form(**more).errors) == [field]


def test_a_department_is_offered_itself_alone():
    assert list(idea_form(people=[ZHONG]).errors) == ["whose"]


def test_an_idea_is_changed_in_the_version_that_was_shown():
    assert list(idea_form(IdeaForm).errors) == ["row_version"]


def test_chosen_ideas_are_those_of_the_brainstorm():
    typed = {"chosen": ["2"], "next_step": "A demo.", "row_version": 0}
    form = DecideForm(typed, ideas=IDEAS)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["chosen"] == [IDEAS[1]]
    assert list(DecideForm({**typed, "chosen": ["3"]}, ideas=IDEAS).errors) == ["chosen"]


def test_without_ideas_there_is_nothing_to_choose():
    form = DecideForm({"next_step": "A demo.", "row_version": 0}, ideas=[])
    assert form.is_valid(), form.errors
    assert "chosen" not in form.fields


def test_a_decision_says_what_is_next():
    form = DecideForm({"next_step": " ", "row_version": 0}, ideas=IDEAS)
    assert list(form.errors) == ["next_step"]
