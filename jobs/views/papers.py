"""A signed paper on its way, of whichever kind: its rows, the steps, the verbs inside our house.

What a page of one kind adds is its model, its words and its template.
"""

import base64

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from accounts.views.about import VerbAsks
from agency.common.errors import Refused
from agency.common.forms import ReasonForm
from agency.common.pdf import preview_pages
from archives.downloads import paper_response, preview_response
from archives.storage import read_file
from jobs.forms.chain import ApproveForm
from jobs.models import Approval, SignedPaper
from jobs.reports.steps import steps_of, trail_of
from jobs.services import chain, sending
from jobs.services.papers import kind_of
from jobs.services.steps import approvals_of, approvers_of, due_step
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView

State, Step = SignedPaper.State, Approval.Step
INSIDE = (State.SUBMITTED, State.MANAGER_OK, State.DIRECTOR_OK)
ENDED = (State.REFUSED, State.WITHDRAWN, State.EXPIRED)
RUNNING = SignedPaper.RUNNING


class PaperRows:
    """Mixin, put first: pages about a paper of `model` in one of `states`."""

    model = None
    states = State.values
    beside = ("job__client__group__head", "job__ae", "author")

    def rows(self):
        rows = self.model.objects.visible_to(self.request.user).filter(state__in=self.states)
        return rows.select_related(*self.beside)

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    @property
    def paper(self):
        return self.object

    @property
    def kind(self):
        return kind_of(self.model)

    @cached_property
    def sees_inside(self):
        """What never stands on the client's face."""
        return self.may(self.kind.edit_right) or self.may("budgets.view_margin")

    @cached_property
    def fit(self):
        """Whose turn it is inside our house."""
        row = self.paper
        return list(approvers_of(row, self.now)) if row.state in INSIDE else []

    def of(self, form):
        return {"paper": self.paper, **self.who(), **form.cleaned_data}

    def get_crumbs(self):
        return [*super().get_crumbs(), (str(self.paper), self.paper.get_absolute_url())]

    def get_success_url(self):
        return self.paper.get_absolute_url()

    def get_cancel_url(self):
        return self.paper.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"paper": self.paper, **kwargs})


def way_of(page):
    """What the page and the approval show of the way of a paper."""
    row, approvals = page.paper, approvals_of(page.paper)
    return {
        "steps": steps_of(row, approvals, page.fit),
        "trail": trail_of(row, approvals),
        "fit": page.fit,
        "is_mine": page.request.user in page.fit,
    }


class Acts:
    """Which verbs the page offers; each asks again."""

    def __init__(self, page):
        self.page, self.row, self.kind = page, page.paper, page.kind
        self.user, self.now = page.request.user, page.now

    def _may(self, permission, *states):
        return self.row.state in states and self.page.may(permission)

    @cached_property
    def decide(self):
        return self.user in self.page.fit

    @property
    def submit(self):
        return self._may(self.kind.edit_right, State.DRAFT)

    @property
    def withdraw(self):
        may = self._may("jobs.send_estimate", *RUNNING)
        return may and chain.may_withdraw(self.row, self.user, self.now)

    @property
    def send(self):
        return self._may("jobs.send_estimate", State.APPROVED)

    @property
    def record(self):
        return self._may("jobs.record_signature", State.SENT) and not self.row.answer_id

    @property
    def confirm(self):
        is_other = bool(self.row.answer_id) and self.row.answer.recorded_by_id != self.user.pk
        return self._may("jobs.confirm_signature", State.SENT) and is_other

    @property
    def renew(self):
        return self._may("jobs.send_estimate", State.EXPIRED) and not self.has_newer

    @property
    def confirm_costs(self):
        may = self._may("jobs.approve_manager", State.EXPIRED)
        return may and not sending.costs_are_confirmed(self.row)

    @property
    def revise(self):
        return self._may(self.kind.edit_right, *ENDED) and not self.has_newer

    @property
    def go_on(self):
        """From a signed paper to what takes its place."""
        return self._may(self.kind.edit_right, State.SIGNED)

    @cached_property
    def has_newer(self):
        return self.kind.newer(self.row).exists()


