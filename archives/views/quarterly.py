"""Pages of the quarterly report: list, reading, its paper, writing (R48, R49)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views import about
from accounts.views.about import VerbAsks, crumbs_of
from agency.common.tables import Column
from agency.common.views import ListPage
from agency.common.wording import state_tone
from archives.downloads import paper_response, preview_response
from archives.forms.quarterly import QuarterlyFilter, QuarterlyForm
from archives.models import CompetitorRow, QuarterlyReport
from archives.papers_quarterly import market_of, rows_of
from archives.quarters import quarter_text
from archives.reports import quarterly as reports
from archives.services import quarterly as service
from archives.services.quarterly_gaps import gaps
from archives.services.quarterly_issue import print_face
from archives.services.quarterly_rows import missing
from archives.views.signed import InSigned, Punctual

State = QuarterlyReport.State
BESIDE = ("client__group", "author", "signed_by", "issued_by", "document", "internal_document")


class InQuarterly(InSigned):
    """Mixin, put first: pages about one quarterly report; the right is asked on its client."""

    permission = "accounts.view_client"
    model, beside, sign_right = QuarterlyReport, BESIDE, service.SIGN

    def of(self, form):
        return {"report": self.report, **self.who(), **form.cleaned_data}

    @property
    def period(self):
        return quarter_text(self.report.year, self.report.quarter)

    def get_crumbs(self):
        crumbs = crumbs_of(self.client, _("Quarterly reports"), reverse("archives:quarterly_list"))
        return [*crumbs, (str(self.report), self.report.get_absolute_url())]


class QuarterlyPage(InQuarterly, about.ClientPlainPage):
    """A page to read."""


class QuarterlyDetail(QuarterlyPage):
    """The quarter as it stands: its words, its competitors with evidence, what is to be done."""

    template_name = "archives/quarterly_detail.html"

    def get_page_title(self):
        return _("Market and competitor report %(quarter)s") % {"quarter": self.period}

    def get_context_data(self, **kwargs):
        report = self.report
        extra = {
            "rows": rows_of(report),
            "market_seen": market_of(report),
            "corrections": drawn_corrections(report),
            "late": report.is_late(self.now),
            "gaps": [words for _field, words in gaps(report)] if report.is_draft else [],
            "news": report.is_draft and missing(report).exists(),
            "revisions": self.others(),
            **self.acts(),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def acts(self):
        """What the person may do now; the template draws a button for each."""
        state, may_sign = self.report.state, self.may(service.SIGN)
        may_edit, other = self.may(service.EDIT), may_sign and self.is_another
        return {
            "may_edit": may_edit and state in QuarterlyReport.UNISSUED,
            "may_write": may_edit and state == State.DRAFT,
            "may_sign": other and state == State.SUBMITTED,
            "may_return": may_sign and state in service.SIGNABLE,
            "may_issue": may_edit and state == State.SIGNED,
            "may_reissue": may_sign and state == State.ISSUED and not self.has_draft,
        }


def drawn_corrections(report):
    """[(whose, which text, old, new, by)] of what the AM changed after the AE's signature."""
    return [
        (row.get("about", ""), _field_name(row), row["old"], row["new"], row["by"])
        for row in report.corrections
    ]


def _field_name(row):
    model = CompetitorRow if row.get("about") else QuarterlyReport
    return model._meta.get_field(row["field"]).verbose_name


class QuarterlyPdf(QuarterlyPage):
    """The filed paper, before it is issued the preview; `?face=internal` for our own."""

    def get(self, request, *args, **kwargs):
        face = "internal" if request.GET.get("face") == "internal" else "client"
        paper = self.report.document if face == "client" else self.report.internal_document
        if paper:
            return paper_response(paper)
        return preview_response(print_face(self.report, face, self.now), f"preview-{face}.pdf")


class QuarterlyUpdate(InQuarterly, VerbAsks, about.ClientFormPage):
    """The AE writes; while it waits for the signature the AM corrects (old → new is kept)."""

    permission = service.EDIT
    states = QuarterlyReport.UNISSUED
    form_class = QuarterlyForm
    page_title = _("Write the report")
    template_name = "archives/quarterly_form.html"
    done = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.report, name) for name in QuarterlyReport.TEXTS}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rows": reports.to_choose(self.report)}

    def get_context_data(self, **kwargs):
        extra = {
            "corrects": self.corrects,
            "undoes": not self.report.is_draft and not self.corrects,
            "period": self.period,
            "market_seen": market_of(self.report),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def act(self, form):
        change = service.correct_quarterly if self.corrects else service.edit_quarterly
        version = form.cleaned_data["row_version"]
        return change(
            report=self.report, typed=form.texts(), rows=form.facts(), row_version=version,
            **self.who(),
        )  # fmt: skip


class QuarterlyList(Punctual, ListPage):
    """Every quarterly report one may see: client, quarter, state, in time or not."""

    permission = "accounts.view_client"
    template_name = "archives/list.html"
    page_title = _("Quarterly reports")
    sheet_name = "quarterly-reports"
    filter_form = QuarterlyFilter
    sorts = {
        "quarter": ("year", "quarter", "client__code", "revision"),
        "client": ("client__code", "-year", "-quarter"),
        "due": ("due_at", "pk"),
        "issued": ("issued_at", "pk"),
    }
    default_sort = "-quarter"
    empty_title = _("No quarterly reports yet")
    empty_text = _("The clock drafts one for each active client on the first day after a quarter.")

    def get_acts(self):
        return [(_("Observations"), reverse("archives:observation_list"))]

    def get_columns(self):
        return [
            Column(_("Report"), str, "code", url=True),
            Column(_("Client"), "client", sort="client"),
            Column(_("Quarter"), lambda row: quarter_text(row.year, row.quarter), "short",
                   sort="quarter"),
            Column(_("State"), "get_state_display", "badge", tone=state_tone),
            Column(_("In time"), self.punctual, "badge", tone=self.punctual_tone),
            Column(_("Due"), "due_at", "moment", sort="due"),
            Column(_("Issued"), "issued_at", "moment", sort="issued"),
            Column(_("Submitted by"), "author.name"),
            Column(_("Signed by"), "signed_by.name"),
        ]  # fmt: skip

    def rows(self):
        rows = QuarterlyReport.objects.visible_to(self.request.user)
        return rows.select_related("client", "author", "signed_by")

    def narrow(self, rows, due=False, punctual="", author=None, state="", **period):
        rows = reports.within(rows, **period)
        if due:
            rows = rows.filter(revision=1, due_at__lt=self.now)
        if author is not None:
            rows = rows.filter(author=author or None)
        if punctual:
            rows = rows.late(self.now) if punctual == "no" else rows.in_time()
        if state:
            rows = rows.unissued() if state == "waiting" else rows.filter(state=state)
        return rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}
