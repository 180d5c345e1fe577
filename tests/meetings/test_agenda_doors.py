"""Who may do what with an agenda: every role at every door, another client's people at none."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ClientLink
from agency.common.errors import Refused
from meetings import services
from meetings.models import Meeting
from meetings.services.typed import ItemData, MeetingData
from tests.builders import from_kept, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("C8")]
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
NOW = when("2026-11-18 09:00")
REASON = "The client travels on that day."
MAY, MAY_NOT = ("ae", "am", "ad"), ("other_ae", "finance", "management", "department", "admin")


def make_kept():
    people = {role: make_user(role, role) for role in ("ae", "am", "ad", *MAY_NOT[1:])}
    people["other_ae"] = make_user("other_ae")
    client, contact = make.make_account(*(people[role] for role in MAY), code="LM")
    words = {"objective": "Take the poster", "items": [ItemData("Poster", 20, people["ae"])]}
    meeting = make.invited(client, people["ae"], contact, START, END, **words)
    draft = make.plan(client, people["ae"], START, END, [people["ae"], contact])
    link = ClientLink.objects.of(meeting).get()
    topic = services.add_topic(link=link, title="Prices", typed_name="He Jianing", at=NOW)
    return {**people, "client": client, "meeting": meeting, "draft": draft, "topic": topic}


meeting, draft, topic = from_kept("meeting", "draft", "topic")


@pytest.fixture
def account(kept):
    return kept.client


def send(kept, who):
    services.send_agenda(meeting=kept.meeting, row_version=None, **who)


def note(kept, who):
    words = {"note": "asked by phone at 8:40", "row_version": None}
    services.note_topics_asked(meeting=kept.meeting, **words, **who)


def postpone(kept, who):
    services.postpone_topic(item=kept.topic, reason=REASON, row_version=None, **who)


def take_up(kept, who):
    services.take_up_topic(item=kept.topic, row_version=None, **who)


def plan_series(kept, who):
    data = MeetingData("face", "Regular", when(START), when(END))
    terms = {"count": 2, "rhythm": "weekly", "day_off": "skip"}
    services.plan_series(client=kept.client, data=data, **terms, **who)


def invite_series(kept, who):
    services.invite_following(meeting=kept.draft, row_version=None, **who)


def move_series(kept, who):
    times = {"starts_at": when("2026-11-20 10:00"), "planned_end": when("2026-11-20 11:00")}
    services.move_following(meeting=kept.meeting, reason=REASON, row_version=None, **times, **who)


def cancel_series(kept, who):
    services.cancel_following(meeting=kept.meeting, reason=REASON, row_version=None, **who)


DOORS = [send, note, postpone, take_up, plan_series, invite_series, move_series, cancel_series]
BY_NAME = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)


@BY_NAME
@pytest.mark.parametrize("role", MAY)
def test_the_clients_team_may(kept, door, role):
    door(kept, {"by": getattr(kept, role), "at": NOW})


@BY_NAME
@pytest.mark.parametrize("role", MAY_NOT)
def test_everybody_else_may_not(kept, door, role):
    before = list(Meeting.objects.order_by("pk").values())
    with pytest.raises(PermissionDenied):
        door(kept, {"by": getattr(kept, role), "at": NOW})
    assert list(Meeting.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("role", ["am", "ad", *MAY_NOT])
def test_only_who_is_invited_answers_and_confirms(kept, meeting, role):
    who = {"meeting": meeting, "by": getattr(kept, role), "at": NOW}
    with pytest.raises(Refused):
        services.confirm_task(**who)
    with pytest.raises(Refused):
        services.reply_own(reply="yes", **who)


def test_a_link_of_something_else_is_no_invitation(kept, meeting, account):
    link = ClientLink.objects.of(meeting).get()
    ClientLink.objects.filter(pk=link.pk).update(subject_type="archives.document")
    link.refresh_from_db()
    with pytest.raises(Refused):
        services.reply_by_link(link=link, reply="yes", typed_name="He Jianing", at=NOW)
    assert services.meeting_of(link) is None


@pytest.mark.parametrize("state", ["held", "not_held", "cancelled"])
@pytest.mark.parametrize("door", [door for door in DOORS if door is not plan_series])
def test_what_is_over_stays_as_it_is(kept, door, state):
    Meeting.objects.update(state=state, ended_at=when(END))
    with pytest.raises(Refused):
        door(kept, {"by": kept.ae, "at": NOW})
