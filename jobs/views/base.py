"""What the pages of jobs share: rows one may see, their job, and the way back."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.views import about
from accounts.views.about import crumbs_of
from agency.common.nav import OWN
from jobs.models import Job
from jobs.services.access import is_theirs


class InJob(about.WithRights, about.InClient):
    """Mixin, put first: pages about a job or a row of one.

    job_of(row) leads to the job. The right is asked on the job's client; a department has its own
    rights where it has work on the job (4.2: own).
    """

    permission = "accounts.view_client"
    permission_on = OWN
    # A verb that departments, too, have on jobs they have work on (4.2: own).
    is_own = False

    def rows(self):
        return Job.objects.visible_to(self.request.user).select_related(
            "client__group", "brand", "product", "ae", "requested_by", "approved_by"
        )

    def job_of(self, row):
        return row if isinstance(row, Job) else row.job

    def client_of(self, row):
        return self.job_of(row).client

    @cached_property
    def job(self):
        return self.job_of(self.object)

    @cached_property
    def is_theirs(self):
        return is_theirs(self.job, self.request.user, self.now)

    def may(self, permission, own=False):
        """The right on the client; `own`: also what a department has on its jobs."""
        return self.rights.can(permission, self.client, own and self.is_theirs)

    def may_enter(self):
        return self.may(self.permission, self.is_own)

    def get_crumbs(self):
        crumbs = crumbs_of(self.client, _("Jobs"), reverse("jobs:job_list"))
        return [*crumbs, self.job_crumb]

    @property
    def job_crumb(self):
        """The way back to the job; says so when its brief is less than a day old (R51)."""
        label = self.job.number or self.job.title
        newest = self.job.briefs.in_force().order_by("in_force_at").last()
        if newest and newest.is_new(self.now):
            label = _("%(job)s (new: %(brief)s)") % {"job": label, "brief": newest}
        return (label, job_url(self.job))

    def get_success_url(self):
        return job_url(self.job)

    def get_cancel_url(self):
        return job_url(self.job)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"job": self.job, **kwargs})


class JobPlainPage(InJob, about.ClientPlainPage):
    """A page to read about a job's row."""


class JobFormPage(InJob, about.ClientFormPage):
    """A form about a job's row."""


class JobVerbView(InJob, about.ClientVerbView):
    """A verb on a job's row, with its confirm page."""


def job_url(job):
    return reverse("jobs:job_detail", args=[job.pk])
