"""What stands in the addresses of agency/rights.py: one function a thing, for one side.

A Side is a client with its people; A has everybody of PEOPLE, B has the other AE alone. A new
thing: a function here named like the thing (blanks are underscores) that gives the kwargs.
"""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import ClientLink, Contract, Product, Todo
from accounts.services import add_note, before_send, link_placeholder, make_link
from agency.common.models import CalendarDay
from agency.common.services import queue_mail
from archives.models import Dispatch
from meetings import services
from meetings.models import ActionPoint, Meeting, Room
from meetings.services.typed import ItemData, PointData
from tests import (
    rights_archives,
    rights_budgets,
    rights_folders,
    rights_jobs,
    rights_kit,
    rights_money,
    rights_quarterly,
    rights_status,
)
from tests.archives.papers import make_document
from tests.builders import make_brand, make_stand_in
from tests.meetings import make
from tests.rights_side import NOW, THINGS, TODAY, pk, thing

# Its things stand in the same table; naming it here makes them known.
JOBS, BUDGETS, MONEY, STATUS = rights_jobs, rights_budgets, rights_money, rights_status
MEMORY, FOLDERS, QUARTERLY = rights_archives, rights_folders, rights_quarterly
KIT = rights_kit


@thing
def client(side):
    return {"client": side.customer.pk}


@thing
def pk_client(side):
    return pk(side.customer)


@thing
def contact(side):
    return pk(side.person)


@thing
def brand(side):
    return pk(make_brand(side.customer))


@thing
def product(side):
    return pk(Product.objects.create(brand=make_brand(side.customer), name="Noodles"))


@thing
def contract(side):
    fields = {"number": f"{side.code}-1", "title": "Frame", "starts_on": date(2026, 1, 1)}
    return pk(Contract.objects.create(client=side.customer, **fields))


@thing
def assignment(side):
    return pk(side.customer.assignments.get(user=side.ae))


@thing
def stand_in(side):
    later = TODAY + timedelta(days=60)
    return pk(make_stand_in(side.ae, side.customer.group.head, later, later))


@thing
def user(side):
    return pk(side.ae)


@thing
def todo(side):
    return pk(Todo.objects.create(owner=side.ae, text="call", due_on=TODAY))


@thing
def day(side):
    return pk(CalendarDay.objects.get_or_create(day=date(2029, 1, 2), name="Holiday")[0])


@thing
def group(side):
    return pk(side.customer.group)


@thing
def feed(side):
    return {"token": "nobody-has-this-token"}


@thing
def mail(side):
    return {"name": "0" * 36}


@thing
def mail_file(side):
    return {"name": "0" * 36, "number": 1}


def link_of(side):
    """The link that came with an issued report."""
    report = issued_report(side)
    return make.link_of(report, side.person)


@thing
def link(side):
    return pk(link_of(side))


@thing
def link_part(side):
    return {"pk": side.kwargs("link")["pk"], "name": "pdf"}


@thing
def token(side):
    """The address as the sender fills it into a mail."""
    row = make_link(
        contact=side.person,
        subject=make_document(side.customer, at=NOW),
        purpose="return",
        sha256="a" * 64,
        expires_at=NOW + timedelta(days=30),
        at=NOW,
    )
    mail = queue_mail(
        key=f"rights:{row.pk}", to="x@y.example", subject="x", text=link_placeholder(row), at=NOW
    )
    return {"token": before_send(mail, NOW)[0].rstrip("/").rpartition("/")[2]}


@thing
def paper(side):
    return pk(make_document(side.customer, by=side.ae))


@thing
def held_mail(side):
    report = issued_report(side)
    make.set_mail(report, side.person, "held")
    return pk(Dispatch.objects.get(document=report.document, contact=side.person))


def draft_report(side):
    ended = NOW - timedelta(hours=1)
    return make.log(side.customer, side.person, side.ae, ended_at=ended, at=NOW)


def issued_report(side):
    return make.send_out(draft_report(side), side.ae, NOW)


@thing
def draft(side):
    return pk(draft_report(side))


@thing
def report(side):
    return pk(issued_report(side))


@thing
def action(side):
    ended = NOW - timedelta(hours=1)
    data = make.typed(side.person, actions=[make.action(user=side.ae, due_on=TODAY)])
    found = make.log(side.customer, side.person, side.ae, ended_at=ended, at=NOW, data=data)
    return pk(make.send_out(found, side.ae, NOW).actions.get())


