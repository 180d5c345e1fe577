"""What waits for a person in meetings and reports: the rows of the home page (R69)."""

from dataclasses import replace
from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.mine import Mine
from accounts.models import Assignment, Client, StandIn
from accounts.models.scope import local_day
from agency.common.dates import MIDNIGHT, local_instant
from agency.common.duties import Duty
from agency.common.gathered import gathered
from agency.common.wording import names_text
from meetings.constants import ASK_END_AFTER, REPORT_DUE
from meetings.models import ActionPoint, Attendee, ContactReport, Meeting
from meetings.reports import awaiting_agenda, awaiting_ahead, awaiting_talks
from meetings.services.ladder import revision_due

SOON = timedelta(minutes=30)
DAY = timedelta(days=1)
REPORT = (
    "id",
    "number",
    "revision",
    "state",
    "author",
    "due_at",
    "objected_at",
    "opinion_told_at",
    "titles",
    "client__id",
    "client__name",
    "client__timezone",
    "client__report_clock",
    "client__report_clock_since",
)
MEETING = (
    "id",
    "title",
    "address",
    "ae",
    "starts_at",
    "planned_end",
    "report_due_at",
    "client__id",
    "client__name",
)
ACTION = (
    "id",
    "text",
    "user",
    "due_on",
    "contact__id",
    "contact__name",
    "report__client__id",
    "report__client__name",
    "report__client__timezone",
)
RANKED = ("ae", "am", "ad", "gad")


def awaiting(user, at):
    """[Duty] of the person, and of those stood in for (`person` names them then)."""
    if not user.is_authenticated or user.is_admin:
        return []
    mine = Mine(user, at)
    sources = {
        "report": (_reports(mine), REPORT),
        "meeting": (_meetings(mine, at), MEETING),
        "action": (_actions(mine), ACTION),
        **awaiting_agenda.sources(mine, at),
        **awaiting_talks.sources(user, at),
        **awaiting_ahead.sources(mine, at),
    }
    if user.rank >= 2:
        sources["end"] = (_claimed(user, at), MEETING)
    if user.rank >= 3:
        sources["opinion"] = (_opinions(user, at), REPORT)
    rows = _once(gathered(sources))
    own = [OWN[name](row, mine, at) for name, row in rows if name in OWN]
    own = [duty for duty in own if duty is not None]
    return own + _of_posts([pair for pair in rows if pair[0] in POSTS], user, at)


def _once(rows):
    """A meeting about to begin stands there once: its row says what it still lacks."""
    ahead = {row.pk: row for name, row in rows if name == "ahead"}
    for row in (row for name, row in rows if name == "meeting"):
        row.ahead = ahead.pop(row.pk, None)
    return [(name, row) for name, row in rows if name != "ahead" or row.pk in ahead]


def _reports(mine):
    """Drafts, and reports objected to that nobody revises yet."""
    return _titled(ContactReport.objects.to_write().filter(mine.where("author")))


def _titled(reports):
    titles = Meeting.objects.filter(report=OuterRef("pk")).values("title")
    return reports.annotate(titles=ArraySubquery(titles))


def _report(report, mine, _at):
    return (_draft if report.is_draft else _objected)(report, mine)


def _draft(report, mine):
    return Duty(
        group=_("Issue"),
        sentence=_sentence(report),
        client=report.client.name,
        url=report.get_absolute_url(),
        button=_("Write"),
        due_at=report.due_at,
        clock=REPORT_DUE,
        person=mine.person(report.author_id),
    )


def _sentence(report):
    if report.number:
        return _("Revision of the contact report %(number)s") % {"number": report.number}
    return _("Contact report: %(titles)s") % {"titles": names_text(report.titles)}


def _objected(report, mine):
    return Duty(
        group=_("Revise"),
        sentence=_("The client objects to %(report)s") % {"report": report},
        client=report.client.name,
        url=report.get_absolute_url(),
        button=_("Read objection"),
        due_at=revision_due(report.client, report.objected_at),
        clock=REPORT_DUE,
        person=mine.person(report.author_id),
    )


def _meetings(mine, at):
    """Those over whose end nobody has entered, and those that one attends soon."""
    over = Q(planned_end__lte=at) & mine.where("ae")
    attends = Exists(Attendee.objects.filter(meeting=OuterRef("pk"), user=mine.user))
    soon = Q(attends, starts_at__gte=at, starts_at__lte=at + SOON)
    return Meeting.objects.invited().filter(over | soon)


def _meeting(meeting, mine, at):
    return _end(meeting, mine) if meeting.planned_end <= at else _start(meeting, mine, at)


