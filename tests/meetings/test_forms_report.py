"""The forms of a draft: rows in order, blanks dropped, reasons at their fields."""

import pytest

from accounts.forms.cast import Cast, key_of
from agency.common.errors import Refused
from meetings.forms.report import Draft, badges_of, laid_out, moved_row
from meetings.models import AgendaItem
from meetings.services.typed import ActionData, PointData, ReportData
from tests.builders import when
from tests.meetings import make

AT = when("2026-11-19 12:00")
DAY = AT.date()


@pytest.fixture
def account(ae, am):
    return make.make_account(ae, am, code="LM")


@pytest.fixture
def cast(account, ae):
    return Cast(account[0], AT, me=ae)


def post(points=(), actions=(), **fields):
    """What a browser sends: rows as dicts, the rest as fields."""
    data = {"row_version": "3", "channel": "mail", **fields}
    for prefix, rows in (("points", points), ("actions", actions)):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def point(text, kind="discussion", **more):
    return {"kind": kind, "text": text, **more}


def typed(cast, items=(), **fields):
    draft = Draft(ReportData(), cast=cast, items=items, data=post(**fields))
    assert draft.is_valid(), draft.summary
    return draft


def texts(draft):
    return [row.text for row in draft.data().points]


def test_rows_come_in_the_order_of_the_page(cast):
    draft = typed(cast, points=[point("One"), point(""), point("Two", "decision")])
    assert [(row.text, row.kind) for row in draft.data().points] == [
        ("One", "discussion"),
        ("Two", "decision"),
    ]
    assert draft.row_version == 3


def test_a_row_taken_away_is_gone(cast):
    assert texts(typed(cast, points=[point("One", DELETE="on"), point("Two")])) == ["Two"]


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("points-2-up", ["One", "Three", "Two"]),
        ("points-0-down", ["Two", "One", "Three"]),
        ("points-0-up", ["One", "Two", "Three"]),
        ("points-2-down", ["One", "Two", "Three"]),
        ("actions-0-down", ["One", "Two", "Three"]),
        ("points-9-up", ["One", "Two", "Three"]),
    ],
)
def test_a_row_moves_by_one(cast, move, order):
    rows = [point("One"), point("Two"), point("Three")]
    assert texts(typed(cast, points=rows, move=move)) == order


@pytest.mark.parametrize("value", ["", "points", "points-x-up", "points-1-left", "memo-1-up"])
def test_a_move_without_sense_is_none(value):
    assert moved_row({"move": value}) == ("", 0, 0)


def test_an_owner_is_ours_or_the_clients(cast, account, ae):
    rows = [
        {"text": "A", "owner": key_of(ae), "due_on": "2026-11-20"},
        {"text": "B", "owner": key_of(account[1])},
        {"text": "C", "owner": ""},
    ]
    ours, theirs, open_ = typed(cast, actions=rows).data().actions
    assert (ours.user, ours.contact, ours.due_on.day) == (ae, None, 20)
    assert (theirs.user, theirs.contact) == (None, account[1])
    assert (open_.user, open_.contact, open_.due_on) == (None, None, None)


def test_the_owner_proposed_makes_no_action_of_an_empty_row(cast, ae):
    assert typed(cast, actions=[{"text": " ", "owner": key_of(ae)}]).data().actions == []


def test_the_lists_are_people(cast, account, ae):
    fields = {"recipients": [key_of(account[1])], "readers": [key_of(ae)], "no_action": "on"}
    data = typed(cast, returner=key_of(account[1]), **fields).data()
    assert (data.returner, data.recipients, data.readers) == (account[1], [account[1]], [ae])
    assert data.no_action is True


def test_reasons_stand_at_their_rows(cast):
    rows = [point("One"), point(""), point("Two", "problem")]
    draft = typed(cast, points=rows, actions=[{"text": "Send", "owner": ""}])
    reasons = [
        ("points-2-solution", "How?"),
        ("actions-1-owner", "Who?"),
        ("returner", "Whom?"),
        ("points", "More."),
        ("elsewhere", "Odd."),
    ]
    draft.refuse(Refused("How?", "points-2-solution", reasons))
    assert draft.points.forms[2].errors["solution"] == ["How?"]
    assert draft.actions.forms[0].errors["owner"] == ["Who?"]
    assert draft.report.errors["returner"] == ["Whom?"]
    assert draft.report.non_field_errors() == ["More.", "Odd."]
    assert len(draft.summary) == 5


def test_a_page_just_opened_is_not_at_fault_for_being_empty(cast):
    draft = Draft(ReportData(points=[PointData("problem", "P")]), cast=cast)
    draft.show([("points-1-solution", "How?"), ("actions", "What?")], all_of_it=False)
    assert draft.points.forms[0].errors["solution"] == ["How?"]
    assert draft.report.errors == {}
    assert draft.summary == []


def test_what_was_typed_can_be_shown_as_text(cast, account):
    rows = [point("One"), point("")]
    draft = typed(cast, points=rows, returner=key_of(account[1]))
    shown = [(str(label), text) for label, text in draft.typed()]
    assert ("Text 1", "One") in shown
    assert ("Returner", "何嘉宁") in shown


def test_take_over_lets_the_next_save_stand(cast):
    draft = typed(cast, points=[point("One")])
    draft.take_over(9)
    assert draft.report["row_version"].value() == 9


def test_the_page_shows_what_is_stored(cast, account, ae):
    current = ReportData(
        points=[PointData("decision", "One")],
        actions=[ActionData("Send", contact=account[1], due_on=DAY)],
        returner=account[1],
    )
    draft = Draft(current, cast=cast, row_version=7)
    assert draft.points.forms[0]["text"].value() == "One"
    assert draft.actions.forms[0]["owner"].value() == key_of(account[1])
    assert draft.actions.forms[1]["owner"].value() == key_of(ae)
    assert draft.report["row_version"].value() == 7


# --- points by agenda item ----------------------------------------------------------------------


@pytest.fixture
def items(account, ae):
    meeting = make.plan(account[0], ae, "2026-11-19 09:00", "2026-11-19 10:00", [ae, account[1]])
    make_item = AgendaItem.objects.create
    return [
        make_item(meeting=meeting, position=1, title="Mix", outcome="concluded"),
        make_item(meeting=meeting, position=2, title="Box", is_disputed=True, source="client"),
    ]


def test_every_item_has_a_row_to_type_into(items):
    mix, box = items
    rows = laid_out([PointData(text="None"), PointData(text="Mix", item=mix)], items)
    assert [(row.text, row.item) for row in rows] == [("Mix", mix), ("", box), ("None", None)]


def test_points_of_an_item_stand_together_under_its_head(cast, items):
    mix, box = items
    rows = [point("B1", item=str(box.pk)), point("None"), point("M1", item=str(mix.pk))]
    draft = typed(cast, items, points=rows)
    assert texts(draft) == ["M1", "B1", "None"]
    assert [form.heading for form in draft.points.forms] == ["Box", "", "Mix"]


def test_a_foreign_item_is_refused(cast, items):
    draft = Draft(
        ReportData(), cast=cast, items=items[:1], data=post([point("A", item=str(items[1].pk))])
    )
    assert not draft.is_valid()
    assert "item" in draft.points.forms[0].errors


def test_badges_of_an_item(items):
    mix, box = items
    assert [(str(word), tone) for word, tone in badges_of(mix)] == [("Concluded", "green")]
    assert [(str(word), tone) for word, tone in badges_of(box)] == [
        ("Client topic", "accent"),
        ("Disputed", ""),
        ("Open", "red"),
    ]
    assert len(badges_of(box, is_over=False)) == 2
