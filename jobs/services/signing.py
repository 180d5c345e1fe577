"""The client signs or refuses: by link, or on paper with a second person (R57, 3.6, 3.10)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ClientLink, User
from accounts.services import revoke_links
from accounts.services.telling import posts
from agency.common.errors import Refused, Stale
from agency.common.services import void_waiting
from agency.common.services.record import record
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.models import ClientAnswer, Document
from archives.services import answer as keep_answer
from archives.services import confirm_answer, record_answer, supersede
from jobs.models import Approval, SignedPaper
from jobs.services.access import require_on
from jobs.services.chain import begun, check_untouched, end
from jobs.services.papers import kind_of, models
from jobs.services.sending import check_job, check_signer
from jobs.services.steps import concerned, tell_all

State, Answer = SignedPaper.State, ClientAnswer.Answer
Step, Decision = Approval.Step, Approval.Decision


def signed_estimates(job):
    """What the client has signed and is in force: the base, then its change orders."""
    return job.estimates.signed().order_by("change")


def paper_of(link):
    """The paper behind a link of purpose `sign`; None when the link is for something else."""
    if link.purpose != ClientLink.Purpose.SIGN or link.subject_type != Document._meta.label_lower:
        return None
    for model in models():
        rows = model.objects.select_related("job__client", "job__ae", "brief", "sent_to")
        if found := rows.filter(client_document=link.subject_id).first():
            return found
    return None


@verb
def sign_by_link(*, link, typed_name, sha256, at, ip=None, agent=""):
    """The contact signs what the page showed. Signed twice by the same link changes nothing.

    The right is the link itself; its mailed code has been checked before (check_code).
    """
    row = _answered(link)
    kept = keep_answer(
        link=link, answer=Answer.SIGNED, typed_name=typed_name, sha256=sha256, ip=ip, agent=agent,
        at=at,
    )  # fmt: skip
    if kept.is_repeat:
        return kept
    _check_open(row, at)
    check_signer(row, kept.contact)
    _put_in_force(row, kept, None, at)
    _record(row, f"sign_{kind_of(row).name}", None, at, None, kept)
    return kept


@verb
def refuse_by_link(*, link, typed_name, sha256, reason, at, ip=None, agent=""):
    """The contact says no, in words; author, AM and director learn them (R61)."""
    row = _answered(link)
    kept = keep_answer(
        link=link, answer=Answer.REFUSED, typed_name=typed_name, sha256=sha256, reason=reason,
        ip=ip, agent=agent, at=at,
    )  # fmt: skip
    if kept.is_repeat:
        return kept
    _check_open(row, at)
    row.closed_reason = kept.reason
    _keep(row, Decision.REFUSED, kept, None, at, reason=kept.reason)
    people = concerned(row, at, ["ae", "am", "ad"])
    end(row, State.REFUSED)
    _close_links(row, _("refused by the client"), at)
    text = gettext_lazy("%(name)s refuses %(paper)s: %(reason)s")
    tell_all("refused", row, people, text, at, slot=f"a{kept.pk}", level="remind",
             name=kept.contact, reason=kept.reason)  # fmt: skip
    _record(row, f"client_refuse_{kind_of(row).name}", None, at, None, kept)
    return kept


def _answered(link):
    """The paper of the link, locked before the link is (lock order: paper, link)."""
    found = paper_of(link)
    if found is None:
        raise Refused(_("This answer does not belong to this link."))
    return begun(found)


def _check_open(row, at):
    """Still with the client: not withdrawn, answered, expired, or waiting for our second person."""
    if row.state != State.SENT or row.answer_id is not None:
        raise Stale(kind_of(row).not_open)
    if at >= row.expires_at:
        raise Refused(kind_of(row).was_valid % {"day": row.valid_until})
    check_job(row)
    check_untouched(row)


def _put_in_force(row, kept, by, at):
    """Signed: what it takes the place of gives way in the same transaction (3.6)."""
    former = _retire_former(row, by, at)
    _keep(row, Decision.APPROVED, kept, by, at)
    row.state, row.signed_at, row.signed_by, row.answer = State.SIGNED, at, kept.contact, kept
    row.step_due_at = row.next_notice_at = None
    save(row)
    _close_links(row, _("signed"), at)
    kind = kind_of(row)
    void_waiting(key_prefix=f"{kind.name}:{row.pk}:", reason=gettext_lazy("Signed."), at=at)
    kind.in_force(row, former)
    finance = list(User.objects.filter(role=User.Role.FINANCE, is_active=True))
    people = concerned(row, at, ["ae", "am", "ad"]) + finance
    text = gettext_lazy("Signed by %(name)s: %(paper)s, %(title)s")
    tell_all("signed", row, people, text, at, name=kept.contact)


def _retire_former(row, by, at):
    """What it takes the place of, superseded now."""
    retired = []
    for former in kind_of(row).gives_way(row):
        old = lock(former)
        old.state, old.superseded_at = State.SUPERSEDED, at
        save(old)
        for paper in (old.client_document, old.internal_document):
            if paper.state == Document.State.ISSUED:
                supersede(document=paper, at=at, by=by)
        retired.append(old)
    return retired


def _keep(row, decision, kept, by, at, **more):
    return row.approvals.create(
        step=Step.CLIENT, decision=decision, contact=kept.contact, by=by, at=at, created_by=by,
        created_at=at, data_sha256=row.data_sha256, **more,
    )  # fmt: skip


def _close_links(row, reason, at):
    """Other links to the same paper, such as those of reminders, answer nothing any more."""
    revoke_links(subject=row.client_document, reason=reason, at=at)


def _record(row, name, by, at, behalf, kept):
    record(
        row, name, by=by, at=at, client=row.job.client, behalf_of=behalf,
        contact_name="" if by else kept.contact.name, contact=kept.contact, total=row.total,
        sha256=kept.sha256,
    )  # fmt: skip


# --- on paper -----------------------------------------------------------------------------------


@verb
def record_scan(*, paper, contact, proof, by, at, row_version=None):
    """File the scan of a signature on paper. It counts once another person has confirmed it."""
    row = begun(paper)
    behalf = require_on(row.job, "jobs.record_signature", by, at)
    check_version(row, row_version)
    check_state(row, State.SENT)
    if row.answer_id:
        raise Refused(_("A signature has been recorded already and waits for a second person."))
    _check_open(row, at)
    check_signer(row, contact)
    kept = record_answer(
        document=row.client_document, contact=contact, answer=Answer.SIGNED, proof=proof, by=by,
        at=at,
    )  # fmt: skip
    row.answer, row.next_notice_at = kept, None
    save(row)
    _close_links(row, _("signed on paper"), at)
    people = [user for user in posts(row.job.client, ["am"], at) if user != by]
    text = gettext_lazy("Please confirm the signature on paper: %(paper)s, %(title)s")
    tell_all("step_waiting", row, people, text, at, slot=f"a{kept.pk}")
    _record(row, "record_signature", by, at, behalf, kept)
    return kept


def record_signature(*, estimate, **given):
    return record_scan(paper=estimate, **given)


@verb
def confirm_scan(*, paper, by, at, row_version=None):
    """Another person, AM or above, has looked at the scan: now the paper is signed."""
    row = begun(paper)
    behalf = require_on(row.job, "jobs.confirm_signature", by, at)
    check_version(row, row_version)
    check_state(row, State.SENT)
    if row.answer_id is None:
        raise Refused(_("No signature on paper has been recorded."))
    kept = row.answer
    if behalf is not None and behalf.pk == kept.recorded_by_id:
        raise Refused(_("Whoever recorded it cannot confirm it."))
    check_job(row)
    check_untouched(row)
    kept = confirm_answer(answer=kept, by=by, at=at)
    _put_in_force(row, kept, by, at)
    _record(row, "confirm_signature", by, at, behalf, kept)
    return row


def confirm_signature(*, estimate, **given):
    return confirm_scan(paper=estimate, **given)
