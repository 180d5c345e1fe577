"""Steps of the clock for jobs and briefs: each asks what is due and has not been said."""

from django.db.models import Exists, OuterRef

from agency.common.clock import Step
from agency.common.models import Notification
from jobs.models import Brief, Fact, Job, Question
from jobs.services import reminders


def untold(rows, kind):
    """Rows of which nobody has had a notice of the kind yet."""
    told = Notification.objects.filter(
        kind=kind, subject_type=rows.model._meta.label_lower, subject_id=OuterRef("pk")
    )
    return rows.exclude(Exists(told))


def estimates_missing(at):
    return Job.objects.filter(next_notice_at__lte=at).select_related("client", "ae")


def remind_estimate(job, at):
    return _line("estimate", reminders.remind_estimate(job=job, at=at))


def questions_over(at):
    rows = Question.objects.overdue(at.date())
    rows = rows.select_related("job__client", "answerer", "asked_by")
    return untold(rows, "question_due")


def remind_question(question, at):
    return _line("question", reminders.remind_question(question=question, at=at))


def facts_over(at):
    rows = Fact.objects.awaited().filter(due_on__lt=at.date(), brief__state=Brief.State.IN_FORCE)
    rows = rows.filter(brief__job__in=Job.objects.at_work())
    rows = rows.select_related("brief__job__client", "brief__job__ae", "from_user", "from_contact")
    return untold(rows, "fact_due")


def remind_fact(fact, at):
    return _line("fact", reminders.remind_fact(fact=fact, at=at))


def _line(word, result):
    return f"{word}: {result}" if result else None


STEPS = [
    Step("estimates missing", estimates_missing, remind_estimate),
    Step("questions past their day", questions_over, remind_question),
    Step("facts past their day", facts_over, remind_fact),
]
