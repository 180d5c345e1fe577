"""From issue to the client's mailbox, and what the silence after it means (R20, R21, Z4)."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import require
from accounts.services.telling import posts, stamp, tell, words
from agency.common.errors import Refused
from agency.common.models import Heartbeat, OutboxMail
from agency.common.services import clock_is_trusted
from agency.common.services.record import record
from agency.common.verbs import check_state, lock, save, verb
from archives.models import Dispatch
from archives.services import dispatch
from meetings.constants import DELIVERY_LIMIT, LINK_LIVES, RETURN_DUE, RETURN_REMIND
from meetings.deadline import working_after
from meetings.models import ContactReport
from meetings.services.naming import title_of

State = ContactReport.State
Mail = OutboxMail.State
TOLD_BY_ARCHIVES = (Mail.HELD, Mail.FAILED, Mail.BOUNCED)
STUCK = (*TOLD_BY_ARCHIVES, Mail.VOID)


def begin(report, at):
    """At issue: by fax, hand or messenger it is there already; a mail is watched by the clock."""
    report.next_notice_at = None
    if report.channel != ContactReport.Channel.MAIL:
        start_return(report, at)


def start_return(report, delivered_at):
    """The 48 working hours run from the handing over; the caller saves."""
    report.delivered_at, report.undelivered_at = delivered_at, None
    report.return_due_at = working_after(report.client, delivered_at, RETURN_DUE)
    report.next_notice_at = working_after(report.client, delivered_at, RETURN_REMIND)


def _to_returner(*states):
    """Has a first sending to the returner come to one of these states?"""
    return Exists(
        Dispatch.objects.filter(
            document=OuterRef("document"),
            contact=OuterRef("returner"),
            purpose=Dispatch.Purpose.FIRST,
            mail__state__in=states,
        )
    )


def handed_over(at):
    """Reports whose returner's mail has been handed over, unknown to the row yet."""
    return ContactReport.objects.not_delivered().filter(_to_returner(Mail.HANDED))


def not_handed(at):
    """Not handed over after 15 minutes, or ended otherwise; told of once (R20)."""
    waits = ContactReport.objects.not_delivered().filter(undelivered_at=None)
    late = Q(issued_at__lt=at - DELIVERY_LIMIT) | _to_returner(*STUCK)
    return waits.filter(late).exclude(_to_returner(Mail.HANDED))


def come_back(at):
    """The returner's mail came back after it had counted as handed over: the clock stops.

    A second sending that did arrive keeps it running.
    """
    running = ContactReport.objects.awaiting_return().filter(delivered_at__isnull=False)
    return running.filter(_to_returner(Mail.BOUNCED)).exclude(_to_returner(Mail.HANDED))


@verb
def note_delivered(*, report, at):
    """The clock reads from the mail when the returner got it (2.1: upward news)."""
    report = lock(report)
    if report.state != State.ISSUED or report.delivered_at:
        return report
    mails = Dispatch.objects.filter(document=report.document_id, contact=report.returner_id)
    handed = mails.filter(mail__state=Mail.HANDED).order_by("mail__handed_at").first()
    if handed is not None:
        start_return(report, handed.mail.handed_at)
        report.save(
            update_fields=["delivered_at", "undelivered_at", "return_due_at", "next_notice_at"]
        )
        record(report, "delivered", by=None, at=at, client=report.client)
    return report


@verb
def note_undelivered(*, report, at):
    """Not there: AE and AM are told, the 48 hours do not run (R20)."""
    report = lock(report)
    if report.state != State.ISSUED or report.undelivered_at:
        return report
    report.undelivered_at = at
    report.delivered_at = report.return_due_at = report.next_notice_at = None
    report.save(update_fields=["undelivered_at", "delivered_at", "return_due_at", "next_notice_at"])
    label = words(
        gettext_lazy("Not delivered to %(name)s: %(title)s"),
        name=report.returner,
        title=title_of(report),
    )
    people = _not_told_yet(report, at)
    slot = stamp(at)
    tell(
        "not_delivered", report, people, label, client=report.client, at=at, slot=slot,
        level="breach",
    )  # fmt: skip
    record(report, "not_delivered", by=None, at=at, client=report.client)
    return report


