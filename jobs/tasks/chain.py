"""What the clock does for signed papers (5.4): reminders, each once, and the expiry."""

from agency.common.clock import Step
from agency.common.verbs import verb
from jobs.models import Estimate, SignedPaper
from jobs.services import sending, signclock
from jobs.services.chain import begun

State = SignedPaper.State


def steps_of(model, of=""):
    """The three steps of a kind of paper; `of`: what their names end in."""

    def steps_due(at):
        return model.objects.notice_due(at).filter(state__in=signclock.INSIDE)

    def expired(at):
        return model.objects.expired(at).filter(answer=None)

    def signatures_due(at):
        waiting = model.objects.notice_due(at).filter(state=State.SENT, answer=None)
        return waiting.filter(expires_at__gt=at)

    return [
        Step(f"approval steps{of}", steps_due, remind_step),
        Step(f"expired {model._meta.model_name}s", expired, expire),
        Step(f"signatures{of}", signatures_due, remind_signature),
    ]


@verb
def remind_step(paper, at):
    """Whose turn it is has had a working day; then the superior hears of it."""
    row = begun(paper)
    if row.state not in signclock.INSIDE or row.next_notice_at is None or row.next_notice_at > at:
        return None
    return f"{row}: {signclock.remind_step(row, at)}"


def expire(paper, at):
    row = sending.expire(paper=paper, at=at)
    return f"expired: {row}" if row else None


@verb
def remind_signature(paper, at):
    """The AE, and the client's signer where the day has come for him too."""
    row = begun(paper)
    if row.state != State.SENT or row.answer_id or row.next_notice_at is None:
        return None
    signclock.tell_signature_due(row, at)
    slots = signclock.came_due(row, signclock.SIGN_REMIND, at)
    if slots and signclock.can_remind(row):
        sending.remind_client(row, f"d{slots[-1]}", at)
    signclock.schedule(row, at)
    row.save(update_fields=["next_notice_at"])
    return f"{row}"


STEPS = steps_of(Estimate)
