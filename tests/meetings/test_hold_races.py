"""Two people type at the same instant, each over a connection of their own (R13, C5)."""

import uuid

import pytest
from django.db import connection

from agency.common.errors import Refused, Stale
from meetings import services
from meetings.models import HoldLine, Meeting
from meetings.services.typed import ItemData
from tests.builders import when
from tests.meetings import make
from tests.serving import together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.rule("R13"),
]
AT, NOON = when("2026-11-19 10:10"), when("2026-11-19 12:00")


@pytest.fixture
def meeting(ae, am, settings):
    settings.FAULT = "at_lock:0.05"
    client, contact = make.make_account(ae, am)
    items = [ItemData("Poster", 20)]
    times = ("2026-11-19 10:00", "2026-11-19 11:00")
    return make.invited(client, ae, contact, *times, items=items)


def apart(*calls):
    """What each call gave, or its error; each over its own connection."""

    def run(call):
        try:
            return call()
        except (Refused, Stale) as error:
            return error
        finally:
            connection.close()

    return together([lambda call=call: run(call) for call in calls])


def say(meeting, by, text, key=None, at=AT):
    return services.add_line(
        meeting=Meeting.objects.get(pk=meeting.pk),
        key=key or uuid.uuid4(),
        said=services.Said(f"d {text}", None),
        item=meeting.items.first(),
        by=by,
        at=at,
    )


def end(meeting, by):
    return services.hold_meeting(
        meeting=meeting, ended_at=when("2026-11-19 11:00"), row_version=None, by=by, at=NOON
    )


def decided(report):
    return sorted(report.points.filter(kind="decision").values_list("text", flat=True))


def test_both_lines_of_one_item_are_there(meeting, ae, am):
    one, two = apart(lambda: say(meeting, ae, "A."), lambda: say(meeting, am, "B."))
    assert {one.text, two.text} == {"A.", "B."}
    assert {row.text for row in meeting.hold_lines.all()} == {"A.", "B."}


def test_one_line_sent_over_two_connections_is_one_row(meeting, ae):
    key = uuid.uuid4()
    one, two = apart(*[lambda: say(meeting, ae, "A.", key)] * 2)
    assert one == two
    assert HoldLine.objects.count() == 1


def test_a_line_typed_while_somebody_ends_the_meeting_is_in_the_report(meeting, ae, am):
    say(meeting, ae, "A.")
    _line, report = apart(lambda: say(meeting, ae, "B.", at=NOON), lambda: end(meeting, am))
    assert decided(report) == ["A.", "B."]


def test_of_two_changes_of_a_line_one_is_told_of_the_other(meeting, ae, am):
    line = say(meeting, ae, "A.")

    def change(by, text):
        said = services.Said(f"d {text}", None)
        return services.change_line(line=line, said=said, row_version=0, by=by, at=AT)

    answers = apart(lambda: change(ae, "B."), lambda: change(am, "C."))
    line.refresh_from_db()
    lost = next(one for one in answers if isinstance(one, Stale))
    assert line.text in ("B.", "C.")
    assert line.text in str(lost)


def test_two_timers_started_at_once_leave_one_running(meeting, ae, am):
    other = meeting.items.create(position=2, title="Radio")
    apart(
        lambda: services.start_item(item=meeting.items.first(), by=ae, at=AT),
        lambda: services.start_item(item=other, by=am, at=AT),
    )
    assert meeting.items.filter(running_since__isnull=False).count() == 1
