"""What waits for a person with a brief: to confirm, to ask for, to answer."""

from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from jobs.models import Brief, DeptConfirmation, Estimate, Fact, Question

IN_FORCE = {"brief__state": Brief.State.IN_FORCE}
OF_BRIEF = {
    "title": "brief__job__title",
    "number": "brief__job__number",
    "client": "brief__job__client__name",
}


def to_confirm(mine, at):
    """The department of the person is asked whether the brief is enough (R52)."""
    user = mine.user
    rows = DeptConfirmation.objects.filter(enough=None, **IN_FORCE)
    return rows.filter(
        department=user.department or "-", brief__job__client__assignments__user=user
    ).distinct()


def to_ask_for(mine, at):
    """Facts whose day has passed: the AE asks again."""
    rows = Fact.objects.awaited().filter(due_on__lt=mine.today, **IN_FORCE)
    return rows.filter(mine.where("brief__job__ae", "brief__job__client"))


def to_give(mine, at):
    """Facts awaited from the person."""
    rows = Fact.objects.awaited().filter(**IN_FORCE)
    return rows.filter(mine.where("from_user", "brief__job__client"))


def to_answer(mine, at):
    return Question.objects.open().filter(mine.where("answerer", "job__client"))


def to_get_answered(mine, at):
    """The client's answers are fetched by who asked, once their day has come (R79)."""
    rows = Question.objects.open().filter(contact__isnull=False, due_on__lte=mine.today)
    return rows.filter(mine.where("asked_by", "job__client"))


def to_sign(mine, at):
    """Creative briefs count once the AM has signed them (R83)."""
    return Brief.objects.to_sign().filter(mine.in_post("am", "job__client"))


def to_scope(mine, at):
    """Signed estimates of a changed brief: is a change order needed? (3.7)"""
    rows = Estimate.objects.filter(scope_answer=Estimate.ScopeAnswer.ASKED)
    return rows.filter(mine.where("job__ae", "job__client"))


SOURCES = (
    Source(
        "brief_confirm", to_confirm, group=_("Confirm"),
        sentence=_("Is the brief enough to work with? %(title)s"), button=_("Answer"),
        url="jobs:brief_confirm", **OF_BRIEF,
    ),
    Source(
        "fact_late", to_ask_for, group=_("Ask for"), sentence=_("%(title)s, for %(number)s"),
        button=_("View"), url="jobs:brief_detail", row="brief", due_on="due_on",
        person="brief__job__ae", is_client=True, **{**OF_BRIEF, "title": "name"},
    ),
    Source(
        "fact_give", to_give, group=_("Give"), sentence=_("%(title)s, for %(number)s"),
        button=_("View"), url="jobs:brief_detail", row="brief", due_on="due_on",
        person="from_user", **{**OF_BRIEF, "title": "name"},
    ),
    Source(
        "question", to_answer, group=_("Answer"), sentence=_("%(title)s (%(number)s)"),
        button=_("Answer"), url="jobs:question_answer", due_on="due_on", person="answerer",
        title="text",
    ),
    Source(
        "question_client", to_get_answered, group=_("Ask for"),
        sentence=_("The client's answer: %(title)s"), button=_("Note it"),
        url="jobs:question_answer", due_on="due_on", person="asked_by", title="text",
        is_client=True,
    ),
    Source(
        "brief_sign", to_sign, group=_("Sign"), sentence=_("Creative brief for %(title)s"),
        button=_("View"), url="jobs:brief_detail",
    ),
    Source(
        "scope", to_scope, group=_("Decide"),
        sentence=_("The brief has changed: is a change order needed? %(title)s"),
        button=_("Answer"), url="jobs:scope_answer", person="job__ae",
    ),
)  # fmt: skip
