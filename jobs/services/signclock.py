"""What the clock says while an estimate is on its way (5.4): steps, signature, each once."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.telling import key_of, posts, tell, words
from agency.common.dates import local_instant, shift
from agency.common.models import CalendarDay
from jobs.constants import NOTICE_TIME, SIGN_NOTICES, SIGN_REMIND
from jobs.models import Estimate
from jobs.services.steps import SUPERIORS, after_hours, approvers_of, due_step

State = Estimate.State
INSIDE = (State.SUBMITTED, State.MANAGER_OK, State.DIRECTOR_OK)


def mornings(estimate, days):
    """{days before the last day: 09:00 of that day, on a day off of the working day before}."""
    calendar, zone = CalendarDay.objects.calendar(), estimate.job.client.timezone
    last = estimate.valid_until
    return {
        n: local_instant(shift(last - timedelta(days=n), calendar, back=True), NOTICE_TIME, zone)
        for n in days
    }


def schedule(estimate, at):
    """When the clock looks at it next; the caller saves."""
    if estimate.state == State.SENT:
        slots = mornings(estimate, {*SIGN_NOTICES, *SIGN_REMIND}).values()
        estimate.next_notice_at = min((slot for slot in slots if slot > at), default=None)
    else:
        estimate.next_notice_at = None


def came_due(estimate, days, at):
    """The slots that have come since it was sent, earliest first."""
    slots = sorted(mornings(estimate, days).items(), key=lambda slot: -slot[0])
    return [n for n, instant in slots if estimate.sent_at < instant <= at]


# --- our own steps ------------------------------------------------------------------------------


def remind_step(estimate, at):
    """After 24 working hours the approver, after 24 more the superior; the caller holds the lock.

    Where both have passed unseen only the higher one is told (5.5).
    """
    late_at = after_hours(estimate, estimate.step_due_at)
    step = due_step(estimate)
    version = f"{estimate.step_due_at:%Y%m%dT%H%M}"
    lower = key_of("step_due", estimate, f"{step}_due", version)
    if at < late_at:
        estimate.next_notice_at = late_at
        _tell_step(estimate, list(approvers_of(estimate, at)), lower, at, "remind")
    else:
        estimate.next_notice_at = None
        key = key_of("step_due", estimate, f"{step}_late", version)
        people = superiors(estimate, step, at)
        _tell_step(estimate, people, key, at, "escalation", lower_keys=[lower])
    estimate.save(update_fields=["next_notice_at"])
    return step


def superiors(estimate, step, at):
    """Above who has not decided: AD, then GAD, then management."""
    if role := SUPERIORS.get(step):
        return posts(estimate.job.client, [role], at)
    return list(User.objects.filter(role=User.Role.MANAGEMENT, is_active=True))


def _tell_step(estimate, people, key, at, level, **more):
    label = words(
        gettext_lazy("Waiting for approval since %(since)s: %(estimate)s, %(title)s"),
        since=estimate.step_due_at, estimate=estimate, title=estimate.job.title,
    )  # fmt: skip
    tell(
        "step_due", estimate, people, label, client=estimate.job.client, at=at, key=key,
        level=level, due_at=estimate.step_due_at, **more,
    )  # fmt: skip


# --- the client's signature ---------------------------------------------------------------------


def can_remind(estimate):
    """The signer may still sign: else the AE alone is told."""
    signer = estimate.sent_to
    return signer.is_active and signer.can_sign and bool(signer.email)


def tell_signature_due(estimate, at):
    """AE: 3 days before, 1 day before, on the day; of several missed ones the last (5.5)."""
    slots = came_due(estimate, SIGN_NOTICES, at)
    if not slots:
        return
    version = str(estimate.valid_until)
    keys = [key_of("sign_due", estimate, f"d{n}", version) for n in slots]
    label = words(
        gettext_lazy("Not signed yet, valid until %(day)s: %(estimate)s, %(title)s"),
        day=estimate.valid_until, estimate=estimate, title=estimate.job.title,
    )  # fmt: skip
    people = posts(estimate.job.client, ["ae"], at, named=estimate.job.ae)
    tell(
        "sign_due", estimate, people, label, client=estimate.job.client, at=at, key=keys[-1],
        level="remind", due_at=estimate.expires_at, lower_keys=keys[:-1],
    )  # fmt: skip
