"""The papers of the stationery kit (文书工具袋, R68): blank, or filled from what is known.

Blank forms and filled papers come from the same templates. What is printed here is filed nowhere
and has no number: the number is drawn where the paper is issued.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from accounts.permissions import Rights
from agency.common.pdf import render
from archives.kinds import Kind
from archives.models import Document, kinds_shown_to
from archives.papers import person_of
from archives.papers_letter import blank_letter
from budgets.models import AnnualBudget
from budgets.papers import blank as blank_budgets
from budgets.papers.budget import budget_form
from jobs.models import Brief, Job, Timeline
from jobs.papers import blank as blank_jobs
from jobs.papers.brief import brief_client, brief_internal
from jobs.papers.common import header
from jobs.papers.job import job_request, job_sheet
from jobs.services.publishing import PRINTED as PLAN_FACES
from jobs.services.publishing import chart_of, rows_of
from jobs.services.sheet import ordered_text
from meetings import papers_blank as blank_meetings
from meetings.models import Meeting
from meetings.services.agenda import FACES as AGENDA_FACES
from meetings.services.issue import FACES as REPORT_FACES

LETTER = "archives/pdf/letter.html"
EMPTY_REPORT = "meetings/pdf/contact_report_blank.html"
BUDGET = "budgets/pdf/budget_form.html"
BRIEF = "jobs/pdf/brief_internal.html"
BRIEF_FACES = {
    "client": ("jobs/pdf/brief_client.html", brief_client),
    "internal": (BRIEF, brief_internal),
}
EMPTY_PLAN = "jobs/pdf/timeline_blank.html"
FACES = {face.value: face.label for face in (Document.Face.CLIENT, Document.Face.INTERNAL)}
# Of what was said at a meeting a department reads the client's face alone.
OF_MEETINGS = (Kind.AGENDA, Kind.CONTACT_REPORT)


# What a paper is about, and the words that lead to its filling.
OF_WHAT = {
    None: (pgettext_lazy("paper", "Letter"), _("Write one")),
    Client: (_("Client"), _("From a client's budget")),
    Job: (_("Job"), _("From a job")),
    Meeting: (_("Meeting"), _("From a meeting")),
}


@dataclass(frozen=True)
class Paper:
    """One paper of the kit.

    blank: lang -> data for the template. source: the model it is filled from; None: from a letter.
    fill: (row, user, at, face) -> (template, data), filled as far as anything is known.
    faces: those it has; none where there is but one.
    """

    name: str
    label: str | Promise
    kind: str
    template: str
    blank: Callable
    source: type | None = None
    fill: Callable | None = None
    faces: tuple = ()

    @property
    def of_what(self):
        return OF_WHAT[self.source][0]

    @property
    def filled_from(self):
        return OF_WHAT[self.source][1]

    def print_blank(self, lang):
        return render(self.template, self.blank(lang))

    def print_filled(self, row, user, at, lang="", face=""):
        template, data = self.fill(row, user, at, face or "client")
        data = {**data, "lang": lang or data["lang"]}
        if "rows" in data:
            data["chart"] = chart_of(data)
        return render(template, data)

    def may_fill(self, user):
        """Whose eyes the filled one is for (4.1, 4.2)."""
        kinds = kinds_shown_to(user)
        if self.source is None:
            return user.has_perm("archives.file_document")
        return kinds is None or self.kind in kinds

    def faces_for(self, user, client, at):
        """{face: words} of those the person may have of a client's paper."""
        faces = {face: FACES[face] for face in self.faces}
        is_outside = Rights(user, at, client).role_on(client) == "department"
        if is_outside and self.kind in OF_MEETINGS:
            del faces["internal"]
        return faces


def _agenda(meeting, user, at, face):
    template, data_of = AGENDA_FACES[face]
    return template, data_of(meeting, at)


def _contact_report(meeting, user, at, face):
    """What is written of it; before that who was there and of what, with room for the rest."""
    if meeting.report:
        template, data_of = REPORT_FACES[face]
        return template, data_of(meeting.report, at)
    return EMPTY_REPORT, {**blank_meetings.report_of(meeting, at), "face": face}


