"""Two at once on one agenda: nothing is sent with a time that no longer holds, nothing twice."""

import uuid

import pytest
from django.db import connection

from accounts.models import ClientLink
from agency.common.errors import Refused, Stale
from agency.common.models import OutboxMail, Sequence
from archives.models import Document
from meetings import services
from meetings.models import Meeting
from meetings.services.typed import ItemData
from tests.builders import when
from tests.meetings import make
from tests.serving import together

pytestmark = pytest.mark.django_db(transaction=True)
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
NEW_START, NEW_END = "2026-11-20 14:00", "2026-11-20 15:00"
NOW = when("2026-11-18 09:00")


@pytest.fixture
def meeting(ae, am):
    client, contact = make.make_account(ae, am, code="LM")
    words = {"objective": "Take the poster", "items": [ItemData("Poster", 20, ae)]}
    return make.invited(client, ae, contact, START, END, **words)


def outcome(call):
    """call() on a connection of its own; what it refused, as a word."""

    def run():
        try:
            call()
        except Stale:
            return "stale"
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    return run


def sending(meeting, row_version=None):
    who = {"row_version": row_version, "by": meeting.ae, "at": NOW}
    return outcome(lambda: services.send_agenda(meeting=meeting, **who))


def moving(meeting, row_version=None):
    times = {"starts_at": when(NEW_START), "planned_end": when(NEW_END)}
    who = {"row_version": row_version, "by": meeting.ae, "at": NOW}
    reason = "The client travels on that day."
    return outcome(lambda: services.move_meeting(meeting=meeting, reason=reason, **times, **who))


@pytest.mark.rule("R5")
@pytest.mark.parametrize("_round", range(3))
def test_sent_while_moved_everybody_has_the_new_time(meeting, _round):
    assert together([sending(meeting), moving(meeting)]) == ["done", "done"]
    row = Meeting.objects.get(pk=meeting.pk)
    assert (row.state, row.starts_at) == ("agenda_sent", when(NEW_START))
    assert row.agenda_shown["items"][0]["begins"] == "14:00"
    in_force = Document.objects.filter(kind="agenda", state="issued")
    assert {paper.pk for paper in in_force} == {
        row.agenda_document_id, row.agenda_internal_document_id,
    }  # fmt: skip
    alive = OutboxMail.objects.filter(state="queued", kind="client_paper")
    assert alive.filter(text__contains="2026-11-20 14:00").exists()
    assert not alive.filter(key__contains=":agenda:").exclude(text__contains="2026-11-20").exists()


def test_of_two_who_looked_at_the_same_page_one_wins(meeting):
    version = meeting.row_version
    answers = together([sending(meeting, version), moving(meeting, version)])
    assert sorted(answers) == ["done", "stale"]


def test_sent_twice_at_once_it_has_one_number_and_one_mail_a_person(meeting):
    assert sorted(together([sending(meeting), sending(meeting)])) == ["done", "refused"]
    assert Sequence.objects.get(key="LM/AG/2026").last == 1
    assert OutboxMail.objects.filter(key__contains=":agenda:").count() == 2


def test_the_same_topic_twice_at_once_is_one(meeting):
    link, key = ClientLink.objects.of(meeting).get(), uuid.uuid4()
    typed = {"title": "Prices", "typed_name": "He Jianing", "form_key": key, "at": NOW}
    add = outcome(lambda: services.add_topic(link=link, **typed))
    assert together([add, add]) == ["done", "done"]
    assert meeting.items.filter(source="client").count() == 1


@pytest.mark.rule("R4")
def test_a_topic_that_comes_while_the_plan_is_saved_stays(meeting):
    link = ClientLink.objects.of(meeting).get()
    add = outcome(
        lambda: services.add_topic(link=link, title="Prices", typed_name="He Jianing", at=NOW)
    )
    people = make.people_of(meeting)
    data = make.plan_data(START, END, people, items=[ItemData("Box", 10, meeting.ae)])
    who = {"row_version": None, "by": meeting.ae, "at": NOW}
    change = outcome(lambda: services.change_plan(meeting=meeting, data=data, **who))
    assert together([add, change]) == ["done", "done"]
    assert {item.title for item in meeting.items.all()} == {"Box", "Prices"}


@pytest.mark.rule("R15")
def test_cancelled_while_answered_the_link_is_dead(meeting):
    link = ClientLink.objects.of(meeting).get()
    typed = {"reply": "yes", "typed_name": "He Jianing", "at": NOW}
    reply = outcome(lambda: services.reply_by_link(link=link, **typed))
    who = {"row_version": None, "by": meeting.ae, "at": NOW}
    reason = "The client is ill today."
    cancel = outcome(lambda: services.cancel_meeting(meeting=meeting, reason=reason, **who))
    assert together([reply, cancel])[1] == "done"
    assert ClientLink.objects.get(pk=link.pk).state == "revoked"
    assert Meeting.objects.get(pk=meeting.pk).state == "cancelled"
