"""Briefs: versions, what changed between two, facts, confirmations, strategy, questions."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast, key_of
from accounts.models import Contact
from jobs.forms.brief import (
    AnswerForm,
    AskForm,
    BriefForm,
    CommentForm,
    ConfirmForm,
    FactStateForm,
    ForceForm,
    QuestionForm,
    ScopeForm,
    initial_of,
)
from jobs.models import Brief, Department, DeptConfirmation, Estimate, Fact, Question
from jobs.reports.changes import changes_between
from jobs.services import brief as briefs
from jobs.services.questions import answer_question, ask_question
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView

State = Brief.State
ASKED_BY_KIND = {
    "production": ["creative", "production"],
    "media": ["media"],
    "fee": [],
}


class BriefRows:
    """Pages about one brief."""

    states = State.values

    def rows(self):
        rows = Brief.objects.visible_to(self.request.user).filter(state__in=self.states)
        return rows.select_related(
            "job__client__group", "job__brand", "job__ae", "author", "signed_by", "strategy_by",
            "document",
        )  # fmt: skip

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()


class BriefCreate(JobVerbView):
    """Begin a brief or its next version, as a copy of the one in force."""

    permission = "jobs.edit_brief"
    button = _("Begin")
    keep = _("Not now")

    @property
    def kind(self):
        return "creative" if self.request.GET.get("kind") == "creative" else "job"

    def get_page_title(self):
        if self.kind == "creative":
            return _("Write the creative brief")
        return _("Write the brief")

    def get_consequence(self):
        label = Brief.Kind(self.kind).label
        if self.object.briefs.in_force().filter(kind=self.kind).exists():
            return _("The next version of the %(kind)s begins as a copy of the one in force.") % {
                "kind": label
            }
        return _("The %(kind)s says what the job is for; nobody works without it.") % {
            "kind": label
        }

    def act(self, form):
        return briefs.draft_brief(job=self.object, kind=self.kind, **self.who())

    def get_success_url(self):
        return reverse("jobs:brief_update", args=[self.result.pk])


class BriefDetail(BriefRows, JobPlainPage):
    template_name = "jobs/brief_detail.html"

    def get_page_title(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        brief = self.object
        edits = self.may("jobs.edit_brief")
        signs = self.may("jobs.sign_creative_brief")
        may_change = edits and brief.state == State.IN_FORCE
        versions = list(
            self.job.briefs.filter(kind=brief.kind).order_by("-version").select_related("signed_by")
        )
        confirmations = list(brief.confirmations.select_related("by"))
        parts = [(field(part), getattr(brief, part)) for part in Brief.PARTS]
        gaps = [words for _name, words in briefs.gaps(brief)] if brief.is_draft else []
        extra = {
            "brief": brief,
            "parts": parts,
            "has_words": any(text.strip() for _label, text in parts),
            "is_new": brief.is_new(self.now),
            "sees_money": self.may("budgets.view_money") and not self.is_theirs,
            "today": timezone.localdate(self.now),
            "facts": brief.facts.select_related("from_contact", "from_user"),
            "confirmations": [(row, self.may_confirm(row)) for row in confirmations],
            "comments": brief.comments.select_related("by"),
            "versions": versions,
            "gaps": gaps,
            "waits": brief.is_draft and brief.kind == "creative" and not gaps and not signs,
            "may_edit": edits and brief.is_draft,
            "may_force": brief.is_draft and (signs if brief.kind == "creative" else edits),
            "may_change": may_change,
            "may_state": may_change,
            "may_comment": edits,
            "may_ask": may_change and len(confirmations) < len(Department.choices),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def may_confirm(self, row):
        user = self.request.user
        waits = row.enough is not True and row.brief.state == State.IN_FORCE
        return waits and user.department == row.department and self.is_theirs


def field(name):
    return Brief._meta.get_field(name).verbose_name


class BriefUpdate(BriefRows, JobFormPage):
    permission = "jobs.edit_brief"
    template_name = "jobs/brief_form.html"
    form_class = BriefForm
    states = (State.DRAFT,)
    page_title = _("Write the brief")
    button = _("Save the draft")
    done = _("Saved.")

    @cached_property
    def cast(self):
        return Cast(self.client, self.now, me=self.request.user)

    def get_initial(self):
        return initial_of(self.object)

    def get_form_kwargs(self):
        rows = [
            {
                "pk": fact.pk,
                "name": fact.name,
                "needed_for": fact.needed_for,
                "state": fact.state,
                "source": key_of(fact.source),
                "due_on": fact.due_on,
            }
            for fact in self.object.facts.select_related("from_contact", "from_user")
        ]
        return {
            **super().get_form_kwargs(),
            "rows": rows,
            "row_kwargs": {"cast": self.cast},
            "is_first": self.object.version == 1,
        }

    def act(self, form):
        typed = dict(form.cleaned_data)
        version = typed.pop("row_version")
        facts = [of_source(row) for row in form.typed_rows()]
        return briefs.save_brief(
            brief=self.object, typed=typed, facts=facts, row_version=version, **self.who()
        )


def of_source(row):
    """The typed row with its one source told apart: the client's contact or one of ours."""
    source = row.pop("source")
    is_contact = isinstance(source, Contact)
    return {
        **row,
        "from_contact": source if is_contact else None,
        "from_user": None if is_contact else source,
    }