def _not_told_yet(report, at):
    """AE and AM; of a mail that failed the archives tell the client's own (C2)."""
    people = posts(report.client, ["ae", "am"], at, named=report.author)
    mails = Dispatch.objects.filter(document=report.document_id, contact=report.returner_id)
    if not mails.filter(mail__state__in=TOLD_BY_ARCHIVES).exists():
        return people
    known = posts(report.client, ["ae", "am"], at)
    return [user for user in people if user not in known]


@verb
def send_again(*, report, contact, by, at):
    """The same paper once more in a mail of its own, to the address the contact has now."""
    report = lock(report)
    behalf = require(by, "meetings.record_return", report.client, at)
    check_state(report, State.ISSUED)
    sent = Dispatch.objects.filter(document=report.document_id, contact=contact)
    if not sent.exists():
        raise Refused(_("This contact is not among the recipients."))
    if not all(row.mail and row.mail.state in STUCK for row in sent.select_related("mail")):
        raise Refused(_("The mail to this contact is on its way or has arrived."))
    rows = dispatch(
        document=report.document,
        contacts=[contact],
        link_purpose="return",
        key=f"report:{report.pk}:r{report.revision}:again{sent.count()}",
        expires_at=at + LINK_LIVES,
        template="meetings/mail/report_issued.txt",
        context={"report": report},
        at=at,
        by=by,
    )
    if contact.pk == report.returner_id:
        report.undelivered_at = None
    save(report)
    record(
        report, "send_again", by=by, at=at, client=report.client, behalf_of=behalf, to=contact.email
    )
    return rows


# --- silence ------------------------------------------------------------------------------------


@verb
def remind_or_deem(*, report, at):
    """After 24 working hours remind the client, after 48 the silence counts as yes (Z4)."""
    report = lock(report)
    if report.state != State.ISSUED or report.return_due_at is None:
        return None
    if at < true_due(report, at):
        return _remind(report, at)
    if not clock_is_trusted(at):
        return None
    return _deem(report, at)


def true_due(report, at):
    """The end of the 48 hours, put off by the time the system could not receive (5.5)."""
    beats, due = Heartbeat.objects, report.return_due_at
    while due <= at:
        later = report.return_due_at + beats.downtime(report.delivered_at, due)
        if later <= due:
            break
        due = later
    return due


def _remind(report, at):
    """Once; it is skipped when the deadline itself has come meanwhile.

    A returner without an address, who got the paper by hand or fax, is asked by the AE (R21).
    """
    due = true_due(report, at)
    report.next_notice_at = due
    report.save(update_fields=["next_notice_at"])
    returner = report.returner
    if not returner.is_active or at >= report.return_due_at:
        return None
    key = f"report_return:{report.pk}:r{report.revision}:wh{RETURN_REMIND}"
    if returner.email:
        return dispatch(
            document=report.document,
            contacts=[returner],
            purpose="reminder",
            link_purpose="return",
            key=key,
            expires_at=report.issued_at + LINK_LIVES,
            valid_until=due,
            template="meetings/mail/return_reminder.txt",
            context={"report": report, "due": due},
            at=at,
        )
    return _ask_to_phone(report, key, due, at)


def _ask_to_phone(report, key, due, at):
    label = words(
        gettext_lazy("Phone %(name)s for the return of %(title)s"),
        name=report.returner,
        title=title_of(report),
    )
    people = posts(report.client, ["ae"], at, named=report.author)
    return tell(
        "report_return", report, people, label, client=report.client, at=at, key=key,
        level="remind", due_at=due,
    )  # fmt: skip


def _deem(report, at):
    """Dated with the true instant, a state of its own: never shown as accepted (Z4)."""
    report.state, report.returned_at = State.DEEMED_ACCEPTED, true_due(report, at)
    report.next_notice_at = None
    save(report, "state", "returned_at", "next_notice_at")
    label = words(
        gettext_lazy("No reply received, deemed accepted: %(title)s"), title=title_of(report)
    )
    people = posts(report.client, ["ae"], at, named=report.author)
    tell("deemed", report, people, label, client=report.client, at=at, due_at=report.returned_at)
    record(report, "deem_accepted", by=None, at=at, client=report.client, due_at=report.returned_at)
    return report
