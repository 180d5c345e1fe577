"""Log a call or a written exchange: one page, from the event to the issued report."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast, key_of
from accounts.views.asked import ClientAsked
from agency.common.errors import Refused
from agency.common.views import PlainPage
from meetings import services
from meetings.forms.call import AddCallForm, CallPage
from meetings.models import ContactReport, Meeting
from meetings.views.base import (
    ClientFormPage,
    InClient,
    ReportRows,
    client_crumbs,
    edit_url,
    jobs_of,
)
from meetings.views.issuing import issue_or_mend


class LogForms(InClient, PlainPage):
    """The page without and with a client; POST logs it, and issues the report when asked to."""

    permission = "meetings.log_call"
    template_name = "meetings/call_form.html"
    kind = Meeting.Kind.CALL
    object = None

    @cached_property
    def cast(self):
        return Cast(self.client, self.now, me=self.request.user)

    def get_crumbs(self):
        return client_crumbs(self.client)

    def forms(self, data=None):
        drafts = services.drafts_to_join(self.client, self.request.user, self.now)
        jobs = jobs_of(self.request.user, self.client)
        job = f"j{self.request.GET.get('job', '')}"
        return CallPage(cast=self.cast, at=self.now, drafts=drafts, jobs=jobs, job=job, data=data)

    def get_context_data(self, **kwargs):
        extra = {"page": None, "kind": self.kind}
        if self.client is not None and "page" not in kwargs:
            extra["page"] = self.forms()
        return super().get_context_data(**{**extra, **kwargs})

    def post(self, request, *args, **kwargs):
        page = self.forms(request.POST)
        if not page.is_valid():
            return self.again(page)
        try:
            report = self.log(page)
        except Refused as error:
            page.form.refuse(error)
            return self.again(page)
        return self.onward(report)

    def again(self, page):
        return self.render_to_response(self.get_context_data(page=page), status=422)

    def log(self, page):
        """The draft of the call's report, or the draft that the call joins."""
        return services.log_call(
            client=self.client,
            kind=self.kind,
            data=page.data(),
            by=self.request.user,
            at=self.now,
            report=page.form.cleaned_data["report"],
            form_key=page.form.cleaned_data["form_key"],
            **page.form.facts(),
        )

    def onward(self, report):
        if self.request.POST.get("do") == "issue" and report.is_draft:
            return issue_or_mend(self.request, report, report.row_version, self.now)
        messages.success(self.request, _("Logged. The report is kept as a draft."))
        return HttpResponseRedirect(edit_url(report))


class CallCreate(ClientAsked, LogForms):
    page_title = _("Log a call")


class ExchangeCreate(ClientAsked, LogForms):
    page_title = _("Log a written exchange")
    kind = Meeting.Kind.WRITTEN


class CallAdd(ReportRows, ClientFormPage):
    """One more call in the same draft (Z9)."""

    permission = "meetings.log_call"
    form_class = AddCallForm
    page_title = _("Add another call to this report")
    button = _("Add the call")
    done = _("The call is in this report. It is due with the earliest of them.")

    def rows(self):
        return super().rows().filter(state=ContactReport.State.DRAFT)

    def get_form_kwargs(self):
        cast = Cast(self.client, self.now, me=self.request.user)
        main = key_of(self.object.returner or cast.main_contact)
        initial = {"ended_at": self.now, "users": [key_of(cast.me)], "contacts": [main]}
        return {**super().get_form_kwargs(), "cast": cast, "at": self.now, "initial": initial}

    def act(self, form):
        return services.add_call_to_report(
            report=self.object,
            kind=form.cleaned_data["kind"],
            by=self.request.user,
            at=self.now,
            form_key=form.cleaned_data["form_key"],
            **form.facts(),
        )

    def get_success_url(self):
        return edit_url(self.object)

    def get_cancel_url(self):
        return edit_url(self.object)
