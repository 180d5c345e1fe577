"""Two do it at the same instant, each over a connection of their own (R30, Z17, C3, C5)."""

import pytest
from django.db import IntegrityError, connection

from agency.common.errors import Refused, Stale
from archives.models import Document
from meetings.models import StatusReport
from meetings.services import status, status_issue, status_sign
from tests.meetings import weeks
from tests.meetings.weeks import DUE, MONDAY, WEEK, WHY
from tests.serving import together

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.rule("R30"),
]
MEET, UNLOCKED = "at_lock:0.05,pdf_blank", "skip_lock,at_lock:0.3,pdf_blank"
NEW = "Something nobody has signed"


@pytest.fixture
def world(settings):
    settings.FAULT = MEET
    return weeks.make_world()


def apart(*calls):
    """What each call gave, or its error; each over its own connection."""

    def run(call):
        try:
            return call()
        except (Refused, Stale, IntegrityError) as error:
            return error
        finally:
            connection.close()

    return together([lambda call=call: run(call) for call in calls])


def signed(world):
    return weeks.signed(world["client"], world["ae"], world["am"])


def tick(report):
    return status_issue.send_due(report=StatusReport.objects.get(pk=report.pk), at=DUE)


def edit(report, by):
    return weeks.write(weeks.line_of(weeks.again(report)), by, DUE, current=NEW)


def outcome(world):
    """(papers filed, mails to the client)."""
    return Document.objects.count(), weeks.mails(world["contact"]).count()


def test_three_ticks_at_once_send_it_once(world):
    report = signed(world)
    found = apart(*[lambda: tick(report)] * 3)
    assert [one for one in found if one] == [weeks.again(report)]
    assert (weeks.again(report).number, outcome(world)) == ("LM/WS/2026/001", (2, 1))


def test_without_the_lock_the_database_still_says_no(world, settings):
    report = signed(world)
    settings.FAULT = UNLOCKED
    found = apart(*[lambda: tick(report)] * 2)
    assert sum(isinstance(one, IntegrityError) for one in found) == 1
    assert outcome(world) == (2, 1)


def test_an_edit_at_the_due_time_stops_it_or_comes_too_late(world):
    report = signed(world)
    sent, edited = apart(lambda: tick(report), lambda: edit(report, world["ae"]))
    found = weeks.again(report)
    if found.state == "issued":
        assert isinstance(edited, Refused)
        assert (weeks.line_of(report).current, outcome(world)) == (weeks.SAID["current"], (2, 1))
    else:
        assert (found.state, sent, weeks.line_of(report).current) == ("draft", None, NEW)
        assert outcome(world) == (0, 0)


def test_sent_by_hand_and_by_the_clock_it_is_sent_once(world):
    report = signed(world)
    apart(
        lambda: tick(report),
        lambda: status_sign.send_now(report=weeks.again(report), by=world["am"], at=DUE),
    )
    assert (weeks.again(report).state, outcome(world)) == ("issued", (2, 1))


def test_returned_or_sent_never_both(world):
    report = signed(world)
    reason = {"reason": WHY, "by": world["am"], "at": DUE}
    sent, _back = apart(
        lambda: tick(report),
        lambda: status_sign.return_status(report=weeks.again(report), **reason),
    )
    is_sent = weeks.again(report).state == "issued"
    assert outcome(world) == ((2, 1) if is_sent else (0, 0))
    assert bool(sent) is is_sent


def test_two_ticks_draft_one_report(world):
    client = world["client"]
    one, two = apart(*[lambda: status.draft_status(client=client, week=WEEK, at=MONDAY)] * 2)
    assert one == two
    assert StatusReport.objects.get().lines.count() == 1


def test_signed_by_two_at_once_it_is_signed_once(world):
    report = weeks.submitted(world["client"], world["ae"])

    def sign(by):
        return status_sign.sign_status(report=weeks.again(report), by=by, at=weeks.FRIDAY)

    found = apart(lambda: sign(world["am"]), lambda: sign(world["ad"]))
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert weeks.again(report).state == "signed"
