"""The client's return: by link or on paper, and what follows from it (R21, R22, 3.2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import require
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.services import void_waiting
from agency.common.services.record import record
from agency.common.verbs import check_version, lock, save, verb
from archives.models import ClientAnswer, Document
from archives.services import answer as keep_answer
from archives.services import record_answer
from meetings.models import ContactReport
from meetings.services import ladder
from meetings.services.naming import title_of

State = ContactReport.State
Answer = ClientAnswer.Answer
ANSWERS = (Answer.ACCEPTED, Answer.OBJECTED)
ANSWERED = (State.ACCEPTED, State.OBJECTED, State.DEEMED_ACCEPTED)


def report_of(link):
    """The report behind a link of purpose `return`; None when the link is for something else."""
    if link.subject_type != Document._meta.label_lower:
        return None
    return ContactReport.objects.filter(document=link.subject_id).first()


@verb
def answer_return(*, link, answer, typed_name, sha256, at, about="", reason="", ip=None, agent=""):
    """The contact accepts or objects by link. The right is the link itself (3.10).

    `sha256` is that of the paper shown. A mailed code, where the client wants one, has been
    checked before (accounts.services.check_code). Answering twice the same changes nothing.
    """
    report = report_of(link)
    if report is None or answer not in ANSWERS:
        raise Refused(_("This answer does not belong to this link."))
    report = lock(report)
    kept = keep_answer(
        link=link,
        answer=answer,
        typed_name=typed_name,
        about=about,
        reason=reason,
        sha256=sha256,
        ip=ip,
        agent=agent,
        at=at,
    )
    if not kept.is_repeat:
        _follow(report, kept, None, None, at)
    return kept


@verb
def record_return(*, report, contact, answer, proof, by, at, about="", reason="", row_version=None):
    """The AE files what came on paper, by fax or by phone message, with its scan as proof (R21)."""
    report = lock(report)
    behalf = require(by, "meetings.record_return", report.client, at)
    check_version(report, row_version)
    if report.state not in (State.ISSUED, *ANSWERED):
        raise Refused(_("Only an issued report that is in force can be returned."))
    if answer not in ANSWERS:
        raise Refused(_("Accepted, or an objection?"), "answer")
    kept = record_answer(
        document=report.document,
        contact=contact,
        answer=answer,
        about=about,
        reason=reason,
        proof=proof,
        by=by,
        at=at,
    )
    _follow(report, kept, by, behalf, at)
    return kept


def _follow(report, kept, by, behalf, at):
    """Change the state where the answer counts, tell who must know."""
    if kept.answer == Answer.OBJECTED:
        _objected(report, kept, at)
    else:
        _accepted(report, kept, at)
    void_waiting(key_prefix=f"report_return:{report.pk}:", reason=gettext_lazy("Answered."), at=at)
    save(report)
    record(
        report,
        f"return_{kept.answer}",
        by=by,
        at=at,
        client=report.client,
        behalf_of=behalf,
        contact_name="" if by else kept.contact.name,
        contact=kept.contact,
        about=kept.about,
    )


def _accepted(report, kept, at):
    """Only the returner's word changes the state; anybody else's is kept beside it."""
    if report.state == State.ISSUED and kept.contact_id == report.returner_id:
        report.state, report.returned_at, report.next_notice_at = State.ACCEPTED, at, None
    text = gettext_lazy("%(name)s has accepted: %(title)s")
    people = posts(report.client, ["ae", "am"], at, named=report.author)
    _tell("returned", report, kept, people, text, "info", at)


def _objected(report, kept, at):
    """Before acceptance it calls for a revision within 24 hours; afterwards it is told (R22)."""
    text = gettext_lazy("%(name)s objects: %(title)s")
    roles = ["ae", "am"]
    if report.state in (State.ACCEPTED, State.DEEMED_ACCEPTED):
        roles = ["ae", "am", "ad"]
        text = gettext_lazy("%(name)s objects after acceptance: %(title)s")
    people = posts(report.client, roles, at, named=report.author)
    if report.state == State.ISSUED:
        report.state = State.OBJECTED
        report.objected_at = report.returned_at = at
    if report.state == State.OBJECTED:
        people += list(report.readers.filter(is_active=True))
        ladder.schedule(report, at)
    _tell("objected", report, kept, list(dict.fromkeys(people)), text, "remind", at)


def _tell(kind, report, kept, people, text, level, at):
    label = words(text, name=kept.contact, title=title_of(report))
    detail = ": ".join(filter(None, [kept.about, kept.reason]))
    is_open = report.state == State.OBJECTED
    due_at = ladder.revision_due(report.client, report.objected_at) if is_open else None
    tell(
        kind,
        report,
        people,
        label,
        client=report.client,
        at=at,
        slot=f"a{kept.pk}",
        level=level,
        detail=detail,
        due_at=due_at,
    )
