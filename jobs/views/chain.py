"""An estimate on its way: its page with the steps, and the verbs inside our house."""

import base64

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.errors import Refused
from agency.common.forms import ReasonForm
from agency.common.pdf import preview_pages
from archives.downloads import paper_response
from archives.storage import read_file
from jobs.forms.chain import ApproveForm
from jobs.models import Estimate, EstimateApproval, SupplierQuote
from jobs.reports.compare import others
from jobs.reports.steps import steps_of, trail_of
from jobs.services import chain, sending
from jobs.services.estimate import gaps
from jobs.services.steps import approvals_of, approvers_of, due_step
from jobs.sums import totals
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView, VerbAsks
from jobs.views.drawn import drawn_lines
from jobs.views.estimate import EstimateRows, edit_url

State, Step = Estimate.State, EstimateApproval.Step
INSIDE = (State.SUBMITTED, State.MANAGER_OK, State.DIRECTOR_OK)
LIVE = (State.DRAFT, *Estimate.RUNNING)


class ChainRows(EstimateRows):
    """Mixin, put first: pages about an estimate in one of `states`."""

    states = State.values
    beside = ("job__client__group__head", "job__ae", "author")

    def rows(self):
        rows = super().rows().filter(state__in=self.states).select_related(None)
        return rows.select_related(*self.beside)

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    @cached_property
    def sees_cost(self):
        return self.may("jobs.edit_estimate") or self.may("budgets.view_margin")

    @cached_property
    def fit(self):
        """Whose turn it is inside our house."""
        row = self.estimate
        return list(approvers_of(row, self.now)) if row.state in INSIDE else []

    @property
    def estimate_url(self):
        return self.estimate.get_absolute_url()

    def of(self, form):
        return {"estimate": self.estimate, **self.who(), **form.cleaned_data}


class EstimateDetail(ChainRows, JobPlainPage):
    """Whose turn it is, what was said, every line and sum; cost only for who may see it."""

    permission = "budgets.view_money"
    template_name = "jobs/estimate_detail.html"
    beside = (
        *ChainRows.beside, "brief", "submitted_by", "sent_to", "client_document",
        "internal_document", "answer__recorded_by", "supersedes",
    )  # fmt: skip

    def get(self, request, *args, **kwargs):
        if self.estimate.is_draft and self.may("jobs.edit_estimate") and "read" not in request.GET:
            return HttpResponseRedirect(edit_url(self.estimate))
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        row = self.estimate
        return _("Change order") if row.is_change_order else _("Production estimate")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{**story(self), "acts": Acts(self), **kwargs})


def story(page):
    """What the page and the approval show of an estimate, in a constant number of queries."""
    row = page.estimate
    lines = attach_quotes(drawn_lines(row), page.sees_cost)
    approvals = approvals_of(row)
    return {
        "lines": lines,
        "sums": totals(lines, row.contingency_rate, row.vat_rate),
        "sees_cost": page.sees_cost,
        "steps": steps_of(row, approvals, page.fit),
        "trail": trail_of(row, approvals),
        "fit": page.fit,
        "is_mine": page.request.user in page.fit,
        "versions": others(row),
    }


def attach_quotes(lines, sees_cost):
    """Each line gets `offers`, its quotes, for our side only."""
    found = {}
    if sees_cost and any(line.asked for line in lines):
        rows = SupplierQuote.objects.filter(line__in=lines).select_related("supplier")
        for quote in rows:
            found.setdefault(quote.line_id, []).append(quote)
    for line in lines:
        line.offers = found.get(line.pk, [])
    return lines


class Acts:
    """Which verbs the page offers; each asks again."""

    def __init__(self, page):
        self.page, self.row = page, page.estimate
        self.user, self.now = page.request.user, page.now

    def _may(self, permission, *states):
        return self.row.state in states and self.page.may(permission)

    @cached_property
    def decide(self):
        return self.user in self.page.fit

    @property
    def asks_total(self):
        return due_step(self.row) == Step.MANAGER

    @property
    def submit(self):
        return self._may("jobs.edit_estimate", State.DRAFT)

    @property
    def withdraw(self):
        may = self._may("jobs.send_estimate", *Estimate.RUNNING)
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
        return self._may("jobs.send_estimate", State.EXPIRED) and not self._has_newer

    @property
    def confirm_costs(self):
        may = self._may("jobs.approve_manager", State.EXPIRED)
        return may and not sending.costs_are_confirmed(self.row)

    @property
    def revise(self):
        ended = (State.REFUSED, State.WITHDRAWN, State.EXPIRED)
        return self._may("jobs.edit_estimate", *ended) and not self._has_newer

    @property
    def go_on(self):
        """From a signed base: the whole anew, or the difference only."""
        is_base = not self.row.is_change_order
        return is_base and self._may("jobs.edit_estimate", State.SIGNED)

    @cached_property
    def _has_newer(self):
        family = Estimate.objects.filter(job=self.row.job_id, change=self.row.change)
        return family.filter(revision__gt=self.row.revision).exists()


