"""What the clock does for estimates on their way (5.4): reminders, each once, and the expiry."""

from agency.common.clock import Step
from agency.common.verbs import verb
from jobs.models import Estimate
from jobs.services import signclock
from jobs.services.chain import begun
from jobs.services.sending import expire_estimate, remind_client

State = Estimate.State


def steps_due(at):
    return Estimate.objects.notice_due(at).filter(state__in=signclock.INSIDE)


@verb
def remind_step(estimate, at):
    """Whose turn it is has had a working day; then the superior hears of it."""
    row = begun(estimate)
    if row.state not in signclock.INSIDE or row.next_notice_at is None or row.next_notice_at > at:
        return None
    return f"{row}: {signclock.remind_step(row, at)}"


def expired(at):
    return Estimate.objects.expired(at).filter(answer=None)


def expire(estimate, at):
    row = expire_estimate(estimate=estimate, at=at)
    return f"expired: {row}" if row else None


def signatures_due(at):
    waiting = Estimate.objects.notice_due(at).filter(state=State.SENT, answer=None)
    return waiting.filter(expires_at__gt=at)


@verb
def remind_signature(estimate, at):
    """The AE, and the client's signer where the day has come for him too."""
    row = begun(estimate)
    if row.state != State.SENT or row.answer_id or row.next_notice_at is None:
        return None
    signclock.tell_signature_due(row, at)
    slots = signclock.came_due(row, signclock.SIGN_REMIND, at)
    if slots and signclock.can_remind(row):
        remind_client(row, f"d{slots[-1]}", at)
    signclock.schedule(row, at)
    row.save(update_fields=["next_notice_at"])
    return f"{row}"


STEPS = [
    Step("approval steps", steps_due, remind_step),
    Step("expired estimates", expired, expire),
    Step("signatures", signatures_due, remind_signature),
]
