"""Pages of the monthly budget report: list, reading, writing (R33-R37)."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.views import about
from accounts.views.about import VerbAsks, crumbs_of
from agency.common.tables import Column
from agency.common.views import ListPage
from agency.common.wording import state_tone
from archives.downloads import paper_response, preview_response
from archives.views.signed import InSigned, Punctual
from budgets.forms.monthly import MonthlyFilter, MonthlyForm
from budgets.models import Adjustment, Category, MonthlyReport
from budgets.reports import monthly as reports
from budgets.reports.monthly_figures import figures_of, is_over, standings, year_of
from budgets.reports.monthly_inside import inside
from budgets.services import monthly as service
from budgets.services.monthly_issue import print_face
from budgets.views.monthly_drawn import (
    drawn_adjustments,
    drawn_corrections,
    drawn_forecast,
    drawn_months,
)
from budgets.wording import month_text

State = MonthlyReport.State
BESIDE = ("client__group", "budget__client", "author", "signed_by", "issued_by", "document",
          "internal_document")  # fmt: skip


class InMonthly(InSigned):
    """Mixin, put first: pages about one monthly report; the right is asked on its client."""

    permission = "budgets.view_money"
    model, beside, sign_right = MonthlyReport, BESIDE, "budgets.sign_monthly"

    @cached_property
    def book(self):
        """The client's year, while the figures are drawn from it; None once they are kept."""
        return None if self.report.signed_at else year_of(self.report)

    @cached_property
    def figures(self):
        return figures_of(self.report, self.book)

    def of(self, form):
        return {"report": self.report, **self.who(), **form.cleaned_data}

    def get_crumbs(self):
        crumbs = crumbs_of(
            self.client, _("Monthly budget reports"), reverse("budgets:monthly_list")
        )
        return [*crumbs, (str(self.report), self.report.get_absolute_url())]


class MonthlyPage(InMonthly, about.ClientPlainPage):
    """A page to read."""


class MonthlyFormPage(InMonthly, VerbAsks, about.ClientFormPage):
    """A form about a report."""


class MonthlyDetail(MonthlyPage):
    """The report as it stands: the figures of its cut-off, its words, and what is to be done."""

    template_name = "budgets/monthly_detail.html"

    def rows(self):
        said = Adjustment.objects.select_related("by", "signed_by")
        return super().rows().prefetch_related(Prefetch("adjustments", said))

    def get_page_title(self):
        return _("Monthly budget report %(month)s") % {"month": month_text(self.report.month)}

    def get_context_data(self, **kwargs):
        report, figures = self.report, self.figures
        within = figures.get("inside") or inside(report, self.now, self.book)
        extra = {
            "year": drawn_months(figures, report),
            "standings": standings(figures),
            "over": is_over(figures),
            "adjustments": report.adjustments.all(),
            "jobs": [(Category(row["category"]).label, row) for row in figures["jobs"]],
            "counted": drawn_adjustments(figures),
            "margins": [(Category(row["category"]).label, row) for row in within["margins"]],
            "forecast": drawn_forecast(within),
            "owed": within["receivables"],
            "corrections": drawn_corrections(report),
            "late": report.is_late(self.now),
            "opens": self.opens(),
            "gaps": self.gaps(figures),
            "revisions": self.others(),
            "sees_cost": self.may("jobs.edit_estimate") or self.may("budgets.view_margin"),
            **self.acts(),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def opens(self):
        """Whether the lists of today come to the figures: adjustments count once it is issued."""
        report = self.report
        if report.state == State.ISSUED:
            return True
        return not report.issued_at and report.is_first and not report.adjustments.exists()

    def gaps(self, figures):
        if not self.report.is_draft:
            return []
        return [words for _field, words in service.gaps(self.report, is_over(figures))]

    def acts(self):
        """What the person may do now; the template draws a button for each."""
        state, may_sign = self.report.state, self.may("budgets.sign_monthly")
        may_edit, other = self.may("budgets.edit_monthly"), may_sign and self.is_another
        return {
            "may_edit": may_edit and state in MonthlyReport.UNISSUED,
            "may_write": may_edit and state == State.DRAFT,
            "may_sign": other and state == State.SUBMITTED,
            "may_return": may_sign and state in service.SIGNABLE,
            "may_issue": may_sign and state == State.SIGNED,
            "may_reissue": may_sign and state == State.ISSUED and not self.has_draft,
        }


class MonthlyPdf(MonthlyPage):
    """The filed paper, before it is issued the preview; `?face=internal` for who may see inside."""

    def get(self, request, *args, **kwargs):
        sees_inside = self.may("jobs.edit_estimate") or self.may("budgets.view_margin")
        face = "internal" if request.GET.get("face") == "internal" and sees_inside else "client"
        paper = self.report.document if face == "client" else self.report.internal_document
        if paper:
            return paper_response(paper)
        return preview_response(print_face(self.report, face, self.now), f"preview-{face}.pdf")


class MonthlyUpdate(MonthlyFormPage):
    """The AE writes; while it waits for the signature the AM corrects (old → new is kept)."""

    permission = "budgets.edit_monthly"
    states = MonthlyReport.UNISSUED
    form_class = MonthlyForm
    page_title = _("Write the report")
    template_name = "budgets/monthly_form.html"

    def get_initial(self):
        return {name: getattr(self.report, name) for name in MonthlyReport.TEXTS}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "over": is_over(self.figures)}

    def get_context_data(self, **kwargs):
        extra = {
            "standings": standings(self.figures),
            "corrects": self.corrects,
            "undoes": not self.report.is_draft and not self.corrects,
        }
        return super().get_context_data(**{**extra, **kwargs})

    def act(self, form):
        typed = dict(form.cleaned_data)
        version = typed.pop("row_version")
        change = service.correct_monthly if self.corrects else service.edit_monthly
        return change(report=self.report, typed=typed, row_version=version, **self.who())