class EstimateFace(ChainRows, JobPlainPage):
    """What the client sees: pictures of the very PDF, sent or as it would be sent now."""

    permission = "budgets.view_money"
    template_name = "jobs/estimate_face.html"
    page_title = gettext_lazy("What the client sees")

    def get_context_data(self, **kwargs):
        pages, problem = [], ""
        try:
            pages = pictures(client_pdf(self.estimate, self.now))
        except Refused as error:
            problem = str(error)
        return super().get_context_data(pages=pages, problem=problem, **kwargs)


def client_pdf(estimate, at):
    if estimate.client_document:
        return read_file(estimate.client_document.sha256)
    return sending.print_estimate(estimate, "client", at)


def pictures(pdf):
    """Addresses of page pictures that need no request of their own."""
    pages = preview_pages(pdf)
    return [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages]


class EstimatePdf(ChainRows, JobPlainPage):
    """The filed paper, before it is sent the preview; `?face=internal` for who may see cost."""

    permission = "budgets.view_money"

    def get(self, request, *args, **kwargs):
        wants_internal = request.GET.get("face") == "internal" and self.sees_cost
        face = "internal" if wants_internal else "client"
        paper = getattr(self.estimate, f"{face}_document")
        if paper:
            return paper_response(paper)
        pdf = sending.print_estimate(self.estimate, face, self.now)
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="preview-{face}.pdf"'},
        )


class EstimateVerb(ChainRows, JobVerbView):
    """A verb on an estimate in one of `states`, with its confirm page."""

    def get_consequence(self):
        return self.consequence or str(self.estimate)


class EstimateSubmit(EstimateVerb):
    states = (State.DRAFT,)
    permission = "jobs.edit_estimate"
    template_name = "jobs/estimate_submit.html"
    page_title = gettext_lazy("Hand in the estimate")
    consequence = gettext_lazy(
        "Lines, rates and totals are frozen and the number is drawn; the account manager is next."
    )
    button = gettext_lazy("Hand it in")
    keep = gettext_lazy("Not yet")
    done = gettext_lazy("Handed in; whose turn it is has been told.")

    def act(self, form):
        return chain.submit_estimate(**self.of(form))

    def get_context_data(self, **kwargs):
        missing = [words for _field, words in gaps(self.estimate)]
        return super().get_context_data(**{"gaps": missing, **kwargs})


class Decision(ChainRows):
    """Mixin: who has the right of a step at all, or is called on as management (4.3)."""

    states = INSIDE
    permission = "budgets.view_money"

    def may_enter(self):
        by_right = self.may("jobs.approve_manager") or self.may("jobs.approve_director")
        return by_right or self.request.user in approvers_of(self.estimate, self.now)

    def decided(self, function, **typed):
        step = due_step(self.estimate)
        return function(paper=self.estimate, step=step, **self.who(), **typed)


class EstimateApprove(VerbAsks, Decision, JobFormPage):
    """Everything to be judged, and under it the yes; the manager types the control total."""

    template_name = "jobs/estimate_approve.html"
    form_class = ApproveForm
    page_title = gettext_lazy("Approve the estimate")
    button = gettext_lazy("Approve")
    done = gettext_lazy("Approved.")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "asks_total": due_step(self.estimate) == Step.MANAGER}

    def get_initial(self):
        return {"total": self.estimate.total}

    def act(self, form):
        return self.decided(chain.approve, **form.cleaned_data)

    def get_context_data(self, **kwargs):
        why = chain.why_not(self.estimate, self.request.user, self.now)
        return super().get_context_data(**{**story(self), "why_not": why, **kwargs})


class EstimateRefuse(VerbAsks, Decision, JobVerbView):
    form_class = ReasonForm
    page_title = gettext_lazy("Refuse the estimate")
    consequence = gettext_lazy("The author and everybody who said yes before learn your reason.")
    button = gettext_lazy("Refuse it")
    keep = gettext_lazy("Do not refuse")
    done = gettext_lazy("Refused; all concerned have been told.")
    grave = True

    def act(self, form):
        return self.decided(chain.refuse, **form.cleaned_data)


class EstimateWithdraw(EstimateVerb):
    form_class = ReasonForm
    states = Estimate.RUNNING
    permission = "jobs.send_estimate"
    page_title = gettext_lazy("Withdraw the estimate")
    consequence = gettext_lazy("Its way ends here; a link to the client is dead at once.")
    button = gettext_lazy("Withdraw it")
    keep = gettext_lazy("Leave it")
    done = gettext_lazy("Withdrawn.")
    grave = True

    def act(self, form):
        return chain.withdraw_estimate(**self.of(form))
