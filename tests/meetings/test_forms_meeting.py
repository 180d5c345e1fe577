"""The forms of a plan: people and items as rows, times in order, outcomes of items."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from accounts.forms.cast import Cast, key_of
from meetings.forms.meeting import MoveForm, Outcomes
from meetings.forms.plan import NewPlanForm, PlanPage, moved_item
from meetings.models import AgendaItem
from tests.builders import when
from tests.meetings import make

AT = when("2026-11-19 12:00")
HOUR = timedelta(hours=1)
KEY = "6f1cfa5c-9a6a-4f0c-8b0e-0f6f3f6f7a11"


@pytest.fixture
def account(ae, am):
    return make.make_account(ae, am, code="LM")


@pytest.fixture
def cast(account, ae):
    return Cast(account[0], AT, me=ae)


def post(people=(), items=(), **fields):
    head = {
        "form_key": KEY,
        "title": "Media review",
        "kind": "face",
        "purpose": "work",
        "place": "ours",
        "starts_at": "2026-11-20T10:00",
        "planned_end": "2026-11-20T11:00",
    }
    data = head | fields
    for prefix, rows in (("people", people), ("items", items)):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def plan(cast, known=(), **typed):
    return PlanPage(
        NewPlanForm, cast=cast, initial={}, people=[], items=[], known=known, data=post(**typed)
    )


def test_people_of_both_sides(cast, account, ae):
    rows = [
        {"person": key_of(ae), "task": "leads"},
        {"person": key_of(account[1])},
        {"person": ""},
    ]
    page = plan(cast, people=rows)
    assert page.is_valid()
    ours, theirs = page.data().people
    assert (ours.user, ours.contact, ours.task) == (ae, None, "leads")
    assert (theirs.user, theirs.contact) == (None, account[1])


def test_a_task_without_a_person_is_pointed_out(cast):
    page = plan(cast, people=[{"person": "", "task": "leads"}])
    assert not page.is_valid()
    assert page.people.forms[0].errors == {"person": ["Choose who has this task."]}


def test_nobody_comes_twice(cast, ae):
    page = plan(cast, people=[{"person": key_of(ae)}, {"person": key_of(ae)}])
    assert not page.is_valid()
    assert page.form.non_field_errors() == ["Somebody is listed twice among the attendees."]


def test_items_with_speaker_minutes_and_marks(cast, account):
    rows = [
        {"title": "Mix", "minutes": "20", "speaker": key_of(account[1]), "is_client": "on"},
        {"title": "Box", "minutes": "5", "is_disputed": "on"},
        {"title": "", "minutes": "10"},
        {"title": "Gone", "minutes": "10", "DELETE": "on"},
    ]
    page = plan(cast, items=rows)
    assert page.is_valid()
    mix, box = page.data().items
    assert (mix.title, mix.minutes, mix.speaker, mix.source) == ("Mix", 20, account[1], "client")
    assert (box.minutes, box.is_disputed, box.source) == (5, True, "us")


def test_a_new_plan_without_items_gets_what_was_carried_over(cast):
    page = plan(cast)
    assert page.is_valid()
    assert page.data(propose_items=True).items is None
    assert page.data().items == []


def test_a_carried_item_stays_carried(cast, account, ae):
    meeting = make.plan(account[0], ae, "2026-11-20 10:00", "2026-11-20 11:00", [ae, account[1]])
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Mix", source="carried")
    row = {"pk": item.pk, "title": "Mix", "minutes": "10"}
    page = plan(cast, known=[item], items=[row])
    assert page.is_valid()
    assert (page.data().items[0].source, page.data().items[0].pk) == ("carried", item.pk)


def test_an_item_of_another_meeting_becomes_a_new_one(cast):
    page = plan(cast, items=[{"pk": "999", "title": "Mix", "minutes": "10"}])
    assert page.is_valid()
    assert page.data().items[0].pk is None


@pytest.mark.parametrize(
    ("end", "message"),
    [
        ("2026-11-20T10:00", "The end must come after the start."),
        ("2026-11-20T09:59", "The end must come after the start."),
        ("2026-11-21T10:01", "A meeting ends within 24 hours."),
    ],
)
def test_times_stand_in_order(cast, end, message):
    page = plan(cast, planned_end=end)
    assert not page.is_valid()
    assert page.form.errors == {"planned_end": [message]}


def test_what_was_typed_can_be_shown_as_text(cast, ae):
    page = plan(cast, people=[{"person": key_of(ae), "task": "leads"}])
    shown = {(str(label), text) for label, text in page.typed()}
    assert {("Title", "Media review"), ("Task", "leads"), ("Who", str(ae))} <= shown


def test_errors_are_listed_once_the_page_was_sent(cast):
    assert PlanPage(NewPlanForm, cast=cast, initial={}, people=[], items=[]).summary == []
    page = plan(cast, title="", items=[{"title": "Mix", "minutes": "0"}])
    assert not page.is_valid()
    assert [str(label) for _where, label, _text in page.summary] == ["Title", "Minutes 1"]


def test_move_asks_for_times_and_reason():
    form = MoveForm({"row_version": "1"})
    assert not form.is_valid()
    assert list(form.errors) == ["starts_at", "planned_end", "reason"]


def test_outcomes_are_read_item_by_item(account, ae):
    meeting = make.plan(account[0], ae, "2026-11-20 10:00", "2026-11-20 11:00", [ae, account[1]])
    make_item = AgendaItem.objects.create
    items = [make_item(meeting=meeting, position=n, title=f"Item {n}") for n in (1, 2)]
    data = {
        f"item-{items[0].pk}-outcome": "concluded",
        f"item-{items[0].pk}-conclusion": "Radio 18 %.",
        f"item-{items[1].pk}-outcome": "carried",
    }
    outcomes = Outcomes(items, data)
    assert outcomes.is_valid()
    assert outcomes.data() == {
        items[0].pk: ("concluded", "Radio 18 %."),
        items[1].pk: ("carried", ""),
    }


def test_every_faulty_outcome_shows_at_once(account, ae):
    meeting = make.plan(account[0], ae, "2026-11-20 10:00", "2026-11-20 11:00", [ae, account[1]])
    items = [
        AgendaItem.objects.create(meeting=meeting, position=n, title=f"Item {n}") for n in (1, 2)
    ]
    outcomes = Outcomes(items, {})
    assert not outcomes.is_valid()
    assert [list(form.errors) for _item, form in outcomes.rows] == [["outcome"], ["outcome"]]


def posted(**changes):
    """Two items as a page sends them."""
    data = QueryDict(mutable=True)
    data.update({"items-TOTAL_FORMS": "2", "items-INITIAL_FORMS": "0"})
    for number, title in enumerate(("Poster", "Prices")):
        data.update({f"items-{number}-title": title, f"items-{number}-minutes": str(10 + number)})
    data.update(changes)
    return data


@pytest.mark.parametrize(
    ("move", "titles"),
    [
        ("items-0-down", ["Prices", "Poster"]),
        ("items-1-up", ["Prices", "Poster"]),
        ("items-0-up", ["Poster", "Prices"]),
        ("items-1-down", ["Poster", "Prices"]),
        ("items-7-up", ["Poster", "Prices"]),
    ],
)
def test_an_arrow_changes_two_neighbours_over(move, titles):
    data = moved_item(posted(move=move))
    assert [data[f"items-{number}-title"] for number in range(2)] == titles
    assert data["is_arranged"] == "on"


@pytest.mark.parametrize("move", ["", "items", "items-x-up", "items-0-left", "people-0-up-"])
def test_what_is_no_arrow_moves_nothing(move):
    assert moved_item(posted(move=move)) is None


def test_a_tick_stays_with_its_row():
    data = moved_item(posted(**{"move": "items-0-down", "items-0-is_disputed": "on"}))
    assert "items-0-is_disputed" not in data
    assert data["items-1-is_disputed"] == "on"
