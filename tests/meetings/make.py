"""Meetings and reports for tests, made through the verbs; only the printing is left out."""

from agency.common.clock import run_step
from agency.common.models import Notification, OutboxMail
from agency.common.verbs import unit
from archives.models import Dispatch
from meetings import services, tasks
from meetings.models import ContactReport
from meetings.services import issue
from meetings.services.typed import ActionData, MeetingData, PersonData, PointData, ReportData
from tests.archives.papers import PDF
from tests.builders import make_client, make_contact, when

END = when("2026-11-19 11:37")  # a Thursday


def make_account(*team, code=None, **fields):
    """A client with its team and a contact who returns reports."""
    client = make_client(code, team=team, **fields)
    return client, make_contact(client)


def typed(contact=None, **fields):
    """A report that may be issued: one decision, no further action."""
    defaults = {
        "points": [PointData(kind="decision", text="Poster A is taken.")],
        "no_action": not fields.get("actions"),
        "returner": contact,
    }
    return ReportData(**{**defaults, **fields})


def action(text="Send the poster", **fields):
    return ActionData(text=text, **fields)


def log(client, contact, ae, ended_at=END, at=None, data=None, in_charge=None, **fields):
    """A call that has been logged when it ended, unless said otherwise; its draft."""
    defaults = {"kind": "call", "title": "Poster", "users": [ae], "contacts": [contact], "by": ae}
    return services.log_call(
        client=client,
        ended_at=ended_at,
        at=at or ended_at,
        data=data or typed(contact),
        ae=in_charge,
        **{**defaults, **fields},
    )


def send_out(report, by, at):
    """Issue with two stand-ins for the printed pages: what follows is the product's own."""
    with unit():
        issue.freeze(report, at)
        put = {"client": PDF, "internal": PDF + b"internal"}
        issue.put_in_force(report, put, by, at)
    return ContactReport.objects.get(pk=report.pk)


def issued(client, contact, ae, at=None, **fields):
    """A call's report that has just gone out, its mail still waiting."""
    report = log(client, contact, ae, **fields)
    return send_out(report, ae, at or report.clock_from)


def delivered(client, contact, ae, at=END, **fields):
    """A report whose mail to the returner was handed over at that instant."""
    report = issued(client, contact, ae, **fields)
    hand_over(report, contact, at)
    tick(at)
    return ContactReport.objects.get(pk=report.pk)


def mails(report, contact):
    rows = Dispatch.objects.filter(document=report.document, contact=contact)
    return OutboxMail.objects.filter(dispatch__in=rows).order_by("pk")


def hand_over(report, contact, at):
    mails(report, contact).update(state="handed", handed_at=at)


def set_mail(report, contact, state):
    mails(report, contact).update(state=state)


def tick(at):
    """What the clock does for meetings at that instant; nothing may fail."""
    lines = [line for step in tasks.STEPS for line in run_step(step, at)]
    assert not [line for line in lines if "FAILED" in line], lines
    return lines


def told(row=None, kind=None, at=None):
    """{(person, slot)} of what was told, dropped slots left out."""
    rows = Notification.objects.filter(is_dropped=False)
    if row is not None:
        rows = rows.about(row)
    if kind:
        rows = rows.filter(kind=kind)
    if at:
        rows = rows.filter(created_at=at)
    return {(str(row.recipient), slot_of(row)) for row in rows}


def slot_of(notice):
    return notice.key.split(":")[3]


def dropped(row):
    rows = Notification.objects.filter(is_dropped=True).about(row)
    return {(str(row.recipient), slot_of(row)) for row in rows}


def people_of(meeting):
    """Its attendees as they were typed."""
    return [
        PersonData(user=row.user, contact=row.contact, task=row.task)
        for row in meeting.attendees.select_related("user", "contact")
    ]


def plan_data(starts_at, planned_end, people=(), **fields):
    """A sit-down meeting as typed."""
    return MeetingData(
        kind="face",
        title="Media review",
        starts_at=when(starts_at),
        planned_end=when(planned_end),
        people=list(people),
        **fields,
    )


def plan(client, ae, starts_at, planned_end, people=(), at=None, **fields):
    """A planned sit-down meeting, still a draft."""
    data = plan_data(starts_at, planned_end, persons(people), **fields)
    return services.plan_meeting(client=client, data=data, by=ae, at=at or when("2026-11-02 09:00"))


def persons(people):
    return [_person(person) for person in people]


def _person(person):
    field = "contact" if hasattr(person, "address_as") else "user"
    return PersonData(**{field: person}, task="" if field == "contact" else "takes notes")


def invited(client, ae, contact, starts_at, planned_end, at=None, **fields):
    at = at or when("2026-11-02 09:00")
    meeting = plan(client, ae, starts_at, planned_end, [ae, contact], at, **fields)
    return services.invite(meeting=meeting, row_version=meeting.row_version, by=ae, at=at)


def link_of(report, contact):
    return Dispatch.objects.filter(document=report.document, contact=contact).first().link


def answer(report, contact, at, answer="accepted", **fields):
    """The contact answers by the link of the mail."""
    link = link_of(report, contact)
    return services.answer_return(
        link=link,
        answer=answer,
        typed_name=contact.name,
        sha256=link.sha256,
        at=at,
        **fields,
    )


def object_to(report, contact, at, about="1", reason="We agreed on another size."):
    return answer(report, contact, at, "objected", about=about, reason=reason)
