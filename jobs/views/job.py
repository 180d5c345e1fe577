"""Jobs: the list, the board by state, the request and its correction (3.5)."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Contract
from accounts.models.scope import local_day
from accounts.views.asked import ClientAsked
from agency.common.dates import DAY, MIDNIGHT, local_instant
from agency.common.views import Column, ListPage, PlainPage
from agency.common.wording import state_tone
from jobs.forms.filters import ClientFilter
from jobs.forms.job import ARCHIVED, AT_WORK, OVERDUE, JobEditForm, JobFilter, JobRequestForm
from jobs.models import Job
from jobs.reports.figures import late_jobs
from jobs.reports.missing import counted, lacks_papers, percent
from jobs.services.job import request_job, update_job
from jobs.views.base import JobFormPage, job_url

State = Job.State
BOARD = (State.REQUESTED, State.APPROVED, State.ACTIVE, State.DELIVERED)
CARDS = 60
FACTS = ("title", "kind", "due_on", "brand", "product", "ae", "budget_year", "makes_ads",
         "po_number", "risk_note", "contract_reason")  # fmt: skip


def number_of(job):
    """What the list leads by: a request has its number only once it is approved (3.5)."""
    return job.number or _("No number yet")


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
        lacking = [Column(_("Papers complete"), lambda row: f"{percent(row)} %", "number")]
        return [
            *(lacking if self.wanted.get("papers") else []),
            Column(_("Job"), number_of, "code", sort="number", url=job_url),
            Column(_("Title"), "title"),
            Column(_("Client"), "client", sort="client"),
            Column(_("Kind"), "get_kind_display"),
            Column(_("State"), "get_state_display", "badge", tone=state_tone),
            Column(_("AE"), "ae"),
            Column(_("Due"), "due_on", "date", sort="due"),
            Column(_("Late"), lambda row: late(row, today), "badge", tone=lambda row: "red"),
        ]

    def rows(self):
        rows = Job.objects.visible_to(self.request.user)
        return rows.select_related("client", "ae")

    def narrow(self, rows, q="", client=None, state="", ae=None, papers="", until=None, **late):
        for word in q.split():
            words = Q(number__icontains=word) | Q(title__icontains=word)
            rows = rows.filter(words | Q(brand__name__icontains=word))
        rows = rows.filter(client=client) if client else rows
        rows = rows.of_ae(ae) if ae else rows
        rows = rows.filter(due_on__lte=until) if until else rows
        rows = counted(rows.filter(lacks_papers())) if papers == "missing" else rows
        if late:
            return self.of_late(rows, **late)
        return self.of_state(rows, state)

    def of_late(self, rows, late_since=None, late_until=None):
        """Archived ones too: what was late stays so."""
        if late_since is None or late_until is None:
            return rows.none()
        end = local_instant(late_until + DAY, MIDNIGHT)
        return late_jobs(rows, local_instant(late_since, MIDNIGHT), min(end, self.now))

    def of_state(self, rows, state):
        if state == ARCHIVED:
            return rows.archived()
        rows = rows.filter(archived_at__isnull=True)
        if state == OVERDUE:
            return rows.overdue(timezone.localdate(self.now))
        if state == AT_WORK:
            return rows.at_work()
        return rows.filter(state=state) if state else rows

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


class JobCreate(ClientAsked, JobFields, JobFormPage):
    """Ask for a job number: first the client, then what is wanted."""

    form_class = JobRequestForm
    page_title = _("New job")
    page_lead = _("The account manager gives the number once the brief is in force.")
    button = _("Ask for the job number")
    object = None
    job = None

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