class PaperFace(PaperRows, JobPlainPage):
    """What the client sees: pictures of the very PDF, sent or as it would be sent now."""

    permission = "budgets.view_money"
    page_title = gettext_lazy("What the client sees")

    def get_context_data(self, **kwargs):
        pages, problem = [], ""
        try:
            pages = pictures(client_pdf(self.paper, self.now))
        except Refused as error:
            problem = str(error)
        return super().get_context_data(pages=pages, problem=problem, **kwargs)


def client_pdf(paper, at):
    if paper.client_document:
        return read_file(paper.client_document.sha256)
    return sending.print_face(paper, "client", at)


def pictures(pdf):
    """Addresses of page pictures that need no request of their own."""
    pages = preview_pages(pdf)
    return [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages]


class PaperPdf(PaperRows, JobPlainPage):
    """The filed paper, before it is sent the preview; `?face=internal` for who may see inside."""

    permission = "budgets.view_money"

    def get(self, request, *args, **kwargs):
        wants_internal = request.GET.get("face") == "internal" and self.sees_inside
        face = "internal" if wants_internal else "client"
        paper = getattr(self.paper, f"{face}_document")
        if paper:
            return paper_response(paper)
        return preview_response(
            sending.print_face(self.paper, face, self.now), f"preview-{face}.pdf"
        )


class PaperVerb(PaperRows, JobVerbView):
    """A verb on a paper in one of `states`, with its confirm page."""

    def get_consequence(self):
        return self.consequence or str(self.paper)


class PaperSubmit(PaperVerb):
    states = (State.DRAFT,)
    template_name = "jobs/paper_submit.html"
    consequence = gettext_lazy(
        "Lines, rates and totals are frozen and the number is drawn; the account manager is next."
    )
    button = gettext_lazy("Hand it in")
    keep = gettext_lazy("Not yet")
    done = gettext_lazy("Handed in; whose turn it is has been told.")

    def act(self, form):
        return chain.submit(**self.of(form))

    def get_context_data(self, **kwargs):
        missing = [words for _field, words in self.kind.gaps(self.paper)]
        return super().get_context_data(**{"gaps": missing, **kwargs})


class Decision(PaperRows):
    """Mixin: who has the right of a step at all, or is called on as management (4.3)."""

    states = INSIDE
    permission = "budgets.view_money"

    def may_enter(self):
        by_right = self.may("jobs.approve_manager") or self.may("jobs.approve_director")
        return by_right or self.request.user in approvers_of(self.paper, self.now)

    def decided(self, function, **typed):
        step = due_step(self.paper)
        return function(paper=self.paper, step=step, **self.who(), **typed)


class PaperApprove(VerbAsks, Decision, JobFormPage):
    """Everything to be judged, and under it the yes; the manager types the control total."""

    form_class = ApproveForm
    button = gettext_lazy("Approve")
    done = gettext_lazy("Approved.")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "asks_total": due_step(self.paper) == Step.MANAGER}

    def get_initial(self):
        return {"total": self.paper.total}

    def act(self, form):
        return self.decided(chain.approve, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        why = chain.why_not(self.paper, self.request.user, self.now)
        return super().get_context_data(**{"why_not": why, **kwargs})


class PaperRefuse(VerbAsks, Decision, JobVerbView):
    form_class = ReasonForm
    consequence = gettext_lazy("The author and everybody who said yes before learn your reason.")
    button = gettext_lazy("Refuse it")
    keep = gettext_lazy("Do not refuse")
    done = gettext_lazy("Refused; all concerned have been told.")
    grave = True

    def act(self, form):
        return self.decided(chain.refuse, **form.cleaned_data)


class PaperWithdraw(PaperVerb):
    form_class = ReasonForm
    states = RUNNING
    permission = "jobs.send_estimate"
    consequence = gettext_lazy("Its way ends here; a link to the client is dead at once.")
    button = gettext_lazy("Withdraw it")
    keep = gettext_lazy("Leave it")
    done = gettext_lazy("Withdrawn.")
    grave = True

    def act(self, form):
        return chain.withdraw(**self.of(form))
