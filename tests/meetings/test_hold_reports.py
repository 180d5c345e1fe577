"""What the page of a meeting that goes on reads: last decisions, timers, who chairs (R12)."""

from datetime import timedelta

import pytest

from agency.common.models import AuditEntry
from meetings import services
from meetings.models import AgendaItem, HoldLine, Meeting
from meetings.reports.hold import ItemRow, is_open, item_rows, last_decisions, seconds_spoken
from meetings.services.typed import ItemData, PointData
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R12")]
START, END, AT = "2026-11-19 10:00", "2026-11-19 11:00", when("2026-11-19 10:10")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def meeting(account, ae):
    client, contact = account
    items = [ItemData("Poster", 20), ItemData("Radio", 10)]
    return make.invited(client, ae, contact, START, END, items=items)


def said(*texts):
    points = [PointData("decision", text) for text in texts]
    return make.typed(points=[*points, PointData(text="Only talked about.")])


def report_of(account, ae, day, *texts):
    client, contact = account
    data = make.typed(contact, points=said(*texts).points)
    return make.issued(client, contact, ae, ended_at=when(f"2026-11-{day} 10:00"), data=data)


def test_decisions_are_those_of_the_newest_report(meeting, account, ae):
    report_of(account, ae, 10, "Old.")
    newest = report_of(account, ae, 12, "Poster A.", "Blue stays.")
    report, points = last_decisions(meeting)
    assert report == newest
    assert [point.text for point in points] == ["Poster A.", "Blue stays."]


def test_drafts_and_reports_of_others_decide_nothing(meeting, account, ae, am, other_ae):
    client, contact = account
    make.log(client, contact, ae, ended_at=when("2026-11-12 10:00"))
    foreign = make.make_account(other_ae, am)
    report_of(foreign, other_ae, 13, "Not ours.")
    assert last_decisions(meeting) == (None, [])


def test_a_revision_stands_in_place_of_what_it_replaced(meeting, account, ae):
    first = report_of(account, ae, 12, "Poster A.")
    at = when("2026-11-12 12:00")
    draft = services.revise_report(report=first, reason="It was poster B after all.", by=ae, at=at)
    assert last_decisions(meeting)[0] == first
    make.send_out(draft, ae, at)
    assert last_decisions(meeting)[0] == draft


@pytest.mark.parametrize(
    ("seconds", "minutes", "clock", "over"),
    [
        (0, 5, "0:00", ""),
        (299, 5, "4:59", ""),
        (300, 5, "5:00", ""),
        (301, 5, "5:01", "0:01"),
        (360, 5, "6:00", "1:00"),
        (3723, 5, "62:03", "57:03"),
    ],
)
def test_a_clock_says_the_time_and_what_is_over(seconds, minutes, clock, over):
    row = ItemRow(AgendaItem(minutes=minutes), [], seconds)
    assert (row.clock, row.over) == (clock, over)


def test_a_running_clock_counts_on(meeting, ae):
    item = meeting.items.first()
    services.start_item(item=item, by=ae, at=AT)
    item.refresh_from_db()
    assert seconds_spoken(item, AT + timedelta(seconds=75)) == 75
    assert seconds_spoken(item, AT - timedelta(seconds=5)) == 0


def test_lines_stand_under_their_item_and_removed_ones_nowhere(meeting, ae):
    poster, radio = meeting.items.all()
    for number, item in enumerate((poster, radio, None, poster)):
        HoldLine.objects.create(
            meeting=meeting, item=item, key=f"{number:032x}", kind="d", text=f"{number}",
            created_by=ae, is_removed=number == 3,
        )  # fmt: skip
    rows, loose = item_rows(meeting, AT)
    assert [[line.text for line in row.lines] for row in rows] == [["0"], ["1"]]
    assert [line.text for line in loose] == ["2"]


def test_it_is_open_until_the_report_is_issued(meeting, ae):
    assert is_open(meeting)
    report = services.hold_meeting(
        meeting=meeting, ended_at=when(END), row_version=None, by=ae, at=when("2026-11-19 12:00")
    )
    assert is_open(Meeting.objects.get(pk=meeting.pk))
    make.send_out(report, ae, when("2026-11-19 12:00"))
    assert not is_open(Meeting.objects.get(pk=meeting.pk))
    assert not is_open(Meeting(state=Meeting.State.CANCELLED))


def test_of_two_of_one_rank_the_one_in_charge_chairs(account, ae):
    client, contact = account
    people = [make_user(role="ae"), ae, make_user(role="department"), contact]
    assert services.chair_of(make.plan(client, ae, START, END, people)) == ae


def test_who_is_away_does_not_chair_and_the_end_writes_the_chair_down(account, ae, am):
    client, contact = account
    meeting = make.plan(client, ae, START, END, [ae, am, contact])
    meeting = services.invite(meeting=meeting, row_version=None, by=ae, at=when("2026-11-02 09:00"))
    there = meeting.attendees.exclude(user=am).values_list("pk", flat=True)
    services.hold_meeting(
        meeting=meeting, ended_at=when(END), row_version=None, by=ae,
        at=when("2026-11-19 12:00"), present=set(there),
    )  # fmt: skip
    assert Meeting.objects.get(pk=meeting.pk).chair == ae


def test_nobody_of_ours_no_chair(account, ae):
    client, contact = account
    assert services.chair_of(make.plan(client, ae, START, END, [contact])) is None


def test_what_is_changed_and_removed_stays_in_the_trail(meeting, ae):
    line = services.add_line(
        meeting=meeting, key="0" * 32, said=services.Said("d Poster A.", None), by=ae, at=AT
    )
    again = services.Said("d Poster B.", None)
    services.change_line(line=line, said=again, row_version=0, by=ae, at=AT)
    services.remove_line(line=line, row_version=1, by=ae, at=AT)
    rows = AuditEntry.objects.filter(verb__endswith="_line").order_by("pk")
    assert [row.changes["text"] for row in rows] == [["Poster A.", "Poster B."], "Poster B."]