def _end(meeting, mine):
    return Duty(
        group=_("Enter the end"),
        sentence=meeting.title,
        client=meeting.client.name,
        url=meeting.get_absolute_url(),
        button=_("Held or not?"),
        due_at=meeting.planned_end + ASK_END_AFTER,
        person=mine.person(meeting.ae_id),
    )


def _start(meeting, mine, at):
    lacks = meeting.ahead and awaiting_ahead.prepare(meeting.ahead, mine, at)
    duty = _attend(meeting)
    if not lacks:
        return duty
    detail = " · ".join(filter(None, [meeting.address, lacks.detail]))
    return replace(duty, detail=detail, url=lacks.url, button=lacks.button)


def _attend(meeting):
    return Duty(
        group=_("Meet"),
        sentence=meeting.title,
        detail=meeting.address,
        client=meeting.client.name,
        url=meeting.get_absolute_url(),
        button=_("View"),
        due_at=meeting.starts_at,
        urgent=True,
    )


def _actions(mine):
    """Own action points of today and before; what the client owes is the AE's to ask for (R27)."""
    reports = ContactReport.objects.filter(mine.where("author")).values("pk")
    owed = Q(contact__isnull=False, due_on__lt=mine.today, report__in=reports)
    return ActionPoint.objects.open().filter(
        mine.where("user", "report__client") | owed, due_on__lte=mine.today
    )


def _action(action, mine, _at):
    is_own = action.contact_id is None
    return Duty(
        group=_("Do") if is_own else _("Ask for"),
        sentence=action.text,
        detail=str(action.contact) if action.contact_id else "",
        client=action.report.client.name,
        url=action.get_absolute_url(),
        button=_("View"),
        due_at=local_instant(action.due_on + DAY, MIDNIGHT, action.report.client.timezone),
        due_on=action.due_on,
        is_client=not is_own,
        person=mine.person(action.user_id) if is_own else None,
    )


# --- what falls to a post -----------------------------------------------------------------------


def in_charge(user, roles, at):
    """{role: clients where it is the person's post}: lead, or next above an empty one (Z19)."""
    clients = Client.objects.visible_to(user, at)
    leads = Assignment.objects.leads().on(local_day(at)).filter(user__is_active=True)
    found = {}
    for row in leads.filter(client__in=clients).values("client", "role", "user"):
        found.setdefault(row["client"], {})[row["role"]] = row["user"]
    heads = dict(clients.values_list("pk", "group__head"))
    absences = StandIn.objects.taken_by(user, local_day(at))
    people = {user.pk, *(row.absent_id for row in absences)}
    return {
        role: {pk for pk, head in heads.items() if _holder(found.get(pk, {}), head, role) in people}
        for role in roles
    }


def _holder(leads, head, role):
    for post in RANKED[RANKED.index(role) :]:
        if post in leads:
            return leads[post]
    return head


def _of_posts(rows, user, at):
    """The duties among them that fall to the person's posts."""
    held = in_charge(user, {POSTS[name][0] for name, _row in rows}, at) if rows else {}
    return [POSTS[name][1](row) for name, row in rows if row.client_id in held[POSTS[name][0]]]


def _claimed(user, at):
    """Later ends that wait for the AM's word (3.1)."""
    rows = Meeting.objects.visible_to(user, at).filter(claimed_end__isnull=False)
    rows = rows.filter(state=Meeting.State.HELD, report__state=ContactReport.State.DRAFT)
    return rows.exclude(claimed_by=user)


def _later_end(meeting):
    return Duty(
        group=_("Confirm"),
        sentence=_("A later end: %(title)s") % {"title": meeting.title},
        client=meeting.client.name,
        url=meeting.get_absolute_url(),
        button=_("Confirm or refuse"),
        due_at=meeting.report_due_at,
    )


def _opinions(user, at):
    return _titled(ContactReport.objects.visible_to(user, at).opinion_unread())


def _opinion(report):
    return Duty(
        group=pgettext("verb", "Read"),
        sentence=_("Client opinion of our work"),
        detail=str(report),
        client=report.client.name,
        url=report.get_absolute_url(),
        button=pgettext("verb", "Read"),
        due_at=report.opinion_told_at + DAY,
    )


POSTS = {
    "end": ("am", _later_end),
    "opinion": ("ad", _opinion),
    **awaiting_agenda.POSTS,
    **awaiting_talks.POSTS,
}
OWN = {
    "report": _report,
    "meeting": _meeting,
    "action": _action,
    **awaiting_agenda.OWN,
    **awaiting_ahead.OWN,
}
