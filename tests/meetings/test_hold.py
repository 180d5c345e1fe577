"""A meeting while it goes on: lines, timers, outcomes, and the draft that they make (R12–R14)."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.forms.cast import Cast
from agency.common.errors import Refused, Stale
from meetings import services
from meetings.background import sentences
from meetings.models import ContactReport, HoldLine, Meeting
from meetings.services.typed import ItemData
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R13")]
START, END, AT = "2026-11-19 10:00", "2026-11-19 11:00", when("2026-11-19 10:10")
NOON = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def meeting(account, ae):
    client, contact = account
    items = [ItemData("Poster", 20), ItemData("Radio", 10)]
    return make.invited(client, ae, contact, START, END, items=items)


def again(row):
    return type(row).objects.get(pk=row.pk)


def say(meeting, by, typed, item="Poster", at=AT, key=None, **beside):
    said = services.Said(typed, Cast(meeting.client, at, me=by), **beside)
    row = meeting.items.get(title=item) if item else None
    return services.add_line(
        meeting=meeting, key=key or uuid.uuid4(), said=said, item=row, by=by, at=at
    )


def change(line, by, typed, row_version=None, at=AT):
    said = services.Said(typed, Cast(line.meeting.client, at, me=by), kind=line.kind)
    return services.change_line(line=line, said=said, row_version=row_version, by=by, at=at)


def hold(meeting, by, at=NOON):
    return services.hold_meeting(
        meeting=meeting, ended_at=when(END), row_version=None, by=by, at=at
    )


def points(report):
    rows = report.points.select_related("item").order_by("position")
    return [(str(row.item or ""), row.kind, row.text) for row in rows]


def actions(report):
    rows = report.actions.order_by("position")
    return [(row.text, str(row.user or row.contact or ""), str(row.due_on or "")) for row in rows]


def test_a_line_is_kept_with_who_typed_it_and_when(meeting, ae):
    line = say(meeting, ae, "d Poster A is taken.")
    assert (line.kind, line.text, str(line.item)) == ("d", "Poster A is taken.", "Poster")
    assert (line.created_by, line.created_at) == (ae, AT)


def test_an_action_names_who_and_by_when(meeting, account, ae):
    _client, contact = account
    line = say(meeting, ae, f"a {contact.name} 12-03 sends the packshots")
    assert (line.contact, f"{line.due_on}") == (contact, "2026-12-03")
    assert line.text == "sends the packshots"
    line = say(meeting, ae, "second draft", kind="a", owner=ae, due_on=line.due_on)
    assert (line.user, f"{line.due_on}", line.text) == (ae, "2026-12-03", "second draft")


def test_the_same_key_twice_is_one_line(meeting, ae, am):
    key = uuid.uuid4()
    first = say(meeting, ae, "d Poster A.", key=key)
    assert say(meeting, am, "d Poster A.", key=key) == first
    assert HoldLine.objects.count() == 1


def test_a_key_of_another_meeting_gives_nothing_away(meeting, account, ae):
    client, contact = account
    other = make.invited(client, ae, contact, START, END, items=[ItemData("Poster", 5)])
    key = uuid.uuid4()
    say(meeting, ae, "d Poster A.", key=key)
    with pytest.raises(Refused):
        say(other, ae, "d Poster B.", key=key)
    with pytest.raises(Refused):
        services.add_line(
            meeting=other, key=uuid.uuid4(), said=services.Said("x", None), by=ae, at=AT,
            item=meeting.items.first(),
        )  # fmt: skip


@pytest.mark.parametrize("typed", ["", "  ", "d ", "a " + "x" * 301, "c " + "x" * 2001])
def test_nothing_and_too_much_are_refused(meeting, ae, typed):
    if typed == "d ":
        assert say(meeting, ae, typed).text == "d"
        return
    with pytest.raises(Refused):
        say(meeting, ae, typed)


def test_others_may_type_nothing(meeting, other_ae):
    for person in (other_ae, make_user(role="department"), make_user(role="management")):
        with pytest.raises(PermissionDenied):
            say(meeting, person, "d Poster A.")


def test_a_changed_line_says_so_and_a_stale_page_is_told_the_words(meeting, ae, am):
    line = say(meeting, ae, "c Radio stays.")
    assert change(line, am, "d Radio goes.", 0).kind == "d"
    with pytest.raises(Stale, match="Radio goes"):
        change(line, ae, "c Radio is doubled.", 0)
    services.remove_line(line=line, row_version=1, by=ae, at=AT)
    with pytest.raises(Stale, match="removed this line: “Radio goes"):
        change(line, ae, "c Radio is doubled.", 1)


@pytest.mark.rule("R14")
def test_lines_become_points_and_actions_of_the_draft(meeting, account, ae):
    _client, contact = account
    say(meeting, ae, "c Twenty per cent at most.", "Radio")
    say(meeting, ae, "d Poster A.")
    say(meeting, ae, "c Blue stays.")
    say(meeting, ae, f"a {contact.name} 12-03 sends packshots")
    report = hold(meeting, ae)
    assert points(report) == [
        ("Poster", "decision", "Poster A."),
        ("Poster", "discussion", "Blue stays."),
        ("Radio", "discussion", "Twenty per cent at most."),
    ]
    assert actions(report) == [("sends packshots", contact.name, "2026-12-03")]
    assert meeting.items.get(title="Radio").conclusion == "Twenty per cent at most."
    assert contact in report.recipients.all()


def test_the_clocks_draft_takes_over_without_doubling(meeting, ae):
    say(meeting, ae, "d Poster A.")
    make.tick(when(END))
    say(meeting, ae, "d Radio is off.", "Radio", at=when("2026-11-19 11:05"))
    report = hold(meeting, ae)
    say(meeting, ae, "c One more.", None, at=NOON)
    assert points(report) == [
        ("Poster", "decision", "Poster A."),
        ("Radio", "decision", "Radio is off."),
        ("", "discussion", "One more."),
    ]


def test_words_of_the_draft_are_never_written_over(meeting, ae):
    line, kept = say(meeting, ae, "d Poster A."), say(meeting, ae, "c Blue stays.")
    report = hold(meeting, ae)
    report.points.filter(text="Poster A.").update(text="Poster A, in blue.")
    change(line, ae, "d Poster B.", at=NOON)
    change(kept, ae, "d Blue goes.", at=NOON)
    texts = [text for _item, _kind, text in points(report)]
    assert texts == ["Poster A, in blue.", "Blue goes.", ""]
    services.remove_line(line=line, row_version=None, by=ae, at=NOON)
    services.remove_line(line=kept, row_version=None, by=ae, at=NOON)
    assert [text for _item, _kind, text in points(report)] == ["Poster A, in blue.", ""]
    assert meeting.items.get(title="Poster").conclusion == ""


def test_an_action_may_turn_into_a_decision(meeting, ae):
    line = say(meeting, ae, "a 12-03 second draft")
    report = hold(meeting, ae)
    assert actions(report) == [("second draft", "", "2026-12-03")]
    change(line, ae, "d no second draft", at=NOON)
    assert (actions(report), points(report)[0][2]) == ([], "no second draft")


def test_who_writes_the_draft_is_told_of_a_new_line(meeting, ae):
    report = hold(meeting, ae)
    say(meeting, ae, "d Poster A.", at=NOON)
    with pytest.raises(Stale):
        services.save_draft(
            report=report, data=make.typed(), row_version=report.row_version, by=ae, at=NOON
        )


def test_after_the_issue_nothing_is_added(meeting, ae):
    line = say(meeting, ae, "d Poster A.")
    report = hold(meeting, ae)
    make.send_out(report, ae, NOON)
    with pytest.raises(Refused):
        say(meeting, ae, "d Poster B.", at=NOON)
    with pytest.raises(Refused):
        change(line, ae, "d Poster B.", at=NOON)


@pytest.mark.rule("R12")
def test_one_timer_runs_and_adds_up(meeting, ae, am):
    poster, radio = meeting.items.all()
    services.start_item(item=poster, by=ae, at=AT)
    services.start_item(item=poster, by=am, at=AT + timedelta(seconds=5))
    services.start_item(item=radio, by=ae, at=AT + timedelta(seconds=90))
    assert (again(poster).spent, again(poster).running_since) == (90, None)
    services.stop_item(item=radio, by=ae, at=AT + timedelta(seconds=100), ago=4)
    services.stop_item(item=radio, by=ae, at=AT + timedelta(seconds=400))
    assert again(radio).spent == 6


@pytest.mark.rule("R12")
def test_the_end_of_the_meeting_stops_its_timer(meeting, ae):
    item = meeting.items.first()
    services.start_item(item=item, by=ae, at=when(END) - timedelta(seconds=30))
    hold(meeting, ae)
    assert (again(item).spent, again(item).running_since) == (30, None)
    with pytest.raises(Refused):
        services.start_item(item=item, by=ae, at=NOON)


@pytest.mark.rule("R14")
def test_an_outcome_is_kept_at_once(meeting, ae):
    item = meeting.items.first()
    services.set_outcome(item=item, outcome="carried", by=ae, at=AT)
    assert again(item).outcome == "carried"
    with pytest.raises(Refused):
        services.set_outcome(item=item, outcome="won", by=ae, at=AT)


def test_attendance_is_kept_at_once(meeting, account, ae):
    row = meeting.attendees.get(contact=account[1])
    services.set_present(attendee=row, present=False, by=ae, at=AT)
    assert again(row).present is False


@pytest.mark.rule("R12")
def test_the_most_senior_chairs_unless_somebody_is_named(account, ae, am):
    client, contact = account
    meeting = make.plan(client, ae, START, END, [ae, am, contact])
    assert services.chair_of(meeting) == am
    services.set_chair(meeting=meeting, chair=ae, background="", row_version=None, by=ae, at=AT)
    assert services.chair_of(again(meeting)) == ae


@pytest.mark.rule("R12")
def test_only_one_of_ours_who_attends_chairs(meeting, ae, am):
    with pytest.raises(Refused):
        services.set_chair(meeting=meeting, chair=am, background="", row_version=None, by=ae, at=AT)


@pytest.mark.rule("R12")
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One. Two! Three?", 3),
        ("一。二！三？\n四", 4),
        ("Share rose by 3.5 per cent... Then it fell", 2),
        ("-\n—\n", 0),
    ],
)
def test_sentences_are_counted(text, count):
    assert sentences(text) == count


@pytest.mark.rule("R12")
def test_a_background_has_fifteen_sentences_at_most(meeting, ae):
    fill = {"meeting": meeting, "chair": None, "row_version": None, "by": ae, "at": AT}
    services.set_chair(background="句。" * 15, **fill)
    with pytest.raises(Refused):
        services.set_chair(background="句。" * 16, **fill)
    assert Meeting.objects.get(pk=meeting.pk).background == "句。" * 15
    assert not ContactReport.objects.exists()


def test_a_line_costs_few_questions(meeting, ae, django_assert_max_num_queries):
    """The lock with what stands beside it, the right, the row; the transaction around them."""
    item, said = meeting.items.first(), services.Said("d Poster A.", None)
    with django_assert_max_num_queries(6):
        services.add_line(meeting=meeting, key=uuid.uuid4(), said=said, item=item, by=ae, at=AT)


def test_a_report_has_room_for_so_many_lines(meeting, ae):
    keys = (uuid.uuid4() for _number in range(180))
    rows = [HoldLine(meeting=meeting, key=key, kind="d", text="x", created_by=ae) for key in keys]
    HoldLine.objects.bulk_create(rows)
    with pytest.raises(Refused):
        say(meeting, ae, "d One too many.")


def test_a_line_sent_again_is_the_same_even_after_the_limit(meeting, ae):
    key = uuid.uuid4()
    first = say(meeting, ae, "d Poster A.", key=key)
    change(first, ae, "d Poster B.")
    assert say(meeting, ae, "d Poster A.", key=key).text == "Poster B."


def test_no_line_of_a_meeting_that_was_called_off_or_is_a_draft(account, ae):
    client, contact = account
    draft = make.plan(client, ae, START, END, [ae, contact], items=[ItemData("Poster", 20)])
    with pytest.raises(Refused):
        say(draft, ae, "d Poster A.")
    Meeting.objects.filter(pk=draft.pk).update(state="cancelled")
    with pytest.raises(Refused):
        say(draft, ae, "d Poster A.")


def test_no_further_action_is_taken_back_by_an_action(meeting, ae):
    report = hold(meeting, ae)
    ContactReport.objects.filter(pk=report.pk).update(no_action=True)
    say(meeting, ae, "a 12-03 second draft", at=NOON)
    assert ContactReport.objects.get(pk=report.pk).no_action is False
