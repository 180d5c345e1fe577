"""An estimate on its way: its page with the steps, and the verbs inside our house."""

from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.models import Estimate, SupplierQuote
from jobs.reports.compare import others
from jobs.sums import totals
from jobs.views import papers
from jobs.views.base import JobPlainPage
from jobs.views.drawn import drawn_lines
from jobs.views.estimate import edit_url


class ChainRows(papers.PaperRows):
    """Mixin, put first: pages about an estimate in one of `states`."""

    model = Estimate

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"estimate": self.paper, **kwargs})


class EstimateDetail(ChainRows, JobPlainPage):
    """Whose turn it is, what was said, every line and sum; cost only for who may see it."""

    permission = "budgets.view_money"
    template_name = "jobs/estimate_detail.html"
    beside = (
        *ChainRows.beside, "brief", "submitted_by", "sent_to", "client_document",
        "internal_document", "answer__recorded_by", "supersedes",
    )  # fmt: skip

    def get(self, request, *args, **kwargs):
        if self.paper.is_draft and self.may("jobs.edit_estimate") and "read" not in request.GET:
            return HttpResponseRedirect(edit_url(self.paper))
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return _("Change order") if self.paper.is_change_order else _("Production estimate")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{**story(self), "acts": EstimateActs(self), **kwargs})


def story(page):
    """What the page and the approval show of an estimate, in a constant number of queries."""
    row = page.paper
    lines = attach_quotes(drawn_lines(row), page.sees_inside)
    return {
        "lines": lines,
        "sums": totals(lines, row.contingency_rate, row.vat_rate),
        "sees_cost": page.sees_inside,
        "versions": others(row),
        **papers.way_of(page),
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


class EstimateActs(papers.Acts):
    @property
    def go_on(self):
        """From a signed base: the whole anew, or the difference only."""
        return not self.row.is_change_order and super().go_on


class EstimateFace(ChainRows, papers.PaperFace):
    template_name = "jobs/estimate_face.html"


class EstimatePdf(ChainRows, papers.PaperPdf):
    pass


class EstimateVerb(ChainRows, papers.PaperVerb):
    """A verb on an estimate in one of `states`, with its confirm page."""


class EstimateSubmit(ChainRows, papers.PaperSubmit):
    permission = "jobs.edit_estimate"
    page_title = gettext_lazy("Hand in the estimate")


class EstimateApprove(ChainRows, papers.PaperApprove):
    template_name = "jobs/estimate_approve.html"
    page_title = gettext_lazy("Approve the estimate")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{**story(self), **kwargs})


class EstimateRefuse(ChainRows, papers.PaperRefuse):
    page_title = gettext_lazy("Refuse the estimate")


class EstimateWithdraw(ChainRows, papers.PaperWithdraw):
    page_title = gettext_lazy("Withdraw the estimate")