class MonthlyList(Punctual, ListPage):
    """Every monthly report one may see: client, month, state, in time or not."""

    permission = "budgets.view_money"
    template_name = "budgets/list.html"
    page_title = _("Monthly budget reports")
    sheet_name = "monthly-reports"
    filter_form = MonthlyFilter
    sorts = {
        "month": ("month", "client__code", "revision"),
        "client": ("client__code", "-month"),
        "due": ("due_at", "pk"),
        "issued": ("issued_at", "pk"),
    }
    default_sort = "-month"
    empty_title = _("No monthly budget reports yet")
    empty_text = _(
        "The clock drafts them on the first of the month for each client with an annual budget."
    )

    def get_acts(self):
        return [(_("In time by person and client"), reverse("budgets:monthly_figures"))]

    def get_columns(self):
        return [
            Column(_("Report"), str, "code", url=True),
            Column(_("Client"), "client", sort="client"),
            Column(_("Month"), lambda row: month_text(row.month), "short", sort="month"),
            Column(_("State"), "get_state_display", "badge", tone=state_tone),
            Column(_("In time"), self.punctual, "badge", tone=self.punctual_tone),
            Column(_("Due"), "due_at", "moment", sort="due"),
            Column(_("Issued"), "issued_at", "moment", sort="issued"),
            Column(_("Submitted by"), "author.name"),
            Column(_("Signed by"), "signed_by.name"),
        ]

    def rows(self):
        rows = MonthlyReport.objects.visible_to(self.request.user)
        return rows.select_related("client", "author", "signed_by")

    def narrow(self, rows, due=False, punctual="", author=None, state="", **period):
        rows = reports.within(rows, **period)
        if due:
            rows = reports.due_by(rows, self.now)
        if author is not None:
            rows = rows.filter(author=author) if author else rows.filter(author=None)
        if punctual:
            rows = rows.late(self.now) if punctual == "no" else rows.in_time()
        return (
            rows.unissued() if state == "waiting" else rows.filter(state=state) if state else rows
        )

    def get_filter_kwargs(self):
        return {"user": self.request.user}
