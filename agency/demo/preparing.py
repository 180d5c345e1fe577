"""How meetings of the demo are prepared: room, pack, press, agenda, calls (R1-R11)."""

from contextlib import suppress
from datetime import timedelta

from agency.common.errors import Refused
from agency.demo import cast
from meetings import services
from meetings.models import Room

REASON = "这次会议只谈进度，不需要这类资料。"
SOURCES = "行业媒体、微博与微信搜索、竞品官网、客户内部简报"
FINDING = "竞品本周在华东上了新包装的地铁广告，主打低糖。"


def rooms(stage):
    """The two rooms stand from the first day."""
    yield stage.at
    for name, seats, equipment in cast.ROOMS:
        services.create_room(name=name, seats=seats, equipment=equipment, by=None, at=stage.at)


def book(stage, meeting, login, name):
    services.book_room(
        meeting=meeting, room=Room.objects.get(name=name), by=stage.users[login], at=stage.at
    )


def prepare(stage, meeting, login, finding=""):
    """Everything the handbook asks for, on the morning of the meeting."""
    who = {"by": stage.users[login], "at": stage.at}
    gather(meeting, who)
    services.check_press(
        meeting=meeting, sources=SOURCES, finding=finding, nothing_new=not finding,
        no_surprise=not finding, **who,
    )  # fmt: skip
    for item in meeting.venue_items.exclude(kind="room"):
        services.note_venue(item=item, is_done=True, **who)
    for row in meeting.attendees.exclude(user=None):
        if row.agreed_at is None:
            services.confirm_task(meeting=meeting, by=row.user, at=stage.at)


def gather(meeting, who):
    """What the folder holds; what it lacks is said not to be needed."""
    with suppress(Refused):  # a folder that holds nothing yet
        services.attach_newest(meeting=meeting, **who)
    for item in meeting.preparations.filter(documents=None, not_needed=""):
        services.set_not_needed(item=item, reason=REASON, **who)


def take_out(stage, meeting, login, kind):
    """What the system proposed is the wrong one: the place is open."""
    item = meeting.preparations.get(kind=kind)
    for paper in item.documents.all():
        services.detach(item=item, document=paper, by=stage.users[login], at=stage.at)


def send(stage, meeting, login, late_reason=""):
    meeting.refresh_from_db()
    return services.send_agenda(
        meeting=meeting, row_version=None, late_reason=late_reason, by=stage.users[login],
        at=stage.at,
    )  # fmt: skip


def call(stage, meeting, login, missed=()):
    """A quarter of an hour before: everybody is phoned, and the AE is there."""
    for row in meeting.attendees.select_related("user", "contact"):
        if row.user_id == stage.users[login].pk:
            continue
        answer = "missed" if str(row) in missed else "reached"
        services.note_call(attendee=row, call=answer, by=stage.users[login], at=stage.at)


def arrive(stage, meeting, login, minutes=10):
    row = meeting.attendees.get(user=stage.users[login])
    services.note_arrival(
        attendee=row, arrived_at=meeting.starts_at - timedelta(minutes=minutes),
        by=stage.users[login], at=stage.at,
    )  # fmt: skip