def _budget_form(client, user, at, face):
    """The newest version, a draft among them; without one the form with the client's name."""
    rows = AnnualBudget.objects.visible_to(user, at).filter(client=client)
    budget = rows.exclude(state=AnnualBudget.State.SUPERSEDED).order_by("-year", "-version").first()
    if budget:
        return BUDGET, budget_form(budget, "", at)
    named = {"name": client.name, "name_en": client.name_en}
    form = blank_budgets.budget_form(client.paper_language)
    return BUDGET, {**form, "client": named, "currency": client.currency}


def _job_request(job, user, at, face):
    return "jobs/pdf/job_request.html", job_request(job, "", at)


def _job_sheet(job, user, at, face):
    data = job_sheet(job, "", at, author=user, costs=ordered_text(job))
    return "jobs/pdf/job_sheet.html", data


def _brief(kind):
    """(row, user, at, face) -> (template, data) of the newest brief of a kind."""

    def fill(job, user, at, face):
        template, data_of = BRIEF_FACES[face]
        rows = Brief.objects.visible_to(user, at).filter(job=job, kind=kind)
        if brief := rows.order_by("-version").first():
            return template, data_of(brief, "", at)
        form = blank_jobs.brief(job.client.paper_language, kind)
        return template, _of_job(job, form, at, face)

    return fill


def _timeline(job, user, at, face):
    rows = Timeline.objects.visible_to(user, at).filter(job=job)
    if timeline := rows.order_by("-version").first():
        template, data_of = PLAN_FACES[face]
        return template, data_of(timeline, rows_of(timeline), at=at)
    return EMPTY_PLAN, _of_job(job, blank_jobs.timeline(job.client.paper_language), at, face)


def _of_job(job, form, at, face):
    """A blank form with the head of the job."""
    head = header(job, face, author=job.ae, at=at)
    return {**form, **head, "number": form["number"], "due_on": job.due_on,
            "distribution_ours": [person_of(job.ae)]}  # fmt: skip


def _blank_creative(lang):
    return blank_jobs.brief(lang, Brief.Kind.CREATIVE)


def _letter(kind):
    return lambda lang: blank_letter(kind, lang)


TWO = tuple(FACES)
PAPERS = [
    Paper("fax", _("Fax"), Kind.FAX, LETTER, _letter("fax")),
    Paper("memo", _("Memo"), Kind.MEMO, LETTER, _letter("memo")),
    Paper(
        "agenda", _("Agenda"), Kind.AGENDA, "meetings/pdf/agenda_client.html",
        blank_meetings.agenda, Meeting, _agenda, TWO,
    ),
    Paper(
        "contact-report", _("Contact report form"), Kind.CONTACT_REPORT, EMPTY_REPORT,
        blank_meetings.contact_report, Meeting, _contact_report, TWO,
    ),
    Paper(
        "budget-form", _("Budget form"), Kind.BUDGET_FORM, BUDGET,
        blank_budgets.budget_form, Client, _budget_form,
    ),
    Paper(
        "job-request", _("Job number request"), Kind.JOB_REQUEST, "jobs/pdf/job_request.html",
        blank_jobs.job_request, Job, _job_request,
    ),
    Paper(
        "job-sheet", _("Job sheet"), Kind.JOB_SHEET, "jobs/pdf/job_sheet.html",
        blank_jobs.job_sheet, Job, _job_sheet,
    ),
    Paper(
        "brief", _("Brief"), Kind.BRIEF, BRIEF,
        blank_jobs.brief, Job, _brief(Brief.Kind.JOB), TWO,
    ),
    Paper(
        "creative-brief", _("Creative brief"), Kind.CREATIVE_BRIEF, BRIEF,
        _blank_creative, Job, _brief(Brief.Kind.CREATIVE), TWO,
    ),
    Paper(
        "schedule", _("Schedule"), Kind.TIMELINE, EMPTY_PLAN,
        blank_jobs.timeline, Job, _timeline, TWO,
    ),
]  # fmt: skip
BY_NAME = {paper.name: paper for paper in PAPERS}
