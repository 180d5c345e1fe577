"""A brainstorm before it is filed: its chair, its people, its ideas, its clock (R43, R82)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from archives.models import Brainstorm
from archives.services.brainstorm import (
    change_idea,
    decide,
    due_at,
    is_own,
    rank_of_chair,
    remind_record,
    update_brainstorm,
)
from archives.tasks.brand import STEPS
from tests.archives.papers import NOON
from tests.archives.storms import (
    BEGAN,
    ENDED,
    HOUR,
    QUESTION,
    decided,
    filed,
    make_storm,
    with_idea,
)
from tests.builders import assign, make_brand, make_client, make_user

pytestmark = pytest.mark.django_db
REASON = "The manager is on leave."
SECOND = timedelta(seconds=1)


@pytest.fixture
def brand(ae, am):
    return make_brand(make_client(team=[ae, am]), name="Crisp Grain")


@pytest.fixture
def storm(brand, ae, am):
    return make_storm(brand, ae, am)


# --- chair and people ---------------------------------------------------------------------------


@pytest.mark.rule("R82")
def test_the_manager_chairs_without_a_word(storm, ae, am):
    assert storm.chair == am
    assert storm.chair_reason == ""
    assert {*storm.people.all()} == {ae, am}


@pytest.mark.rule("R82")
def test_an_executive_in_the_chair_needs_a_reason(brand, ae):
    with pytest.raises(Refused) as refused:
        make_storm(brand, ae, ae, chair_reason="Because.")
    assert refused.value.field == "chair_reason"
    assert make_storm(brand, ae, ae, chair_reason=REASON).chair_reason == REASON


def test_a_reason_nobody_needs_is_not_kept(brand, ae, am):
    assert make_storm(brand, ae, am, chair_reason=REASON).chair_reason == ""


def test_the_rank_of_the_chair_is_that_on_the_client(brand):
    helper, guest = make_user(role="am"), make_user(role="ad")
    assign(brand.client, helper, role="ae")
    assert rank_of_chair(helper, brand.client, NOON) == 1
    assert rank_of_chair(guest, brand.client, NOON) == 3
    assert rank_of_chair(make_user(role="department"), brand.client, NOON) == 0


def test_a_department_in_the_chair_needs_a_reason_too(brand, ae):
    creative = make_user(role="department")
    with pytest.raises(Refused, match="reason"):
        make_storm(brand, ae, creative)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ended_at": BEGAN}, "ended_at"),
        ({"ended_at": BEGAN - SECOND}, "ended_at"),
        ({"ended_at": BEGAN + timedelta(days=1, seconds=1)}, "ended_at"),
        ({"question": ""}, "question"),
        ({"job_number": "X" * 21}, "job_number"),
    ],
)
def test_a_brainstorm_that_cannot_be_is_refused_at_its_field(brand, ae, am, facts, field):
    with pytest.raises(Refused) as refused:
        make_storm(brand, ae, am, **facts)
    assert refused.value.field == field


def test_who_does_not_serve_the_client_calls_nobody_together(brand, am):
    with pytest.raises(PermissionDenied):
        make_storm(brand, make_user(), am)


def test_the_same_form_twice_makes_one(brand, ae, am):
    key = "3b1f6a2e-9d9c-4a43-8f0b-0c5f1d2e3a4b"
    rows = {make_storm(brand, ae, am, form_key=key).pk for _time in range(2)}
    assert len(rows) == 1


def test_what_is_planned_is_changed_and_its_record_due_later(storm, ae, am):
    facts = {"question": "And the smell?", "on": BEGAN, "chair": am, "chair_reason": ""}
    row = update_brainstorm(
        brainstorm=storm,
        people=[am],
        ended_at=ENDED + HOUR,
        by=ae,
        at=NOON,
        **facts,
    )
    assert (row.question, row.next_notice_at) == ("And the smell?", NOON + 24 * HOUR)
    assert list(row.people.all()) == [am]


def test_a_page_opened_before_the_last_change_changes_nothing(storm, ae):
    with pytest.raises(Stale):
        decide(
            brainstorm=storm,
            chosen=[],
            next_step="A demo.",
            by=ae,
            at=NOON,
            row_version=storm.row_version + 1,
        )


def test_it_is_called_by_the_first_line_of_its_question():
    assert str(Brainstorm(question="One?\nTwo?")) == "One?"
    assert str(Brainstorm(question=" ")) == ""


# --- ideas --------------------------------------------------------------------------------------


@pytest.mark.rule("R74")
def test_an_idea_stands_under_the_name_of_whoever_had_it(storm, ae, am):
    idea = with_idea(storm, am)
    assert (idea.by, idea.is_chosen) == (am, False)
    assert AuditEntry.objects.get(verb="add_idea").actor == am


def test_an_idea_of_somebody_who_was_not_there_is_refused(storm, ae):
    with pytest.raises(Refused, match="among the people first"):
        change_idea(idea=with_idea(storm, ae), whose=make_user(), text="x", by=ae, at=NOON)


def test_an_idea_is_said_better_while_the_record_is_open(storm, ae, am):
    idea = with_idea(storm, ae)
    row = change_idea(idea=idea, whose=am, text="A bite at night.", by=am, at=NOON)
    assert (row.text, row.by) == ("A bite at night.", am)


def test_an_empty_idea_is_none(storm, ae):
    with pytest.raises(Refused) as refused:
        with_idea(storm, ae, " ")
    assert refused.value.field == "text"


@pytest.fixture
def creative(brand):
    assign(brand.client, user := make_user(role="department"))
    return user


def test_a_department_that_was_there_notes_its_own_idea(brand, ae, am, creative):
    storm = make_storm(brand, ae, am, people=[creative])
    idea = with_idea(storm, creative)
    assert is_own(storm, creative)
    assert change_idea(
        idea=idea, whose=creative, text="Louder.", by=creative, at=NOON
    ).text == "Louder."  # fmt: skip


def test_a_department_speaks_for_nobody_else(brand, ae, am, creative):
    storm = make_storm(brand, ae, am, people=[creative])
    assert not is_own(storm, creative, whose=ae)
    with pytest.raises(PermissionDenied):
        change_idea(
            idea=with_idea(storm, ae), whose=creative, text="x", by=creative, at=NOON
        )  # fmt: skip


def test_a_department_that_was_not_there_adds_nothing(storm, creative):
    with pytest.raises(PermissionDenied):
        with_idea(storm, creative)


def test_ideas_are_chosen_and_left_again(storm, ae):
    first, second = with_idea(storm, ae), with_idea(storm, ae, "Thunder.")
    decided(storm, ae, [first, second])
    decided(storm, ae, [second])
    assert [idea.is_chosen for idea in storm.ideas.all()] == [False, True]


def test_an_idea_of_another_brainstorm_is_not_chosen_here(storm, brand, ae, am):
    other = with_idea(make_storm(brand, ae, am), ae)
    decided(storm, ae, [other])
    other.refresh_from_db()
    assert not other.is_chosen


# --- the clock ----------------------------------------------------------------------------------


def told():
    rows = Notification.objects.filter(kind="brainstorm_record")
    return [(row.recipient, row.label) for row in rows]


def tick(at):
    step = STEPS[0]
    return [step.act(item, at) for item in step.due(at)]


@pytest.mark.rule("R43")
def test_24_hours_after_the_end_the_executive_is_reminded_once(storm, ae):
    due = ENDED + 24 * HOUR
    assert due_at(storm) == due
    assert tick(due - SECOND) == []
    assert len(tick(due)) == 1
    assert tick(due + HOUR) == []
    label = f"No record yet of the brainstorm for Crisp Grain: {QUESTION}"
    assert told() == [(ae, label)]


@pytest.mark.rule("R43")
def test_nights_and_holidays_count(brand, ae, am):
    eve = BEGAN.replace(month=9, day=30)
    storm = make_storm(brand, ae, am, on=eve, ended_at=eve + HOUR)
    assert storm.next_notice_at == eve + 25 * HOUR


def test_what_is_filed_in_time_reminds_nobody(storm, ae):
    filed(storm, ae)
    assert tick(NOON + 48 * HOUR) == []
    remind_record(brainstorm=storm, at=NOON + 48 * HOUR)
    assert told() == []


def test_a_later_end_makes_it_due_anew(storm, ae, am):
    facts = {"question": QUESTION, "on": NOON, "chair": am, "chair_reason": ""}
    update_brainstorm(
        brainstorm=storm,
        people=[],
        ended_at=NOON + HOUR,
        by=ae,
        at=NOON,
        **facts,
    )
    assert tick(ENDED + 24 * HOUR) == []
    assert len(tick(NOON + 25 * HOUR)) == 1
