"""What is done with a quarterly report: draft by hand, submit, return, sign, issue (3.13)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from accounts.views import about
from accounts.views.about import VerbAsks, crumbs_of
from agency.common.forms import ReasonForm
from archives.forms.quarterly import IssueForm, QuarterForm, SignForm
from archives.papers_quarterly import contacts_of
from archives.quarters import quarter_text
from archives.services import quarterly as service
from archives.services import quarterly_issue as issuing
from archives.views.quarterly import InQuarterly, State


class QuarterlyVerb(InQuarterly, VerbAsks, about.ClientVerbView):
    """A verb with its confirm page; it names who gets the paper where it goes out."""

    template_name = "archives/quarterly_verb.html"
    names_contacts = False

    def get_context_data(self, **kwargs):
        contacts = list(contacts_of(self.client)) if self.names_contacts else None
        return super().get_context_data(**{"contacts": contacts, **kwargs})


class QuarterlyCreate(about.ClientFormPage):
    """By hand, where the clock has not drafted a quarter."""

    permission = service.EDIT
    form_class = QuarterForm
    page_title = _("Draft a quarterly report")
    page_lead = _("The clock drafts it on the first day after a quarter; here those it missed.")
    button = _("Draft the report")
    done = _("The draft is begun.")

    def rows(self):
        return Client.objects.visible_to(self.request.user)

    def client_of(self, row):
        return row

    def get_crumbs(self):
        return crumbs_of(self.client, _("Quarterly reports"), reverse("archives:quarterly_list"))

    def get_form_kwargs(self):
        found = service.quarters_to_draft(self.client, self.now)
        quarters = [(one, quarter_text(*one)) for one in found]
        return {**super().get_form_kwargs(), "quarters": quarters}

    def act(self, form):
        year, quarter = form.cleaned_data["quarter"]
        return service.draft_quarterly(
            client=self.client, year=year, quarter=quarter, by=self.request.user, at=self.now
        )


class QuarterlyTakeUp(QuarterlyVerb):
    permission = service.EDIT
    states = (State.DRAFT,)
    page_title = _("Take up new competitors")
    consequence = _("Competitors known by now come into the report, with what was seen of them.")
    button = _("Take them up")
    keep = _("Not now")
    done = _("They are in the report.")

    def act(self, form):
        return service.take_up_news(**self.of(form))


class QuarterlySubmit(QuarterlyVerb):
    permission = service.EDIT
    states = (State.DRAFT,)
    page_title = _("Submit the report")
    consequence = _("Your name stands on it. The account manager corrects and signs it.")
    button = _("Submit it")
    keep = _("Not yet")
    done = _("Submitted; the account manager has been told.")

    def act(self, form):
        return service.submit_quarterly(**self.of(form))


class QuarterlyReturn(QuarterlyVerb):
    permission = service.SIGN
    states = service.SIGNABLE
    form_class = ReasonForm
    page_title = _("Return to the author")
    consequence = _("It is a draft again; its signatures are dropped and the author is told why.")
    button = _("Return it")
    keep = _("Keep it")
    done = _("Returned; the author has been told.")

    def act(self, form):
        return service.return_quarterly(**self.of(form))


class LateAsked:
    """Mixin: past the due time the form asks for the reason."""

    names_contacts = True

    def get_form_kwargs(self):
        is_asked = self.report.is_late(self.now) and not self.report.late_reason
        return {**super().get_form_kwargs(), "late": is_asked}


class QuarterlySign(LateAsked, QuarterlyVerb):
    permission = service.SIGN
    states = (State.SUBMITTED,)
    form_class = SignForm
    page_title = _("Sign the report")
    consequence = _("Nothing changes in it after your signature. Issued, it goes to the client.")
    button = _("Sign")
    keep = _("Not yet")
    done = _("Signed.")

    def act(self, form):
        given = self.of(form)
        is_issued = given.pop("is_issued")
        sign = issuing.sign_and_issue if is_issued else issuing.sign_quarterly
        return sign(**given)

    def get_done(self):
        return _("Signed and issued.") if self.result.issued_at else self.done


class QuarterlyIssue(LateAsked, QuarterlyVerb):
    permission = service.EDIT
    states = (State.SIGNED,)
    form_class = IssueForm
    page_title = _("Issue the report")
    consequence = _("It is filed with its number and goes to the client; nothing changes in it.")
    button = _("Issue it")
    keep = _("Not yet")
    done = _("Issued.")

    def act(self, form):
        return issuing.issue_quarterly(**self.of(form))


class QuarterlyReissue(QuarterlyVerb):
    permission = service.SIGN
    states = (State.ISSUED,)
    form_class = ReasonForm
    page_title = _("Correct an issued report")
    consequence = _(
        "A draft of the next revision is made. When it is issued it takes the place of this one."
    )
    button = _("Draft the revision")
    keep = _("Leave it")
    done = _("The revision is a draft now.")

    def act(self, form):
        return issuing.reissue_quarterly(**self.of(form))

    def get_success_url(self):
        return self.result.get_absolute_url()


VERBS = {
    "take_up": QuarterlyTakeUp,
    "submit": QuarterlySubmit,
    "return": QuarterlyReturn,
    "sign": QuarterlySign,
    "issue": QuarterlyIssue,
    "reissue": QuarterlyReissue,
}
