"""Who comes, what the client wants to talk about, whose task is on it (R3, R4, 3.10)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services import check_open, note_opened
from accounts.services.telling import posts, stamp, tell, words
from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, verb
from meetings.constants import TOPICS_OF_ONE
from meetings.models import AgendaItem, Attendee, Meeting
from meetings.services.ends import RUN, lock_meeting

Reply = Attendee.Reply
SAID = {
    Reply.YES: gettext_lazy("%(name)s comes: %(title)s"),
    Reply.NO: gettext_lazy("%(name)s does not come: %(title)s"),
    Reply.MAYBE: gettext_lazy("%(name)s may come: %(title)s"),
}


def meeting_of(link):
    """The meeting behind a link of purpose `topics`; None when it is for something else."""
    if link.subject_type != Meeting._meta.label_lower:
        return None
    return Meeting.objects.filter(pk=link.subject_id).select_related("client", "ae").first()


@verb
def reply_by_link(*, link, reply, typed_name, at, ip=None, agent=""):
    """The contact says whether he comes. The right is the link itself, until the start."""
    meeting, row = _through(link, at)
    name = _check_name(typed_name)
    _answer(meeting, row, reply, at)
    note_opened(link=link, at=at, ip=ip, agent=agent)
    record(
        meeting, "reply", by=None, at=at, client=meeting.client, contact_name=name,
        reply=row.reply, contact=row.contact,
    )  # fmt: skip
    return row


@verb
def add_topic(*, link, title, typed_name, at, form_key=None, ip=None, agent=""):
    """A topic of the client's own: it stands last until the AE gives it its place (R4)."""
    meeting, row = _through(link, at)
    name, title = _check_name(typed_name), " ".join(title.split())
    if not title:
        raise Refused(_("Write what you would like to talk about."), "title")
    item, is_new = once(_topic(meeting, row, title, form_key, at))
    if not is_new:
        return item
    if meeting.items.filter(asked_by=row.contact).count() > TOPICS_OF_ONE:
        raise Refused(_("That is a full meeting already: please call us."), "title")
    note_opened(link=link, at=at, ip=ip, agent=agent)
    ours = [one.user for one in meeting.attendees.select_related("user") if one.user]
    people = dict.fromkeys([*posts(meeting.client, ["ae"], at, named=meeting.ae), *ours])
    label = words(gettext_lazy("Client topic: %(topic)s"), topic=item.title)
    tell(
        "topic_added", meeting, list(people), label, client=meeting.client, at=at,
        slot=f"i{item.pk}",
    )  # fmt: skip
    record(
        meeting, "add_topic", by=None, at=at, client=meeting.client, contact_name=name,
        topic=item.title, contact=row.contact,
    )  # fmt: skip
    return item


def _topic(meeting, row, title, form_key, at):
    last = meeting.items.order_by("-position").values_list("position", flat=True).first()
    return AgendaItem(
        meeting=meeting,
        position=(last or 0) + 1,
        title=title,
        speaker=row,
        source=AgendaItem.Source.CLIENT,
        asked_by=row.contact,
        form_key=form_key,
        created_at=at,
    )


def _through(link, at):
    """The locked meeting and the contact's place in it, as long as the link may be used."""
    meeting = meeting_of(link)
    if meeting is None:
        raise Refused(_("This answer does not belong to this link."))
    meeting = lock(meeting)
    door = lock(link)
    check_open(door, at)
    check_state(meeting, *Meeting.INVITED)
    if at >= meeting.starts_at:
        raise Refused(_("The meeting has begun."))
    row = meeting.attendees.select_related("contact").filter(contact=door.contact).first()
    if row is None:
        raise Refused(_("You are not on the list of this meeting any more."))
    return meeting, row


def _check_name(typed_name):
    name = " ".join(typed_name.split())
    if len(name) < 2:
        raise Refused(_("Please type your name; without it nothing is sent."), "typed_name")
    return name


def _answer(meeting, row, reply, at):
    """Keep the answer and tell the AE where it is another one."""
    if reply not in SAID:
        raise Refused(_("Do you come, perhaps, or not?"), "reply")
    before, row.reply, row.replied_at = row.reply, reply, at
    row.save(update_fields=["reply", "replied_at"])
    if before == reply:
        return
    label = words(SAID[reply], name=str(row), title=meeting.title)
    people = [one for one in posts(meeting.client, ["ae"], at, named=meeting.ae) if one != row.user]
    tell(
        "reply", meeting, people, label, client=meeting.client, at=at,
        slot=f"a{row.pk}:{stamp(at)}", mail=reply == Reply.NO,
    )  # fmt: skip


def _own(meeting, by, at):
    """One's own place in a meeting ahead: no other right is needed than to be expected there."""
    meeting = lock(meeting)
    check_state(meeting, *Meeting.INVITED)
    if at >= meeting.starts_at:
        raise Refused(_("The meeting has begun."))
    row = meeting.attendees.select_related("user").filter(user=by).first()
    if row is None:
        raise Refused(_("You are not on the list of this meeting."))
    return meeting, row


@verb
def reply_own(*, meeting, reply, by, at):
    """One of ours says whether he comes."""
    meeting, row = _own(meeting, by, at)
    _answer(meeting, row, reply, at)
    record(meeting, "reply", by=by, at=at, client=meeting.client, reply=row.reply)
    return row


@verb
def confirm_task(*, meeting, by, at):
    """ "My task is on it": of one's own task only; a second time changes nothing (R3)."""
    meeting, row = _own(meeting, by, at)
    if not row.task:
        raise Refused(_("You have no task in this meeting yet."))
    if row.agreed_at is None:
        row.agreed_at = at
        row.save(update_fields=["agreed_at"])
        record(meeting, "confirm_task", by=by, at=at, client=meeting.client, task=row.task)
    return row


def _lock_topic(item, row_version, by, at):
    meeting, behalf = lock_meeting(item.meeting, RUN, None, by, at, *Meeting.INVITED)
    if at >= meeting.starts_at:
        raise Refused(_("The meeting has begun."))
    item = lock(item)
    check_version(item, row_version)
    if not item.is_client_topic:
        raise Refused(_("Only a topic of the client's is postponed; ours are taken away."))
    return meeting, item, behalf


@verb
def postpone_topic(*, item, reason, row_version, by, at):
    """A topic of the client's waits for another meeting; he reads why (R4)."""
    meeting, item, behalf = _lock_topic(item, row_version, by, at)
    item.postponed_reason = check_reason(reason)
    item.outcome = AgendaItem.Outcome.CARRIED
    item.row_version += 1
    item.save()
    record(
        meeting, "postpone_topic", by=by, at=at, client=meeting.client, behalf_of=behalf,
        topic=item.title, reason=item.postponed_reason,
    )  # fmt: skip
    return item


@verb
def take_up_topic(*, item, row_version, by, at):
    """It is on this agenda after all."""
    meeting, item, behalf = _lock_topic(item, row_version, by, at)
    item.postponed_reason, item.outcome = "", AgendaItem.Outcome.OPEN
    item.row_version += 1
    item.save()
    record(
        meeting, "take_up_topic", by=by, at=at, client=meeting.client, behalf_of=behalf,
        topic=item.title,
    )  # fmt: skip
    return item
