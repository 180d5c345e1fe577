"""Ask when unclear: one answerer, one date (R79)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from agency.common.models import Notification
from jobs.models import Question
from jobs.services.questions import answer_question, ask_question
from tests.builders import make_client, make_contact
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R79")]
DAY = date(2026, 11, 20)


@pytest.fixture
def job(ae, am, ad):
    return make.make_job(make_client("LM", team=[ae, am, ad]), ae)


def ask(job, by, **named):
    return ask_question(job=job, text="Which logo?", due_on=DAY, by=by, at=NOW, **named)


def test_question_has_one_answerer_who_is_told(job, ae, am):
    with pytest.raises(Refused):
        ask(job, ae)
    with pytest.raises(Refused):
        ask(job, ae, answerer=am, contact=make_contact(job.client))
    question = ask(job, ae, answerer=am)
    assert Notification.objects.get(recipient=am).subject_id == question.pk


def test_answer_reaches_who_asked(job, ae, am):
    question = answer_question(question=ask(job, ae, answerer=am), answer="Red", by=am, at=NOW)
    assert (question.answer, question.answered_by, question.answered_at) == ("Red", am, NOW)
    assert Notification.objects.filter(recipient=ae, kind="question").count() == 1
    with pytest.raises(Refused):
        answer_question(question=question, answer="Blue", by=am, at=NOW)


def test_empty_answer_is_none(job, ae, am):
    with pytest.raises(Refused) as refused:
        answer_question(question=ask(job, ae, answerer=am), answer="  ", by=am, at=NOW)
    assert refused.value.field == "answer"


def test_clients_answer_is_noted_by_the_ae(job, ae):
    question = ask(job, ae, contact=make_contact(job.client))
    assert answer_question(question=question, answer="Red", by=ae, at=NOW).answered_by == ae


def test_stranger_neither_asks_nor_answers(job, ae, am, other_ae):
    with pytest.raises(PermissionDenied):
        ask(job, other_ae, answerer=am)
    with pytest.raises(PermissionDenied):
        answer_question(question=ask(job, ae, answerer=am), answer="Red", by=other_ae, at=NOW)


def test_same_form_twice_asks_once(job, ae, am):
    key = "0b1ce4f8-3f29-4f6e-9c6e-5a7ef4d0d4a1"
    assert ask(job, ae, answerer=am, form_key=key) == ask(job, ae, answerer=am, form_key=key)
    assert Question.objects.count() == 1