class BriefForce(BriefRows, JobVerbView):
    form_class = ForceForm
    states = (State.DRAFT,)
    page_title = _("Put this version in force")
    consequence = _(
        "The version is filed and told to everybody on the job; it is not edited again."
    )
    button = _("Put in force")
    keep = _("Not yet")
    done = _("In force; everybody on the job has been told.")

    @property
    def permission(self):
        is_creative = self.object.kind == Brief.Kind.CREATIVE
        return "jobs.sign_creative_brief" if is_creative else "jobs.edit_brief"

    def get_initial(self):
        asks = self.object.kind == Brief.Kind.JOB
        return {"departments": ASKED_BY_KIND[self.job.kind] if asks else []}

    def act(self, form):
        return briefs.put_in_force(brief=self.object, **self.who(), **form.cleaned_data)


class BriefAsk(BriefRows, JobVerbView):
    """One that was forgotten, or whose work came later, is asked without a new version."""

    form_class = AskForm
    permission = "jobs.edit_brief"
    states = (State.IN_FORCE,)
    page_title = _("Ask a department")
    consequence = _("Its people are told, see the brief, and say whether it is enough.")
    button = _("Ask them")
    keep = _("Not now")
    done = _("Asked.")

    def get_form_kwargs(self):
        asked = set(self.object.confirmations.values_list("department", flat=True))
        return {**super().get_form_kwargs(), "asked": asked}

    def act(self, form):
        return briefs.ask_departments(brief=self.object, **self.who(), **form.cleaned_data)


class BriefCompare(BriefRows, JobPlainPage):
    """What changed between two versions, in words and colours."""

    template_name = "jobs/brief_compare.html"
    page_title = _("What changed")

    def get_context_data(self, **kwargs):
        rows = self.job.briefs.filter(kind=self.object.kind, version=self.kwargs["version"])
        visible = Brief.objects.visible_to(self.request.user)
        older = get_object_or_404(visible, pk__in=rows.values("pk"))
        old, new = sorted([older, self.object], key=lambda row: row.version)
        extra = {"old": old, "new": new, "changes": changes_between(old, new)}
        return super().get_context_data(**{**extra, **kwargs})


class ConfirmBrief(JobFormPage):
    """A department says whether it can work with the brief (R52)."""

    permission = "jobs.edit_brief"
    is_own = True
    form_class = ConfirmForm
    page_title = _("Is this brief enough to work with?")
    button = _("Answer")
    done = _("Thank you; the AE has been told.")

    def rows(self):
        briefs_seen = Brief.objects.visible_to(self.request.user)
        rows = DeptConfirmation.objects.filter(brief__in=briefs_seen)
        return rows.select_related("brief__job__client__group")

    def job_of(self, row):
        return row.brief.job

    def get_success_url(self):
        return self.object.brief.get_absolute_url()

    def get_cancel_url(self):
        return self.object.brief.get_absolute_url()

    def act(self, form):
        typed = form.cleaned_data
        return briefs.confirm_brief(
            confirmation=self.object,
            enough=typed["enough"] == "yes",
            missing=typed["missing"],
            row_version=typed["row_version"],
            **self.who(),
        )


class FactUpdate(JobFormPage):
    """A fact of the brief in force has come."""

    permission = "jobs.edit_brief"
    form_class = FactStateForm
    page_title = _("A fact has come")
    button = _("Note it")

    def rows(self):
        seen = Brief.objects.visible_to(self.request.user).in_force()
        return Fact.objects.filter(brief__in=seen).select_related(
            "brief__job__client__group", "from_contact", "from_user"
        )

    def job_of(self, row):
        return row.brief.job

    def get_page_lead(self):
        return str(self.object)

    def get_success_url(self):
        return self.object.brief.get_absolute_url()

    def get_cancel_url(self):
        return self.object.brief.get_absolute_url()

    def act(self, form):
        return briefs.state_fact(fact=self.object, **self.who(), **form.cleaned_data)


class StrategyComment(BriefRows, JobFormPage):
    permission = "jobs.edit_brief"
    form_class = CommentForm
    page_title = _("Comment on the strategy")
    button = _("Send the comment")

    def act(self, form):
        return briefs.comment_strategy(
            brief=self.object, text=form.cleaned_data["text"], **self.who()
        )


class ScopeAnswer(JobFormPage):
    """Does the changed brief need a change order?"""

    permission = "jobs.edit_estimate"
    form_class = ScopeForm
    page_title = _("The brief has changed")
    button = _("Answer")

    def rows(self):
        rows = Estimate.objects.visible_to(self.request.user)
        return rows.filter(scope_answer="asked").select_related("job__client__group")

    def act(self, form):
        typed = form.cleaned_data
        return briefs.answer_scope(
            estimate=self.object,
            needed=typed["needed"] == "yes",
            reason=typed["reason"],
            **self.who(),
        )


class QuestionCreate(JobFormPage):
    form_class = QuestionForm
    page_title = _("Ask a question")
    page_lead = _("One person answers, by one day.")
    button = _("Ask")
    done = _("Asked.")

    def get_form_kwargs(self):
        cast = Cast(self.client, self.now, me=self.request.user)
        return {**super().get_form_kwargs(), "cast": cast}

    def get_initial(self):
        return {"due_on": timezone.localdate(self.now)}

    def act(self, form):
        typed = dict(form.cleaned_data)
        who = typed.pop("who")
        is_contact = isinstance(who, Contact)
        named = {"contact": who} if is_contact else {"answerer": who}
        return ask_question(job=self.object, **named, **self.who(), **typed)


class QuestionAnswer(JobFormPage):
    form_class = AnswerForm
    page_title = _("Answer the question")
    button = _("Answer")
    done = _("Answered; who asked has been told.")

    def rows(self):
        rows = Question.objects.visible_to(self.request.user).open()
        return rows.select_related("job__client__group", "asked_by", "answerer", "contact")

    def get_page_lead(self):
        return self.object.text

    def act(self, form):
        return answer_question(question=self.object, **self.who(), **form.cleaned_data)
