"""What the clock says of jobs: estimates not handed in, facts and questions past their day."""

from django.utils.translation import gettext_lazy

from accounts.services.notices import next_morning
from accounts.services.telling import one, posts, tell, words
from agency.common.dates import add_working_days, local_instant
from agency.common.models import CalendarDay
from agency.common.verbs import lock, verb
from archives.papers import client_day
from jobs.constants import ESTIMATE_HOUR, ESTIMATE_TO_MANAGER
from jobs.models import Estimate


@verb
def remind_estimate(*, job, at):
    """No estimate two working days after the approval: the AE; on the fourth: the AM (R55)."""
    job = lock(job)
    slot, job.next_notice_at = None, None
    if job.is_at_work and not job.estimates.exclude(state=Estimate.State.DRAFT).exists():
        upward = manager_due(job)
        slot = "manager" if at >= upward else "due"
        _tell_estimate(job, slot, at)
        job.next_notice_at = None if slot == "manager" else upward
    job.save(update_fields=["next_notice_at"])
    return slot


def manager_due(job):
    """18:00 of the fourth working day after the approval, client time."""
    calendar = CalendarDay.objects.calendar()
    day = add_working_days(client_day(job.client, job.approved_at), ESTIMATE_TO_MANAGER, calendar)
    return local_instant(day, ESTIMATE_HOUR, job.client.timezone)


def _tell_estimate(job, slot, at):
    is_upward = slot == "manager"
    people = posts(job.client, ["am"] if is_upward else ["ae"], at, named=job.ae)
    label = words(gettext_lazy("Estimate not handed in: %(job)s"), job=job)
    lower = [f"estimate_due:job:{job.pk}:due"] if is_upward else []
    tell("estimate_due", job, people, label, client=job.client, at=at, slot=slot,
         level="escalation" if is_upward else "breach", due_at=job.estimate_due_at,
         lower_keys=lower)  # fmt: skip


@verb
def remind_question(*, question, at):
    """Past its day and not answered: who was asked and who asked (R79)."""
    client = question.job.client
    if at < next_morning(client, question.due_on):
        return None
    label = words(
        gettext_lazy("Not answered by %(due)s: %(text)s"), due=question.due_on,
        text=question.text[:120],
    )  # fmt: skip
    named = one(client, question.answerer, at) if question.answerer else []
    people = [*named, *one(client, question.asked_by, at)]
    tell("question_due", question, list(dict.fromkeys(people)), label, client=client, at=at,
         slot="over", level="breach")  # fmt: skip
    return "over"


@verb
def remind_fact(*, fact, at):
    """A fact awaited past its day: the AE, and who of ours was to give it (R52)."""
    job = fact.brief.job
    if at < next_morning(job.client, fact.due_on):
        return None
    label = words(
        gettext_lazy("Awaited since %(due)s from %(name)s: %(fact)s (%(job)s)"),
        due=fact.due_on, name=fact.source, fact=fact.name, job=job,
    )  # fmt: skip
    named = one(job.client, fact.from_user, at) if fact.from_user else []
    people = [*posts(job.client, ["ae"], at, named=job.ae), *named]
    tell("fact_due", fact, list(dict.fromkeys(people)), label, client=job.client, at=at,
         slot=f"over:{fact.due_on}", level="breach")  # fmt: skip
    return "over"
