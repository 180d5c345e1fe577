"""Pages of the weekly status report: list, reading, its paper (R28-R32)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.views import about
from accounts.views.about import VerbAsks, crumbs_of
from agency.common.errors import Refused
from agency.common.tables import Column
from agency.common.views import ListPage
from agency.common.wording import day_text, state_tone
from archives.downloads import paper_response, preview_response
from archives.views.signed import InSigned, Punctual
from meetings.forms.status import StatusFilter
from meetings.models import StatusLine, StatusReport
from meetings.reports import status_problems as reports
from meetings.reports.status_drawn import drawn_corrections, drawn_sections, drawn_steps
from meetings.reports.status_figures import within
from meetings.services.status_issue import print_status
from meetings.views.report import picture_pages

State = StatusReport.State
BESIDE = ("client__group", "author", "signed_by", "issued_by", "document", "internal_document")
FACES = ("client", "internal")


class InStatus(InSigned):
    """Mixin, put first: pages about one weekly report; the right is asked on its client."""

    permission = "accounts.view_client"
    model, beside, sign_right = StatusReport, BESIDE, "meetings.sign_status"

    @cached_property
    def lines(self):
        return reports.lines_of(self.report)

    def get_crumbs(self):
        crumbs = crumbs_of(self.client, _("Status reports"), reverse("meetings:status_list"))
        return [*crumbs, (str(self.report), self.report.get_absolute_url())]


class StatusPage(InStatus, about.ClientPlainPage):
    """A page to read."""


class StatusFormPage(InStatus, VerbAsks, about.ClientFormPage):
    """A form about a report."""


class StatusVerb(InStatus, VerbAsks, about.ClientVerbView):
    """A verb with its confirm page."""


class StatusDetail(StatusPage):
    """The week as it stands: its signatures, its lines, what is to be done, the paper."""

    template_name = "meetings/status_detail.html"

    def get_page_title(self):
        return _("Weekly status report, week of %(day)s") % {"day": day_text(self.report.week)}

    def get_context_data(self, **kwargs):
        report, lines = self.report, self.lines
        waits = report.is_draft
        extra = {
            "sections": drawn_sections(lines, self.stale),
            "steps": drawn_steps(report),
            "problems": reports.problems(report, self.now, lines) if waits else [],
            "stale": self.stale,
            "corrections": drawn_corrections(report),
            "late": report.is_late(self.now),
            "corrects": self.corrects,
            "revisions": self.others(),
            **self.acts(),
        }
        return super().get_context_data(**{**extra, **kwargs})

    @cached_property
    def stale(self):
        """Lines that should have been brought up to date by last evening (R31)."""
        asked = self.report.state in (State.DRAFT, State.SUBMITTED) and self.report.is_first
        return reports.stale(self.report, self.now, self.lines) if asked else []

    def acts(self):
        """What the person may do now; the template draws a button for each."""
        state, may_sign = self.report.state, self.may("meetings.sign_status")
        may_edit, other = self.may("meetings.edit_status"), may_sign and self.is_another
        return {
            "may_edit": may_edit and state in StatusReport.UNISSUED,
            "may_submit": may_edit and state == State.DRAFT,
            "may_sign": other and state == State.SUBMITTED,
            "may_return": may_sign and state in (State.SUBMITTED, State.SIGNED),
            "may_send": may_sign and state == State.SIGNED,
            "may_reissue": may_sign and state == State.ISSUED and not self.has_draft,
        }


class StatusFace(StatusPage):
    """Mixin: one of the two faces, as the address asks."""

    @cached_property
    def face(self):
        asked = self.request.GET.get("face")
        return asked if asked in FACES else "client"

    @property
    def paper(self):
        name = "document" if self.face == "client" else "internal_document"
        return getattr(self.report, name)


class StatusPdf(StatusFace):
    """The filed paper, before it is issued the preview; `?face=internal` for our own."""

    def get(self, request, *args, **kwargs):
        if self.paper:
            return paper_response(self.paper)
        return preview_response(print_status(self.report, self.face, self.now), self.file_name)

    @property
    def file_name(self):
        return f"preview-{self.face}.pdf"


class StatusPreview(StatusFace):
    """Pictures of the very PDF pages that would be sent now, one face at a time."""

    template_name = "meetings/status_preview.html"
    part_name = "meetings/_status_preview.html"

    def get_page_title(self):
        return _("As it was sent") if self.report.issued_at else _("As it will be sent")

    def get_context_data(self, **kwargs):
        pages, problem = [], ""
        try:
            pages = picture_pages(print_status(self.report, self.face, self.now))
        except Refused as error:
            problem = str(error)
        extra = {"face": self.face, "pages": pages, "problem": problem}
        return super().get_context_data(**{**extra, **kwargs})


class StatusList(Punctual, ListPage):
    """Every weekly report one may see: client, week, state, in time or not."""

    permission = "accounts.view_client"
    settled = "signed_at"
    template_name = "meetings/status_list.html"
    page_title = _("Status reports")
    sheet_name = "status-reports"
    filter_form = StatusFilter
    sorts = {
        "week": ("week", "client__code", "revision"),
        "client": ("client__code", "-week"),
        "due": ("due_at", "pk"),
        "issued": ("issued_at", "pk"),
    }
    default_sort = "-week"
    empty_title = _("No weekly status reports yet")
    empty_text = _("The clock drafts one for each active client on Monday at 06:00.")

    def get_columns(self):
        return [
            Column(_("Report"), str, "code", url=True),
            Column(_("Client"), "client", sort="client"),
            Column(_("Week of"), "week", "date", sort="week"),
            Column(_("State"), "get_state_display", "badge", tone=state_tone),
            Column(_("In time"), self.punctual, "badge", tone=self.punctual_tone),
            Column(_("Due"), "due_at", "moment", sort="due"),
            Column(_("Sent"), "issued_at", "moment", sort="issued"),
            Column(_("Submitted by"), "author.name"),
            Column(_("Signed by"), "signed_by.name"),
        ]

    def rows(self):
        rows = StatusReport.objects.visible_to(self.request.user)
        return rows.select_related("client", "author", "signed_by")

    def narrow(self, rows, author=None, punctual="", state="", **wanted):
        if author is not None:
            rows = rows.filter(author=author or None)
        if punctual:
            rows = rows.late(self.now) if punctual == "no" else rows.in_time()
        if state:
            rows = rows.unissued() if state == "waiting" else rows.filter(state=state)
        return self.behind(rows, **wanted)

    def behind(self, rows, is_first=False, is_due=False, is_unchanged=False, **period):
        """What a figure is made of."""
        if is_first:
            rows = rows.filter(revision=1)
        if is_due:
            rows = rows.filter(due_at__lt=self.now)
        if is_unchanged:
            unchanged = StatusLine.objects.exclude(unchanged_reason="")
            rows = rows.filter(pk__in=unchanged.values("report"))
        return within(rows, **period)

    def get_filter_kwargs(self):
        return {"user": self.request.user}
