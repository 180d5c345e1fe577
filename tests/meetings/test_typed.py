from datetime import date

import pytest

from meetings.services import typed
from tests.meetings.make import action, log, make_account


def test_point_without_words_is_empty():
    assert typed.PointData(kind="problem", text="  ").is_empty
    assert not typed.PointData(solution="Move it").is_empty


def test_action_with_an_owner_only_is_not_empty(ae):
    assert typed.ActionData(text=" ").is_empty
    assert not typed.ActionData(user=ae).is_empty
    assert not typed.ActionData(due_on=date(2026, 11, 20)).is_empty


@pytest.mark.django_db
def test_what_was_typed_comes_back_as_it_was(ae):
    client, contact = make_account(ae)
    data = typed.ReportData(
        points=[typed.PointData("problem", "Gold is green", "Print again")],
        actions=[action("Print", user=ae, due_on=date(2026, 11, 25))],
        returner=contact,
        remark_internal="Careful",
    )
    report = log(client, contact, ae, data=data)
    back = typed.of_report(report)
    assert [(p.kind, p.text, p.solution) for p in back.points] == [
        ("problem", "Gold is green", "Print again")
    ]
    assert [(a.text, a.user, a.due_on) for a in back.actions] == [("Print", ae, date(2026, 11, 25))]
    assert (back.returner, back.remark_internal) == (contact, "Careful")
