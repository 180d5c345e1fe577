"""The page of one job: where it stands, and the whole story in the order of the chain."""

from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.views.about import crumbs_of
from agency.common.gathered import gathered
from archives.completeness import completeness
from jobs.models import Job
from jobs.reports.missing import missing_papers
from jobs.services.job import not_ready
from jobs.views.base import JobPlainPage
from jobs.views.parts import PARTS

State = Job.State
STORY = (State.REQUESTED, State.APPROVED, State.ACTIVE, State.DELIVERED, State.CLOSED)


class JobDetail(JobPlainPage):
    """One job: where it stands, and each part of its story in the order of the chain."""

    template_name = "jobs/job_detail.html"

    def get_page_title(self):
        return self.object.title

    def get_crumbs(self):
        return crumbs_of(self.client, _("Jobs"), reverse("jobs:job_list"))

    def rows(self):
        return super().rows().select_related("completion")

    @cached_property
    def found(self):
        """{name: rows} of what stands in the parts, in one query."""
        found = defaultdict(list)
        sources = {}
        for part in PARTS:
            sources |= part.rows(self)
        for name, row in gathered(sources):
            found[name].append(row)
        return found

    def get_context_data(self, **kwargs):
        job = self.object
        gaps = [] if self.is_theirs else missing_papers(job)
        today = timezone.localdate(self.now)
        may = self.acts()
        extra = {
            "today": today,
            "is_late": job.is_overdue(today),
            "gaps": gaps,
            "completeness": completeness(gaps),
            "may": may,
            "not_ready": [words for _name, words in not_ready(job, self.now)]
            if may["approve"]
            else [],
        }
        for part in PARTS:
            extra |= part.part(self)
        extra["steps"] = list(steps(job, extra["logs"]))
        return super().get_context_data(**{**extra, **kwargs})

    def acts(self):
        """{act: whether the page offers it}; the verb asks again."""
        job, user = self.object, self.request.user
        lead, work = self.may("jobs.approve_job"), self.may("jobs.request_job")
        asked, state = job.state == State.REQUESTED, job.state
        return {
            "edit": work and job.is_at_work,
            "approve": asked and lead and job.requested_by_id != user.pk,
            "reject": asked and lead,
            "deliver": state == State.ACTIVE and self.may("jobs.give_start"),
            "reopen": state == State.DELIVERED and lead,
            "cancel": state in (State.APPROVED, State.ACTIVE) and lead,
            "unclose": state == State.CLOSED and self.may("jobs.approve_director"),
            "sheet": bool(job.number) and work,
            "archive": lead and not job.archived_at and not asked,
            "bring_back": lead and bool(job.archived_at),
            "ask": job.is_at_work,
            "waive": self.may("jobs.approve_completion") and bool(job.number),
        }


def steps(job, logs):
    """(words, "done" | "now" | "wait" | "refused", when, who) of the stepper."""
    logs = {log.to_state: log for log in logs if log.from_state != log.to_state}
    ended = job.state in (State.REJECTED, State.CANCELLED)
    reached = STORY.index(job.state) if job.state in STORY else -1
    for place, state in enumerate(STORY):
        log = logs.get(state)
        is_past = place <= reached if reached >= 0 else log is not None
        kind = "done" if is_past else "wait"
        if place == reached and state != State.CLOSED:
            kind = "now"
        yield state.label, kind, log.at if log and is_past else None, log.by if log else None
    if ended:
        log = logs.get(job.state)
        yield job.get_state_display(), "refused", log and log.at, log and log.by
