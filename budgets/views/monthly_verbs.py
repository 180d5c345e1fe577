"""What is done with a monthly report: submit, return, sign, issue, reissue, adjust (3.4)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from accounts.views import about
from accounts.views.about import VerbAsks, crumbs_of
from agency.common.forms import ReasonForm
from agency.common.wording import colon, names_text
from budgets.forms.monthly import AdjustmentForm, IssueForm, MonthlyDraftForm, SignForm
from budgets.models import Adjustment
from budgets.reports.monthly_figures import digest, is_over, standings
from budgets.services import monthly as service
from budgets.services import monthly_adjust as adjusting
from budgets.services import monthly_issue as issuing
from budgets.views.monthly import InMonthly, MonthlyFormPage, State
from budgets.wording import month_text


class MonthlyVerb(InMonthly, VerbAsks, about.ClientVerbView):
    """A verb with its confirm page, the figures above it."""

    template_name = "budgets/monthly_verb.html"
    names_figures = True
    names_contacts = False

    def get_context_data(self, **kwargs):
        figures = self.figures
        extra = {
            "standings": standings(figures),
            "over": is_over(figures),
            "names_figures": self.names_figures,
            "contacts": issuing.contacts_of(self.client) if self.names_contacts else None,
        }
        return super().get_context_data(**{**extra, **kwargs})


class MonthlyCreate(about.ClientFormPage):
    """By hand, where the clock has not drafted a month (3.4)."""

    permission = "budgets.edit_monthly"
    form_class = MonthlyDraftForm
    page_title = _("Draft a monthly report")
    page_lead = _("The clock drafts it on the first of the next month; here the months it missed.")
    button = _("Draft the report")
    done = _("The draft is begun.")

    def rows(self):
        return Client.objects.visible_to(self.request.user)

    def client_of(self, row):
        return row

    def get_crumbs(self):
        return crumbs_of(self.client, _("Monthly budget reports"), reverse("budgets:monthly_list"))

    def get_form_kwargs(self):
        found = service.months_to_draft(self.client, self.now)
        return {**super().get_form_kwargs(), "months": [(day, month_text(day)) for day in found]}

    def act(self, form):
        return service.draft_monthly(
            client=self.client, by=self.request.user, at=self.now, **form.cleaned_data
        )


class MonthlySubmit(MonthlyVerb):
    permission = "budgets.edit_monthly"
    states = (State.DRAFT,)
    page_title = _("Submit the report")
    consequence = _("Your name stands on it. The account manager corrects and signs it.")
    button = _("Submit it")
    keep = _("Not yet")
    done = _("Submitted; the account manager has been told.")

    def act(self, form):
        return service.submit_monthly(**self.of(form))


class MonthlyReturn(MonthlyVerb):
    permission = "budgets.sign_monthly"
    states = service.SIGNABLE
    form_class = ReasonForm
    page_title = _("Return to the author")
    consequence = _("It is a draft again; its signatures are dropped and the author is told why.")
    button = _("Return it")
    keep = _("Keep it")
    done = _("Returned; the author has been told.")

    def act(self, form):
        return service.return_monthly(**self.of(form))


class LateAsked:
    """Mixin: past the due time the form asks for the reason."""

    permission = "budgets.sign_monthly"
    names_contacts = True

    def get_form_kwargs(self):
        is_asked = self.report.is_late(self.now) and not self.report.late_reason
        return {**super().get_form_kwargs(), "late": is_asked}


class MonthlySign(LateAsked, MonthlyVerb):
    states = (State.SUBMITTED,)
    form_class = SignForm
    page_title = _("Sign the report")
    consequence = _("The figures are frozen with your signature. Issued, it goes to the client.")
    button = _("Sign")
    keep = _("Not yet")
    done = _("Signed.")

    def get_initial(self):
        return {"shown": digest(self.figures), "is_issued": True}

    def act(self, form):
        given = self.of(form)
        is_issued = given.pop("is_issued")
        sign = issuing.sign_and_issue if is_issued else issuing.sign_monthly
        return sign(**given)

    def get_done(self):
        return _("Signed and issued.") if self.result.issued_at else self.done


class MonthlyIssue(LateAsked, MonthlyVerb):
    states = (State.SIGNED,)
    form_class = IssueForm
    page_title = _("Issue the report")
    consequence = _("It is filed with its number and goes to the client; nothing changes in it.")
    button = _("Issue it")
    keep = _("Not yet")
    done = _("Issued.")

    def act(self, form):
        return issuing.issue_monthly(**self.of(form))


class MonthlyReissue(MonthlyVerb):
    permission = "budgets.sign_monthly"
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
        return issuing.reissue_monthly(**self.of(form))

    def get_success_url(self):
        return self.result.get_absolute_url()


class AdjustmentCreate(MonthlyFormPage):
    """A correction of one figure, a row of its own."""

    permission = "budgets.edit_monthly"
    states = (State.DRAFT,)
    form_class = AdjustmentForm
    page_title = _("Add an adjustment")
    page_lead = _("It counts from the report's cut-off, once somebody else has signed the report.")
    button = _("Add it")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "instance": Adjustment(report=self.report)}

    def act(self, form):
        return adjusting.add_adjustment(**self.of(form))


class AdjustmentRemove(MonthlyVerb):
    """Take back a row that nobody has signed."""

    names_figures = False
    permission = "budgets.edit_monthly"
    page_title = _("Remove the adjustment")
    button = _("Remove it")
    keep = _("Keep it")

    def rows(self):
        rows = Adjustment.objects.filter(report__in=super().rows().filter(state=State.DRAFT))
        return rows.select_related("report__client__group", "report__budget", "by")

    @property
    def report(self):
        return self.object.report

    def client_of(self, row):
        return row.report.client

    def get_consequence(self):
        row = self.object
        named = names_text([row.get_category_display(), row.get_column_display()])
        return f"{named}{colon()}{row.reason}"

    def act(self, form):
        version = form.cleaned_data["row_version"]
        return adjusting.remove_adjustment(
            adjustment=self.object, row_version=version, **self.who()
        )
