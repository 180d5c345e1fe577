"""What the clock says while a signed paper is on its way (5.4): steps, signature, each once."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.telling import key_of, posts, tell, words
from agency.common.dates import local_instant, shift
from agency.common.models import CalendarDay
from jobs.constants import NOTICE_TIME, SIGN_NOTICES, SIGN_REMIND
from jobs.models import SignedPaper
from jobs.services.steps import SUPERIORS, after_hours, approvers_of, due_step

State = SignedPaper.State
INSIDE = (State.SUBMITTED, State.MANAGER_OK, State.DIRECTOR_OK)


def mornings(paper, days):
    """{days before the last day: 09:00 of that day, on a day off of the working day before}."""
    calendar, zone = CalendarDay.objects.calendar(), paper.job.client.timezone
    last = paper.valid_until
    return {
        n: local_instant(shift(last - timedelta(days=n), calendar, back=True), NOTICE_TIME, zone)
        for n in days
    }


def schedule(paper, at):
    """When the clock looks at it next; the caller saves."""
    if paper.state == State.SENT:
        slots = mornings(paper, {*SIGN_NOTICES, *SIGN_REMIND}).values()
        paper.next_notice_at = min((slot for slot in slots if slot > at), default=None)
    else:
        paper.next_notice_at = None


def came_due(paper, days, at):
    """The slots that have come since it was sent, earliest first."""
    slots = sorted(mornings(paper, days).items(), key=lambda slot: -slot[0])
    return [n for n, instant in slots if paper.sent_at < instant <= at]


# --- our own steps ------------------------------------------------------------------------------


def remind_step(paper, at):
    """After 24 working hours the approver, after 24 more the superior; the caller holds the lock.

    Where both have passed unseen only the higher one is told (5.5).
    """
    late_at = after_hours(paper, paper.step_due_at)
    step = due_step(paper)
    version = f"{paper.step_due_at:%Y%m%dT%H%M}"
    lower = key_of("step_due", paper, f"{step}_due", version)
    if at < late_at:
        paper.next_notice_at = late_at
        _tell_step(paper, list(approvers_of(paper, at)), lower, at, "remind")
    else:
        paper.next_notice_at = None
        key = key_of("step_due", paper, f"{step}_late", version)
        people = superiors(paper, step, at)
        _tell_step(paper, people, key, at, "escalation", lower_keys=[lower])
    paper.save(update_fields=["next_notice_at"])
    return step


def superiors(paper, step, at):
    """Above who has not decided: AD, then GAD, then management."""
    if role := SUPERIORS.get(step):
        return posts(paper.job.client, [role], at)
    return list(User.objects.filter(role=User.Role.MANAGEMENT, is_active=True))


def _tell_step(paper, people, key, at, level, **more):
    label = words(
        gettext_lazy("Waiting for approval since %(since)s: %(paper)s, %(title)s"),
        since=paper.step_due_at, paper=paper, title=paper.job.title,
    )  # fmt: skip
    tell(
        "step_due", paper, people, label, client=paper.job.client, at=at, key=key,
        level=level, due_at=paper.step_due_at, **more,
    )  # fmt: skip


# --- the client's signature ---------------------------------------------------------------------


def can_remind(paper):
    """The signer may still sign: else the AE alone is told."""
    signer = paper.sent_to
    return signer.is_active and signer.can_sign and bool(signer.email)


def tell_signature_due(paper, at):
    """AE: 3 days before, 1 day before, on the day; of several missed ones the last (5.5)."""
    slots = came_due(paper, SIGN_NOTICES, at)
    if not slots:
        return
    version = str(paper.valid_until)
    keys = [key_of("sign_due", paper, f"d{n}", version) for n in slots]
    label = words(
        gettext_lazy("Not signed yet, valid until %(day)s: %(paper)s, %(title)s"),
        day=paper.valid_until, paper=paper, title=paper.job.title,
    )  # fmt: skip
    people = posts(paper.job.client, ["ae"], at, named=paper.job.ae)
    tell(
        "sign_due", paper, people, label, client=paper.job.client, at=at, key=keys[-1],
        level="remind", due_at=paper.expires_at, lower_keys=keys[:-1],
    )  # fmt: skip
