"""The completion form and what follows the closing: ratings, review notes (3.11, R75, R84)."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import ReasonForm, VerbForm
from archives.models import Ad
from jobs.forms.closing import AdForm, CompletionEditForm, RatingForm, ReviewForm
from jobs.models import CompletionForm, Job
from jobs.services.completion import (
    approve_completion,
    draft_completion,
    gaps,
    rate_job,
    record_ad,
    return_completion,
    save_completion,
    submit_completion,
    sums_of,
    write_review,
)
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView

State = CompletionForm.State
WORDS = ("delivered_on", "no_ad_reason", "deviation", "unbilled_reason", "lessons")


class OfForm:
    """Pages about the completion form of a job; the address holds the job."""

    states = State.values

    def rows(self):
        rows = super().rows()
        return rows.filter(completion__state__in=self.states).select_related(
            "completion__author", "completion__approved_by", "completion__document"
        )

    @cached_property
    def form_row(self):
        return self.object.completion

    def get_success_url(self):
        return self.form_row.get_absolute_url()

    def get_cancel_url(self):
        return self.form_row.get_absolute_url()

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "row_version": self.form_row.row_version}

    def of(self, form):
        return {"form": self.form_row, **self.who(), **form.cleaned_data}


class CompletionCreate(JobVerbView):
    """Begin the form of a delivered job, or open the one that is there."""

    permission = "jobs.complete"
    page_title = _("Begin the completion form")
    consequence = _("It collects what was delivered, signed and paid; its approval closes the job.")
    button = _("Begin the form")
    keep = _("Not yet")

    def rows(self):
        return super().rows().filter(state=Job.State.DELIVERED)

    def act(self, form):
        return draft_completion(job=self.object, **self.who())

    def get_success_url(self):
        return self.result.get_absolute_url()


class CompletionDetail(OfForm, JobPlainPage):
    template_name = "jobs/completion_detail.html"
    page_title = _("Completion form")

    def get_context_data(self, **kwargs):
        form, user = self.form_row, self.request.user
        signed, cost = sums_of(self.job)
        is_draft = form.state == State.DRAFT
        extra = {
            "form": form,
            "signed": signed,
            "cost": cost,
            "gaps": list(gaps(form)) if is_draft else [],
            "may_waive": self.may("jobs.approve_completion"),
            "ads": Ad.objects.filter(client=self.client).of_job(self.job.number),
            "deliverables": self.job.deliverables.all(),
            "may_edit": is_draft and self.may("jobs.complete"),
            "may_approve": form.state == State.SUBMITTED
            and form.author_id != user.pk
            and self.may("jobs.approve_completion"),
            "sees_money": self.may("budgets.view_money"),
            "sees_cost": self.may("jobs.edit_estimate") or self.may("budgets.view_margin"),
        }
        return super().get_context_data(**{**extra, **kwargs})


class CompletionUpdate(OfForm, JobFormPage):
    permission = "jobs.complete"
    states = (State.DRAFT,)
    form_class = CompletionEditForm
    page_title = _("Fill in the completion form")

    def get_initial(self):
        return {name: getattr(self.form_row, name) for name in WORDS}

    def act(self, form):
        typed = dict(form.cleaned_data)
        version = typed.pop("row_version")
        return save_completion(form=self.form_row, typed=typed, row_version=version, **self.who())


class CompletionAd(OfForm, JobFormPage):
    """Record an ad the job made."""

    permission = "archives.edit_archive"
    states = (State.DRAFT,)
    form_class = AdForm
    page_title = _("Record an ad")
    button = _("Record it")
    done = _("It stands in the client's record of ads.")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("row_version")
        return kwargs

    def get_initial(self):
        return {"title": self.job.title, "first_run": self.form_row.delivered_on}

    def act(self, form):
        return record_ad(job=self.job, **self.who(), **form.cleaned_data)


class CompletionVerb(OfForm, JobVerbView):
    form_class = VerbForm


class CompletionSubmit(CompletionVerb):
    permission = "jobs.complete"
    states = (State.DRAFT,)
    page_title = _("Hand in the completion form")
    consequence = _("The account manager looks at it; with the approval the job is closed.")
    button = _("Hand it in")
    keep = _("Not yet")
    done = _("Handed in; the account manager has been told.")

    def act(self, form):
        return submit_completion(**self.of(form))


class CompletionApprove(CompletionVerb):
    permission = "jobs.approve_completion"
    states = (State.SUBMITTED,)
    page_title = _("Approve the completion form")
    consequence = _("The job is closed and its papers go to the history.")
    button = _("Approve and close the job")
    keep = _("Not yet")
    done = _("The job is closed.")

    def act(self, form):
        return approve_completion(**self.of(form))


class CompletionReturn(CompletionVerb):
    permission = "jobs.approve_completion"
    states = (State.SUBMITTED,)
    form_class = ReasonForm
    page_title = _("Return to the author")
    button = _("Return it")
    keep = _("Keep it")
    done = _("Returned; the author has been told.")

    def act(self, form):
        return return_completion(**self.of(form))


class RatingCreate(JobFormPage):
    """How a department found the cooperation on a closed job."""

    permission = "jobs.take_start"
    is_own = True
    form_class = RatingForm
    page_title = _("Rate the cooperation")
    button = pgettext_lazy("verb", "Rate")
    done = _("Thank you.")

    def rows(self):
        return super().rows().filter(state=Job.State.CLOSED)

    def act(self, form):
        typed = form.cleaned_data
        stars = int(typed["stars"])
        return rate_job(job=self.object, stars=stars, text=typed["text"], **self.who())


class ReviewCreate(JobFormPage):
    """The director's note on strategy or creative work."""

    permission = "jobs.approve_director"
    form_class = ReviewForm
    page_title = _("Write a review note")
    button = _("Write it")
    done = _("Noted; AE and AM can read it.")

    def act(self, form):
        today = timezone.localdate(self.now)
        return write_review(job=self.object, on=today, **self.who(), **form.cleaned_data)
