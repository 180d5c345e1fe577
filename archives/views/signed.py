"""Pages of a report that two people sign: weekly, monthly (3.4)."""

from zoneinfo import ZoneInfo

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import pgettext

from accounts.views import about
from archives.downloads import link_paper
from archives.links import document_of
from archives.models.signed import SignedReport

State = SignedReport.State


class InSigned(about.WithRights, about.InClient):
    """Mixin, put first: pages about one report; the right is asked on its client.

    model, beside: which rows, with what is read beside them; sign_right: of the second signature.
    """

    states = State.values
    model = None
    beside = ()
    sign_right = ""

    def rows(self):
        rows = self.model.objects.visible_to(self.request.user)
        return rows.filter(state__in=self.states).select_related(*self.beside)

    @property
    def report(self):
        return self.object

    @cached_property
    def is_another(self):
        """Neither the submitter nor standing in for him."""
        standing = self.rights.standing_for(self.sign_right, self.client)
        acting = standing and standing.acting_for
        return self.report.author_id not in (self.request.user.pk, acting.pk if acting else None)

    @cached_property
    def corrects(self):
        """Who is to sign corrects what was submitted; the author's signature stays (3.4)."""
        is_signer = self.may(self.sign_right) and self.is_another
        return is_signer and self.report.state == State.SUBMITTED

    def others(self):
        """The other revisions; there is none before the first has been issued."""
        if self.report.is_first and not self.report.issued_at:
            return []
        return self.report.revisions.exclude(pk=self.report.pk).order_by("-revision")

    @cached_property
    def has_draft(self):
        return self.report.revisions.unissued().exists()

    def get_success_url(self):
        return self.report.get_absolute_url()

    def get_cancel_url(self):
        return self.report.get_absolute_url()

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "row_version": self.report.row_version}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"report": self.report, **kwargs})


class Punctual:
    """Mixin of a list: whether each first revision was in time.

    settled: the field that is filled from when on it was, if it was not late.
    """

    settled = "issued_at"

    def punctual(self, row):
        if not row.is_first:
            return ""
        if row.is_late(self.now):
            return pgettext("monthly report", "Late")
        return pgettext("monthly report", "In time") if getattr(row, self.settled) else ""

    def punctual_tone(self, row):
        return "red" if row.is_late(self.now) else "green"


class ReadByLink:
    """The page behind a contact's link of purpose "view": to read, nothing to answer.

    agency/links.py has checked the cookie and that the link may be read; opening changes nothing
    (C9). model, beside: the reports; shown: (link, report) -> (template, context) of the page.
    """

    def __init__(self, model, beside, shown):
        self.model, self.beside, self.shown = model, beside, shown

    def page(self, request, link):
        """What stands on the client's face, in the contact's language."""
        return self._answer(request, link, self._show)

    def pdf(self, request, link):
        """The paper itself, exactly the bytes the link is bound to."""
        return self._answer(request, link, self._paper)

    def _answer(self, request, link, answer):
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        report = self.report_of(link)
        if report is None or report.state != State.ISSUED:
            return self._replaced(request, link)
        return answer(request, link, report)

    def report_of(self, link):
        """The report whose client face the link leads to."""
        paper = document_of(link)
        rows = self.model.objects.filter(document=paper) if paper else self.model.objects.none()
        return rows.select_related(*self.beside).first()

    def _replaced(self, request, link):
        """An old link says that a newer report counts, and shows nothing else."""
        return render(request, "archives/report_replaced.html", {"link": link})

    def _paper(self, request, link, report):
        return link_paper(link) or self._replaced(request, link)

    def _show(self, request, link, report):
        with timezone.override(ZoneInfo(link.contact.client.timezone)):
            template, context = self.shown(link, report)
            return render(request, template, context)
