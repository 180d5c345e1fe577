from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.clock import run_step
from agency.common.errors import Refused
from agency.common.models import AuditEntry, Notification, OutboxMail
from archives.services import came_back, dispatch, it_arrived, send_again
from archives.tasks import STEPS
from tests.archives.papers import NOON, make_document
from tests.builders import make_client, make_contact

LATER = NOON + timedelta(minutes=20)


@pytest.fixture
def row(ae, am, letter):
    client = make_client(code="LM", team=[ae, am])
    paper = make_document(client, number="LM/CR/2026/014")
    contact = make_contact(client, "周以宁")
    return dispatch(
        document=paper,
        contacts=[contact],
        key="report:7:r1",
        template=letter,
        context={"words": ""},
        at=NOON,
    )[0]


def end(row, state, **fields):
    """What the sender writes."""
    OutboxMail.objects.filter(pk=row.mail_id).update(state=state, **fields)


def tick(at=LATER):
    return [line for step in STEPS[:2] for line in run_step(step, at)]


@pytest.mark.rule("R20")
def test_clock_notes_when_a_paper_was_handed_over(row):
    end(row, "handed", handed_at=NOON + timedelta(minutes=1))

    assert len(tick()) == 1
    row.refresh_from_db()
    assert row.handed_at == NOON + timedelta(minutes=1)
    assert tick() == []


@pytest.mark.rule("R20")
@pytest.mark.parametrize("state", ["held", "failed", "bounced"])
def test_trouble_is_told_to_ae_and_am_once(row, ae, am, state):
    end(row, state, server_reply="550 no such person", handed_at=None)

    assert len(tick()) == 1
    assert tick(LATER + timedelta(minutes=1)) == []

    row.refresh_from_db()
    assert (row.error, row.state) == ("550 no such person", state)
    notices = Notification.objects.filter(kind="not_delivered")
    assert {notice.recipient for notice in notices} == {ae, am}
    assert "LM/CR/2026/014" in notices[0].label
    assert "周以宁" in notices[0].label


def test_mail_not_needed_any_more_is_noted_and_told_to_nobody(row):
    end(row, "void", server_reply="report issued")

    tick()

    row.refresh_from_db()
    assert row.error == "report issued"
    assert Notification.objects.filter(kind="not_delivered").count() == 0


def test_it_arrived_starts_the_48_hours_now(row, ae):
    end(row, "held")
    tick()

    it_arrived(dispatch=row, by=ae, at=LATER)

    row.refresh_from_db()
    assert (row.state, row.handed_at, row.error) == ("handed", LATER, "")
    assert AuditEntry.objects.get(verb="mail_arrived").actor == ae


def test_send_again_is_the_same_mail_once_more(row, ae):
    end(row, "bounced", handed_at=NOON)
    tick()
    before = row.mail.message_id

    send_again(dispatch=row, by=ae, at=LATER)

    row.refresh_from_db()
    assert (row.state, row.handed_at, row.mail.message_id) == ("queued", None, before)


def test_second_trouble_is_told_again(row, ae):
    end(row, "held")
    tick()
    send_again(dispatch=row, by=ae, at=LATER)
    end(row, "held")

    tick(LATER + timedelta(minutes=5))

    assert Notification.objects.filter(kind="not_delivered", recipient=ae).count() == 2


def test_it_came_back_is_told(row, ae, am):
    end(row, "handed", handed_at=NOON)
    tick()

    came_back(dispatch=row, by=ae, at=LATER)

    row.refresh_from_db()
    assert (row.state, row.noted_state) == ("bounced", "bounced")
    assert Notification.objects.filter(kind="not_delivered", recipient=am).count() == 1


@pytest.mark.parametrize("act", [it_arrived, send_again, came_back])
def test_decision_needs_the_right_and_a_mail_in_doubt(row, ae, other_ae, act):
    with pytest.raises(PermissionDenied):
        act(dispatch=row, by=other_ae, at=LATER)
    with pytest.raises(Refused, match="Queued"):
        act(dispatch=row, by=ae, at=LATER)


def test_paper_handed_over_by_hand_has_no_mail_to_decide_on(ae):
    client = make_client(team=[ae])
    row = dispatch(
        document=make_document(client),
        contacts=[make_contact(client)],
        channel="hand",
        key="x",
        at=NOON,
    )[0]

    with pytest.raises(Refused, match="did not go by mail"):
        it_arrived(dispatch=row, by=ae, at=NOON)
