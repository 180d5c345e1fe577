"""Jobs: the list, the board by state, the page with the whole story, and its verbs (3.5)."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.asked import ClientChoice
from accounts.models import Contract
from accounts.models.scope import local_day
from accounts.views.about import crumbs_of
from accounts.views.asked import ClientAsked
from agency.common.views import Column, ListPage, PlainPage
from archives.models import DocumentJob
from jobs.forms.filters import ClientFilter
from jobs.forms.job import ARCHIVED, AT_WORK, OVERDUE, JobEditForm, JobFilter, JobRequestForm
from jobs.models import Job
from jobs.reports.missing import completeness, missing_papers
from jobs.services.job import not_ready, request_job, update_job
from jobs.views.base import JobFormPage, JobPlainPage, job_url
from jobs.views.parts import PARTS

State = Job.State
BOARD = (State.REQUESTED, State.APPROVED, State.ACTIVE, State.DELIVERED)
STORY = (State.REQUESTED, State.APPROVED, State.ACTIVE, State.DELIVERED, State.CLOSED)
CARDS = 60
FACTS = ("title", "kind", "due_on", "brand", "product", "ae", "budget_year", "makes_ads",
         "po_number", "risk_note", "contract_reason")  # fmt: skip


class JobList(ListPage):
    permission = "accounts.view_client"
    page_title = _("Jobs")
    sheet_name = "jobs"
    filter_form = JobFilter
    sorts = {
        "number": ("number", "pk"),
        "due": ("due_on", "pk"),
        "client": ("client__name", "-pk"),
        "asked": ("requested_at", "pk"),
    }
    default_sort = "-asked"
    empty_title = _("No jobs yet")
    empty_text = _("Every piece of work begins with a job number and a brief.")

    def get_columns(self):
        today = timezone.localdate(self.now)
        return [
            Column(_("Job"), lambda row: row.number or "–", "code", sort="number", url=job_url),
            Column(_("Title"), "title"),
            Column(_("Client"), "client", sort="client"),
            Column(_("Kind"), "get_kind_display"),
            Column(_("State"), "get_state_display", "badge", tone=lambda row: row.tone),
            Column(_("AE"), "ae"),
            Column(_("Due"), "due_on", "date", sort="due"),
            Column(_("Late"), lambda row: late(row, today), "badge", tone=lambda row: "red"),
        ]

    def rows(self):
        rows = Job.objects.visible_to(self.request.user)
        return rows.select_related("client", "ae")

    def narrow(self, rows, q="", client=None, state="", ae=None, papers="", until=None):
        for word in q.split():
            words = Q(number__icontains=word) | Q(title__icontains=word)
            rows = rows.filter(words | Q(brand__name__icontains=word))
        rows = rows.filter(client=client) if client else rows
        rows = rows.of_ae(ae) if ae else rows
        rows = rows.filter(due_on__lte=until) if until else rows
        return self.lacking(self.of_state(rows, state), papers)

    def of_state(self, rows, state):
        if state == ARCHIVED:
            return rows.archived()
        rows = rows.filter(archived_at__isnull=True)
        if state == OVERDUE:
            return rows.overdue(timezone.localdate(self.now))
        if state == AT_WORK:
            return rows.at_work()
        return rows.filter(state=state) if state else rows

    def lacking(self, rows, papers):
        """Jobs without the first papers of their stage; the page of each says exactly what."""
        if papers != "missing":
            return rows
        held = DocumentJob.objects.filter(job_number=OuterRef("number"))
        issued = held.filter(document__state__in=["issued", "history"])
        kinds = {"approved": "brief", "active": "start_order", "delivered": "contact_report",
                 "closed": "completion_form"}  # fmt: skip
        wanted = Q()
        for stage, kind in kinds.items():
            missing = ~Exists(issued.filter(document__kind=kind))
            wanted |= Q(missing, state=stage)
        return rows.filter(wanted)

    def get_first_step(self):
        may = self.request.user.has_perm("jobs.request_job")
        return (_("New job"), reverse("jobs:job_create")) if may else None

    def get_acts(self):
        return [*super().get_acts(), (_("Board"), reverse("jobs:job_board"))]

    def get_filter_kwargs(self):
        return {"user": self.request.user}


def late(job, today):
    return _("Overdue") if job.is_overdue(today) else ""


class JobBoard(PlainPage):
    """The jobs in work as cards, a column for each state."""

    permission = "accounts.view_client"
    template_name = "jobs/job_board.html"
    page_title = _("Jobs on the board")

    @cached_property
    def filters(self):
        form = ClientFilter(self.request.GET or None, user=self.request.user)
        form.is_valid()
        return form

    def get_context_data(self, **kwargs):
        client = getattr(self.filters, "cleaned_data", {}).get("client")
        rows = Job.objects.visible_to(self.request.user).at_work()
        rows = rows.filter(client=client) if client else rows
        rows = list(rows.select_related("client", "ae").order_by("due_on", "pk")[: CARDS * 4])
        today = timezone.localdate(self.now)
        columns = [
            (state.label, [(job, job.is_overdue(today)) for job in rows if job.state == state])
            for state in BOARD
        ]
        extra = {
            "columns": columns,
            "filters": self.filters,
            "is_filtered": client is not None,
            "may_ask": self.request.user.has_perm("jobs.request_job"),
        }
        return super().get_context_data(**{**extra, **kwargs})


class JobDetail(JobPlainPage):
    """One job: where it stands, and each part of its story in the order of the chain."""

    template_name = "jobs/job_detail.html"

    def get_page_title(self):
        return self.object.title

    def get_crumbs(self):
        return crumbs_of(self.client, _("Jobs"), reverse("jobs:job_list"))

    def get_context_data(self, **kwargs):
        job = self.object
        gaps = [] if self.is_theirs else missing_papers(job)
        today = timezone.localdate(self.now)
        may = self.acts()
        extra = {
            "today": today,
            "is_late": job.is_overdue(today),
            "tone": job.tone,
            "deliverables": job.deliverables.all(),
            "gaps": gaps,
            "completeness": completeness(gaps),
            "logs": list(job.logs.select_related("by", "behalf_of")),
            "questions": list(self.questions()),
            "may": may,
            "not_ready": [words for _name, words in not_ready(job, self.now)]
            if may["approve"]
            else [],
        }
        extra["steps"] = list(steps(job, extra["logs"]))
        for part in PARTS:
            extra |= part(self)
        return super().get_context_data(**{**extra, **kwargs})

    def questions(self):
        """(question, whether this person may answer it)."""
        rows = self.object.questions.select_related(
            "asked_by", "answerer", "answered_by", "contact"
        )
        writes = self.may("jobs.edit_brief")
        for row in rows:
            yield row, writes or row.answerer_id == self.request.user.pk

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


class JobFields:
    """Mixin: the form of request and correction with its deliverables."""

    permission = "jobs.request_job"
    template_name = "jobs/job_form.html"

    def get_form_kwargs(self):
        day = local_day(self.now)
        has_contract = Contract.objects.filter(client=self.client).covering(day).exists()
        return {
            **super().get_form_kwargs(),
            "client": self.client,
            "at": self.now,
            "has_contract": has_contract,
        }

    def get_context_data(self, **kwargs):
        pick = ClientChoice(clients=self.clients) if self.client is None else None
        return super().get_context_data(**{"pick": pick, **kwargs})


class JobCreate(ClientAsked, JobFields, JobFormPage):
    """Ask for a job number: first the client, then what is wanted."""

    form_class = JobRequestForm
    page_title = _("New job")
    page_lead = _("The account manager gives the number once the brief is in force.")
    button = _("Ask for the job number")
    object = None
    job = None

    def get_form(self, form_class=None):
        return super().get_form(form_class) if self.client else None

    def get_crumbs(self):
        return [(_("Jobs"), reverse("jobs:job_list"))]

    def get_cancel_url(self):
        return reverse("jobs:job_list")

    def may_enter(self):
        return self.request.user.has_perm(self.permission, self.client)

    def get_initial(self):
        day = local_day(self.now)
        return {"ae": self.request.user, "budget_year": day.year}

    def act(self, form):
        rows = [{k: v for k, v in row.items() if k != "pk"} for row in form.typed_rows()]
        return request_job(client=self.client, deliverables=rows, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return job_url(self.result)


class JobUpdate(JobFields, JobFormPage):
    form_class = JobEditForm
    page_title = _("Correct the job")
    done = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.object, name) for name in FACTS}

    def get_form_kwargs(self):
        names = ("pk", "name", "medium", "quantity", "spec", "not_charged")
        rows = [
            {name: getattr(row, name) for name in names} for row in self.object.deliverables.all()
        ]
        return {**super().get_form_kwargs(), "rows": rows}

    def act(self, form):
        typed = dict(form.cleaned_data)
        return update_job(job=self.object, deliverables=form.typed_rows(), **self.who(), **typed)
