"""Ask when unclear: one answerer, one date, one answer (R79)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import can
from accounts.services.telling import one, tell, words
from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.verbs import check_version, lock, save, verb
from jobs.models import Question
from jobs.services.access import is_theirs, require_on


@verb
def ask_question(
    *, job, text, due_on, by, at, answerer=None, contact=None, subject=None, form_key=None
):
    """Put a question on a job to one person, ours or the client's, with a date."""
    behalf = require_on(job, "accounts.view_client", by, at)
    if (answerer is None) == (contact is None):
        raise Refused(_("Name one person who answers."), "answerer")
    question = Question(
        job=job, text=text, due_on=due_on, asked_by=by, answerer=answerer, contact=contact,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        form_key=form_key, created_by=by, created_at=at,
    )  # fmt: skip
    question, is_new = once(question)
    if is_new:
        if answerer:
            label = words(
                gettext_lazy("Question on %(job)s: %(text)s"), job=job, text=question.text
            )
            people = [user for user in one(job.client, answerer, at) if user != by]
            tell("question", question, people, label, client=job.client, at=at, slot="asked",
                 due_at=None)  # fmt: skip
        record(question, "ask_question", by=by, at=at, client=job.client, behalf_of=behalf)
    return question


@verb
def answer_question(*, question, answer, by, at, row_version=None):
    """The answerer, or for a contact the AE who heard it, writes the answer down."""
    question = lock(question)
    job = question.job
    behalf = require_on(job, "accounts.view_client", by, at)
    check_version(question, row_version)
    if question.answered_at:
        raise Refused(_("This question is answered already."))
    if not _may_answer(question, by, at):
        raise Refused(_("Somebody else was asked."))
    if not answer.strip():
        raise Refused(_("Please write the answer."), "answer")
    question.answer, question.answered_by, question.answered_at = answer.strip(), by, at
    save(question)
    label = words(gettext_lazy("Answered on %(job)s: %(text)s"), job=job, text=question.answer)
    people = [user for user in one(job.client, question.asked_by, at) if user != by]
    tell("question", question, people, label, client=job.client, at=at, slot="answered")
    record(question, "answer_question", by=by, at=at, client=job.client, behalf_of=behalf)
    return question


def _may_answer(question, by, at):
    if question.answerer_id:
        named = question.answerer_id == by.pk
        return named or (can(by, "jobs.edit_brief", question.job.client, at) and not is_theirs(
            question.job, by, at
        ))  # fmt: skip
    return can(by, "jobs.edit_brief", question.job.client, at)
