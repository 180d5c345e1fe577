"""What follows an issued report: revision, return on paper, sending again, opinions read."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast
from accounts.models import Contact
from agency.common.forms import ReasonForm
from archives.kinds import Kind
from archives.services import file_upload
from meetings import services
from meetings.forms.returns import PaperReturnForm
from meetings.models import ContactReport
from meetings.reports.recipients import numbered_points
from meetings.views.base import (
    IN_FORCE,
    ClientFormPage,
    ClientVerbView,
    ReportRows,
    edit_url,
    report_title,
    report_url,
)

State = ContactReport.State


class IssuedVerb(ReportRows, ClientVerbView):
    """A verb on an issued report that is in force."""

    permission = "meetings.issue_report"
    states = IN_FORCE

    @cached_property
    def object(self):
        return get_object_or_404(self.rows().filter(state__in=self.states), pk=self.kwargs["pk"])

    def who(self):
        return {"by": self.request.user, "at": self.now}


class ReportRevise(IssuedVerb):
    form_class = ReasonForm
    page_title = _("Revise this report")
    consequence = _(
        "A draft of the next revision opens. What was issued stays as it is until that one is "
        "issued within 24 hours; it then shows what has changed."
    )
    button = _("Write the revision")
    keep = _("Leave it as it is")

    def dispatch(self, request, *args, **kwargs):
        draft = request.user.is_authenticated and open_revision(self.object)
        if draft:
            return HttpResponseRedirect(report_url(draft))
        return super().dispatch(request, *args, **kwargs)

    def act(self, form):
        reason = form.cleaned_data["reason"]
        return services.revise_report(report=self.object, reason=reason, **self.who())

    def get_success_url(self):
        return edit_url(self.result)


def open_revision(report):
    """The draft over this report, if somebody has begun one."""
    return ContactReport.objects.drafts().filter(supersedes=report).first()


class ReportDiscard(IssuedVerb):
    """A draft revision only: a meeting never stays without its report (R16)."""

    states = (State.DRAFT,)
    page_title = _("Discard this revision")
    consequence = _("The draft and what was typed in it are lost; the issued report stays.")
    button = _("Discard the draft")
    keep = _("Keep it")
    grave = True

    def rows(self):
        return super().rows().filter(supersedes__isnull=False)

    def act(self, form):
        return services.discard_draft(report=self.object, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return report_url(self.result)


class SendAgain(IssuedVerb):
    """The same paper once more, where the first mail did not arrive (R20)."""

    permission = "meetings.record_return"
    states = (State.ISSUED,)
    page_title = _("Send the report again")
    button = _("Send again")
    keep = _("Do not send")
    done = _("It is on its way.")

    @cached_property
    def contact(self):
        recipients = Contact.objects.filter(pk__in=self.object.recipients.values("pk"))
        return get_object_or_404(recipients, pk=self.kwargs["contact"])

    def get_consequence(self):
        words = _("%(name)s gets the same paper in a new mail, to %(address)s.")
        return words % {"name": self.contact, "address": self.contact.email or "–"}

    def act(self, form):
        return services.send_again(report=self.object, contact=self.contact, **self.who())


class OpinionRead(IssuedVerb):
    """The account director has read what the client thinks of our work (R25)."""

    permission = "accounts.view_client"
    states = State.values
    page_title = _("Client opinion read")
    consequence = _("Your name and the time are noted; the reminders stop.")
    button = _("I have read it")
    keep = _("Not yet")
    done = _("Noted.")

    def rows(self):
        return super().rows().filter(opinion_told_at__isnull=False)

    def act(self, form):
        return services.read_opinion(report=self.object, **self.who())


class ReportReturn(ReportRows, ClientFormPage):
    """A signed paper, fax or message, recorded with its scan as proof (R21)."""

    permission = "meetings.record_return"
    form_class = PaperReturnForm
    page_title = _("Record the return on paper")
    button = _("Record the return")
    done = _("The return is recorded.")

    @cached_property
    def object(self):
        return get_object_or_404(self.rows().filter(state__in=IN_FORCE), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        people = Cast(self.client, self.now, also=[self.object.returner]).contacts
        return {**kwargs, "people": people, "points": numbered_points(self.object, self.now)}

    def act(self, form):
        typed = form.cleaned_data
        services.record_return(
            report=self.object,
            contact=typed["contact"],
            answer=typed["answer"],
            about=form.about_text() if typed["answer"] == "objected" else "",
            reason=typed["reason"],
            proof=self.file_proof(typed["proof"]),
            row_version=typed["row_version"],
            by=self.request.user,
            at=self.now,
        )
        return self.object

    def file_proof(self, upload):
        return file_upload(
            client=self.client,
            kind=Kind.RETURN_PROOF,
            upload=upload,
            title=f"{self.page_title} {report_title(self.object)}"[:200],
            dated_on=timezone.localdate(self.now),
            by=self.request.user,
            at=self.now,
        )