def local_hour(hours):
    return timezone.localtime(NOW + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S")


def invited(side, hours):
    local = local_hour(hours), local_hour(hours + 1)
    items = [ItemData(title="Posters", minutes=10, speaker=side.ae)]
    early = NOW - timedelta(days=9)
    return make.invited(side.customer, side.ae, side.person, *local, at=early, items=items)


@thing
def meeting(side):
    """Invited, a day ahead."""
    return pk(invited(side, 24))


@thing
def agenda_face(side):
    return {**THINGS["meeting"](side), "face": "client"}


def topic_of(side):
    """A topic that the contact has added by his link."""
    row = invited(side, 30)
    link = ClientLink.objects.of(row).get()
    return services.add_topic(link=link, title="Prices", typed_name="He Jianing", at=NOW)


@thing
def client_topic(side):
    return pk(topic_of(side))


@thing
def postponed_topic(side):
    item, reason = topic_of(side), "The prices are not known yet."
    services.postpone_topic(item=item, reason=reason, row_version=None, by=side.ae, at=NOW)
    return pk(item)


@thing
def past_meeting(side):
    """Invited, begun two hours ago."""
    return pk(invited(side, -2))


@thing
def hold_line(side):
    """Typed while the meeting goes on."""
    row = invited(side, -2)
    said = services.Said("d Poster A.", None)
    line = services.add_line(meeting=row, key=uuid.uuid4(), said=said, by=side.ae, at=NOW)
    return pk(line)


@thing
def presentation(side):
    row = invited(side, 24)
    Meeting.objects.filter(pk=row.pk).update(purpose="presentation")
    return pk(row)


@thing
def contact_note(side):
    fields = {"on": NOW.date() - timedelta(days=3), "channel": "call", "text": "Talked."}
    return pk(add_note(contact=side.person, by=side.ae, at=NOW, **fields))


@thing
def planned(side):
    """A draft nobody has been invited to."""
    people = [side.ae, side.person]
    plan = make.plan(side.customer, side.ae, local_hour(48), local_hour(49), people, at=NOW)
    return pk(plan)


def hold(side, ended_at):
    """Held; an end more than two hours after the planned one waits for the AM."""
    row = invited(side, -6)
    args = {"meeting": row, "ended_at": ended_at, "row_version": row.row_version}
    services.hold_meeting(by=side.ae, at=NOW, **args)
    return pk(row)


@thing
def held_meeting(side):
    return hold(side, NOW - timedelta(hours=5))


@thing
def claimed_end(side):
    return hold(side, NOW)


@thing
def sent(side):
    """An issued report whose mail came back, and to whom."""
    report = issued_report(side)
    make.set_mail(report, side.person, "failed")
    return {"pk": report.pk, "contact": side.person.pk}


@thing
def revision(side):
    reason = "The size has changed."
    former = issued_report(side)
    return pk(services.revise_report(report=former, reason=reason, by=side.ae, at=NOW))


@thing
def done_action(side):
    row = ActionPoint.objects.get(pk=THINGS["action"](side)["pk"])
    services.complete(action=row, by=side.ae, at=NOW)
    return pk(row)


@thing
def opinion(side):
    """An issued report with a client's opinion for the management."""
    words = "They like the new team."
    points = [PointData(kind="discussion", text=words, for_management=True)]
    data = make.typed(side.person, points=points)
    ended = NOW - timedelta(hours=1)
    draft = make.log(side.customer, side.person, side.ae, ended_at=ended, at=NOW, data=data)
    return pk(make.send_out(draft, side.ae, NOW))


def place_of(side, kind="ads"):
    return Meeting.objects.get(pk=side.kwargs("planned")["pk"]).preparations.get(kind=kind)


@thing
def pack_place(side):
    return pk(place_of(side))


@thing
def unneeded(side):
    reason = {"reason": "Nothing of the kind."}
    return pk(services.set_not_needed(item=place_of(side, "work"), by=side.ae, at=NOW, **reason))


@thing
def pack_paper(side):
    """A place of a pack and the paper in it."""
    paper, item = make_document(side.customer, "other", by=side.ae), place_of(side, "quotes")
    services.attach(item=item, documents=[paper], by=side.ae, at=NOW)
    return {"pk": item.pk, "document": paper.pk}


@thing
def unfilled(side):
    """A meeting whose pack has an empty place for a paper of the folder."""
    row = invited(side, 30)
    make_document(side.customer, "clipping", by=side.ae)
    return pk(row)


@thing
def room(side):
    return pk(Room.objects.get_or_create(name=f"Room {side.code}", seats=8)[0])


@thing
def booked(side):
    """An invited meeting that has a room."""
    row = invited(side, 36)
    found = Room.objects.get(pk=side.kwargs("room")["pk"])
    services.book_room(meeting=row, room=found, by=side.ae, at=NOW)
    return pk(row)


@thing
def press_check(side):
    """What was found on the day of a meeting."""
    row = invited(side, 40)
    at = row.starts_at - timedelta(minutes=1)
    words = {"sources": "Daily", "finding": "A rival cuts its prices."}
    return pk(services.check_press(meeting=row, by=side.ae, at=at, **words))
