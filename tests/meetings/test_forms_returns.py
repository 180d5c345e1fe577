"""The forms of the client's answer and of one more call."""

from datetime import timedelta

import pytest

from accounts.forms.cast import Cast, key_of
from meetings.forms.call import EventForm, first_values
from meetings.forms.returns import ABOUT, AgreeForm, ObjectForm, about_choices, point_label
from tests.builders import when
from tests.meetings import make

AT = when("2026-11-19 12:00")
POINTS = [("1", "Poster A is taken."), ("2", "The box is green.")]


def agree(needs_code=False, **typed):
    data = {"agree-sha256": "a" * 64} | {f"agree-{name}": text for name, text in typed.items()}
    return AgreeForm(data, needs_code=needs_code)


def objection(**typed):
    filled = {"sha256": "a" * 64, "typed_name": "何嘉宁", "about": "2", "reason": "It was blue."}
    data = {f"object-{name}": text for name, text in (filled | typed).items()}
    return ObjectForm(data, needs_code=False, points=POINTS)


def test_the_name_is_typed_and_tidied():
    form = agree(typed_name="  何  嘉宁 ")
    assert form.is_valid()
    assert form.cleaned_data["typed_name"] == "何 嘉宁"


@pytest.mark.parametrize("name", ["", " ", "何"])
def test_no_name_is_no_answer(name):
    form = agree(typed_name=name)
    assert form.errors == {"typed_name": ["Please type your name; without it nothing is sent."]}


def test_a_code_is_asked_for_where_the_client_wants_one():
    assert "code" not in agree(typed_name="何嘉宁").fields
    form = agree(needs_code=True, typed_name="何嘉宁")
    assert form.is_valid()
    assert form.cleaned_data["code"] == ""


def test_an_objection_names_its_point():
    form = objection()
    assert form.is_valid()
    assert form.about_text() == "2 The box is green."


def test_an_objection_may_be_about_the_whole():
    form = objection(about="general")
    assert form.is_valid()
    assert form.about_text() == "The report as a whole"


@pytest.mark.parametrize("field", ["about", "reason", "typed_name", "sha256"])
def test_an_objection_lacks_nothing(field):
    assert list(objection(**{field: ""}).errors) == [field]


def test_a_long_point_is_cut_to_what_is_kept():
    label = point_label("1.2", "长" * 200)
    assert len(label) == ABOUT
    assert label.startswith("1.2 长")
    assert label.endswith("…")
    assert [key for key, _label in about_choices(POINTS)] == ["general", "1", "2"]


@pytest.fixture
def cast(ae, am):
    client, _contact = make.make_account(ae, am, code="LM")
    return Cast(client, AT, me=ae)


def event(cast, **typed):
    people = {"contacts": [key_of(cast.main_contact)], "users": [key_of(cast.me)]}
    data = {"title": "Poster", "ended_at": "2026-11-19T11:37"} | people | typed
    return EventForm(data, cast=cast, at=AT)


def test_what_is_proposed_for_a_call(cast):
    assert first_values(cast, AT + timedelta(seconds=31)) == {
        "ended_at": AT,
        "contacts": [key_of(cast.main_contact)],
        "users": [key_of(cast.me)],
        "returner": key_of(cast.main_contact),
    }


def test_a_client_without_contacts_proposes_nobody(ae):
    client, contact = make.make_account(ae)
    contact.is_active = False
    contact.save()
    proposed = first_values(Cast(client, AT, me=ae), AT)
    assert (proposed["contacts"], proposed["returner"]) == ([], "")


def test_the_length_gives_the_start(cast):
    form = event(cast, minutes="20")
    assert form.is_valid()
    facts = form.facts()
    assert facts["ended_at"] - facts["starts_at"] == timedelta(minutes=20)
    assert (facts["title"], facts["users"]) == ("Poster", [cast.me])


def test_an_unknown_length_starts_at_the_end(cast):
    form = event(cast)
    assert form.is_valid()
    assert form.facts()["starts_at"] == form.facts()["ended_at"]


@pytest.mark.parametrize(
    ("ended", "is_fine"), [("2026-11-19T12:00", True), ("2026-11-19T12:01", False)]
)
def test_it_ended_now_at_the_latest(cast, ended, is_fine):
    assert event(cast, ended_at=ended).is_valid() is is_fine
