"""What became of an issued report with each person at the client who got it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from archives.models import ClientAnswer, Dispatch
from meetings.models import ContactReport
from meetings.papers import client_face

TROUBLE = {"held": "amber", "failed": "red", "bounced": "red", "void": "red"}


@dataclass
class Recipient:
    """One contact: sent, link fetched, answered with which words."""

    contact: object
    is_returner: bool = False
    dispatches: list = field(default_factory=list)
    answers: list = field(default_factory=list)

    @property
    def first(self):
        """The last sending that was not a reminder."""
        own = [row for row in self.dispatches if row.purpose == Dispatch.Purpose.FIRST]
        return own[-1] if own else None

    @property
    def sent_at(self):
        return handed_at(self.first)

    @property
    def reminded_at(self):
        rows = [row for row in self.dispatches if row.purpose == Dispatch.Purpose.REMINDER]
        return handed_at(rows[-1]) if rows else None

    @property
    def fetched_at(self):
        links = [row.link for row in self.dispatches if row.link]
        return min((link.fetched_at for link in links if link.fetched_at), default=None)

    @property
    def is_in_trouble(self):
        return self.first is not None and self.first.state in TROUBLE

    @property
    def standing(self):
        """(word, tone) for the badge: the answer, else how far the paper has come."""
        if self.answers:
            answer = self.answers[-1]
            tone = "red" if answer.answer == ClientAnswer.Answer.OBJECTED else "green"
            return answer.get_answer_display(), tone
        return self._way()

    def _way(self):
        if self.first is None:
            return _("Not sent"), ""
        if self.is_in_trouble:
            return _("Not delivered"), TROUBLE[self.first.state]
        if self.sent_at is None and self.first.state != "handed":
            return _("On its way"), ""
        return (_("Link fetched"), "") if self.fetched_at else (_("Silent"), "")


def handed_at(dispatch):
    """When it left the house; the mail knows it a moment before the dispatch does."""
    if dispatch is None:
        return None
    return dispatch.handed_at or (dispatch.mail and dispatch.mail.handed_at)


def recipient_rows(report):
    """[Recipient], the returner first; three queries however many there are."""
    contacts = report.recipients.order_by("-is_key", "name")
    rows = {
        contact.pk: Recipient(contact, contact.pk == report.returner_id) for contact in contacts
    }
    if report.document_id:
        _fill(rows, report)
    return sorted(rows.values(), key=lambda row: not row.is_returner)


def _fill(rows, report):
    sent = Dispatch.objects.filter(document=report.document_id, contact__in=rows)
    for dispatch in sent.select_related("mail", "link"):
        rows[dispatch.contact_id].dispatches.append(dispatch)
    answers = ClientAnswer.objects.filter(document=report.document_id, contact__in=rows)
    for answer in answers.select_related("proof", "trail", "recorded_by"):
        rows[answer.contact_id].answers.append(answer)


def revisions_of(report):
    """All revisions under the same number, the first one first; none when there is only one."""
    if not report.number:
        return []
    rows = ContactReport.objects.filter(number=report.number, client=report.client_id)
    rows = list(rows.select_related("document", "issued_by").order_by("revision"))
    return rows if len(rows) > 1 else []


def numbered_points(report, at):
    """[(number, words)] of the points as the client reads them: an objection names one."""
    return points_of_face(client_face(report, at))


def points_of_face(face):
    points = [point for group in face["items"] for point in group["points"]]
    return [(point["no"], point["text"]) for point in points if point["no"]]
