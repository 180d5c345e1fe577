"""Issuing from a page: what is missing leads to its field, lateness to the page that asks why."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.errors import Refused
from meetings import services
from meetings.forms.report import LateForm
from meetings.views.base import ClientVerbView, ReportRows, edit_url, report_url


def issue_or_mend(request, report, row_version, at):
    """Issue the saved draft, or go where what stands in the way can be mended."""
    if services.missing(report, at):
        return HttpResponseRedirect(f"{edit_url(report)}?check=1")
    if services.needs_late_reason(report, at):
        return HttpResponseRedirect(reverse("meetings:report_issue", args=[report.pk]))
    try:
        services.issue_report(report=report, row_version=row_version, by=request.user, at=at)
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(f"{edit_url(report)}?check=1")
    messages.success(request, issued_words(report))
    return HttpResponseRedirect(report_url(report))


def issued_words(report):
    return _("Issued. %(name)s is asked to return it.") % {"name": report.returner or ""}


class ReportIssue(ReportRows, ClientVerbView):
    """Confirm page of an issue: says what follows and, once late, asks for the reason (R24)."""

    permission = "meetings.issue_report"
    form_class = LateForm
    page_title = gettext_lazy("Issue report")
    button = gettext_lazy("Issue report")
    keep = gettext_lazy("Back to the draft")
    grave = True

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and not self.object.is_draft:
            return HttpResponseRedirect(report_url(self.object))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_late(self):
        return services.needs_late_reason(self.object, self.now)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if not self.is_late:
            del form.fields["late_reason"]
        return form

    def get_consequence(self):
        if self.is_late:
            return _(
                "It is late, and stays late in every figure. The reason is for our house only. "
                "Issuing fixes the report, files its PDF and mails it to the client."
            )
        return _("Issuing fixes the report, files its PDF and mails it to the client.")

    def act(self, form):
        return services.issue_report(report=self.object, **self.who(), **form.cleaned_data)

    def who(self):
        return {"by": self.request.user, "at": self.now}

    def get_done(self):
        return issued_words(self.result)

    def get_cancel_url(self):
        return edit_url(self.object)
