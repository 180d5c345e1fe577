"""Verbs on a job, each with its page: approve, reject, deliver, cancel, archive and back."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agency.common.forms import ReasonForm
from archives.kinds import Kind
from archives.services import file_upload
from jobs.forms.job import ApproveForm, CancelForm, WaiveForm
from jobs.models import Job
from jobs.services import ending
from jobs.services.job import approve_job, contract_missing, reject_job
from jobs.services.sheet import file_job_sheet
from jobs.services.waiver import waive_paper
from jobs.views.base import JobFormPage, JobVerbView

State = Job.State


class JobVerb(JobVerbView):
    """There only while the job is in one of `states`."""

    permission = "jobs.approve_job"
    states = State.values

    @cached_property
    def object(self):
        return get_object_or_404(self.rows().filter(state__in=self.states), pk=self.kwargs["pk"])

    def get_consequence(self):
        return self.consequence or str(self.object)

    def of(self, form):
        return {"job": self.object, **self.who(), **form.cleaned_data}


class JobApprove(JobVerb):
    form_class = ApproveForm
    states = (State.REQUESTED,)
    page_title = _("Approve the job")
    consequence = _("It gets its job number; the production estimate is due in two working days.")
    button = _("Give the job number")
    keep = _("Not yet")
    done = _("Approved.")

    def get_form_kwargs(self):
        asks = contract_missing(self.object, self.now)
        return {**super().get_form_kwargs(), "asks_reason": asks}

    def act(self, form):
        return approve_job(**self.of(form))


class JobReject(JobVerb):
    form_class = ReasonForm
    states = (State.REQUESTED,)
    page_title = _("Refuse the job")
    button = _("Refuse it")
    keep = _("Keep it")
    done = _("Refused; who asked has been told.")
    grave = True

    def act(self, form):
        return reject_job(**self.of(form))


class JobDeliver(JobVerb):
    permission = "jobs.give_start"
    states = (State.ACTIVE,)
    page_title = _("Report the job as delivered")
    consequence = _("All orders are done and every file has passed its check.")
    button = _("It is delivered")
    keep = _("Not yet")
    done = _("Delivered. What is left is the completion form.")

    def act(self, form):
        return ending.deliver_job(**self.of(form))


class JobReopen(JobVerb):
    form_class = ReasonForm
    states = (State.DELIVERED,)
    page_title = _("Open the job again")
    button = _("Open it again")
    keep = _("Leave it")
    done = _("Open again.")

    def act(self, form):
        return ending.reopen_job(**self.of(form))


class JobUnclose(JobReopen):
    permission = "jobs.approve_director"
    states = (State.CLOSED,)
    page_title = _("Open the closed job again")

    def act(self, form):
        return ending.unclose_job(**self.of(form))


class JobCancel(JobVerb):
    form_class = CancelForm
    states = (State.APPROVED, State.ACTIVE)
    page_title = _("Cancel the job")
    consequence = _("Open orders are withdrawn and everybody on the job is told.")
    button = _("Cancel the job")
    keep = _("Keep it")
    done = _("Cancelled.")
    grave = True

    def act(self, form):
        typed = dict(form.cleaned_data)
        upload = typed.pop("proof")
        proof = self.file_proof(upload) if upload else None
        return ending.cancel_job(job=self.object, proof=proof, **self.who(), **typed)

    def file_proof(self, upload):
        return file_upload(
            client=self.client,
            kind=Kind.RETURN_PROOF,
            upload=upload,
            title=str(self.object)[:200],
            dated_on=timezone.localdate(self.now),
            job_numbers=[self.object.number],
            **self.who(),
        )


class JobArchive(JobVerb):
    form_class = ReasonForm
    page_title = _("Archive the job")
    consequence = _("It stands in no list of work any more; it stays findable and can come back.")
    button = _("Archive it")
    keep = _("Keep it")
    done = _("Archived.")

    def act(self, form):
        return ending.archive_job(**self.of(form))


class JobBringBack(JobVerb):
    page_title = _("Bring the job back")
    button = _("Bring it back")
    keep = _("Leave it")
    done = _("It is back.")

    def act(self, form):
        return ending.bring_back_job(**self.of(form))


class JobSheet(JobVerb):
    """File the job sheet as things stand: who does what by when (7)."""

    permission = "jobs.request_job"
    states = (State.APPROVED, State.ACTIVE, State.DELIVERED, State.CLOSED)
    page_title = _("Print the job sheet")
    consequence = _("It is filed with the orders, dates and costs as they stand now.")
    button = _("File the job sheet")
    keep = _("Not now")
    done = _("Filed.")

    def act(self, form):
        return file_job_sheet(job=self.object, **self.who())

    def get_success_url(self):
        return self.result.get_absolute_url()


class PaperWaive(JobFormPage):
    """The account manager says why the job goes without a paper (R40)."""

    permission = "jobs.approve_completion"
    form_class = WaiveForm
    page_title = _("Do without a paper")
    button = _("Do without it")
    done = _("Noted with its reason.")

    def get_initial(self):
        return {"kind": self.request.GET.get("kind", "")}

    def act(self, form):
        return waive_paper(job=self.object, **self.who(), **form.cleaned_data)
