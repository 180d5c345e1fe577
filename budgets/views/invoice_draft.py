"""Drafts of invoices: begun on a job, written, checked, issued, void."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from agency.common.forms import ReasonForm
from budgets.forms.invoice import CheckForm, DraftForm, InvoiceForm, IssueForm, TakeBackForm
from budgets.models import Invoice
from budgets.reports.signed import billed_net, signed_net
from budgets.services import invoice as service
from budgets.services.invoice_check import check_invoice, return_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.invoice_sources import propose
from budgets.views.invoice import InvoiceRows, chosen_contacts, contacts_of
from budgets.years import client_day
from jobs.models import Job
from jobs.views.base import JobFormPage, JobVerbView

State, Issuer = Invoice.State, Invoice.Issuer
LINE = ("pk", "text", "net", "vat_rate")


class InvoiceCreate(JobFormPage):
    """What of a job is signed and not billed, and how much of it is billed now."""

    permission = service.RIGHT
    template_name = "budgets/invoice_create.html"
    form_class = DraftForm
    page_title = gettext_lazy("Draft an invoice")
    button = gettext_lazy("Draft it")

    def rows(self):
        return Job.objects.visible_to(self.request.user).select_related("client__group", "brand")

    @cached_property
    def signed(self):
        return signed_net(self.job, self.now)

    @cached_property
    def parts(self):
        return propose(self.job, self.now, self.signed)

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "parts": [part for part in self.parts if part.issuer == Issuer.AGENCY],
            "reports": service.reports_of(self.client),
        }

    def get_initial(self):
        year = self.job.budget_year
        return {"po_number": self.job.po_number or service.po_of(self.client, year)}

    def act(self, form):
        typed = form.cleaned_data
        return service.draft_invoices(
            job=self.job, amounts=form.amounts(), report=typed.get("report"),
            po_number=typed["po_number"], note=typed["note"], form_key=typed["form_key"],
            **self.who(),
        )  # fmt: skip

    def get_done(self):
        words = ngettext("%(count)s draft is made.", "%(count)s drafts are made.", self.count)
        return words % {"count": self.count}

    @property
    def count(self):
        return len(self.result)

    def get_success_url(self):
        if self.count == 1:
            return self.result[0].get_absolute_url()
        return f"{reverse('budgets:invoice_list')}?job={self.job.pk}&state=draft"

    def get_context_data(self, **kwargs):
        extra = {
            "signed": self.signed,
            "billed": billed_net(self.job, self.now),
            "owned": [part for part in self.parts if part.issuer == Issuer.MEDIA_OWNER],
            "may_record": self.may(service.ISSUE),
        }
        return super().get_context_data(**{**extra, **kwargs})


class InvoiceUpdate(InvoiceRows, JobFormPage):
    permission = service.RIGHT
    states = (State.DRAFT,)
    template_name = "budgets/invoice_form.html"
    form_class = InvoiceForm
    page_title = gettext_lazy("Change the draft")
    done = gettext_lazy("Saved; somebody else checks it.")

    def get_form_kwargs(self):
        rows = [{name: getattr(line, name) for name in LINE} for line in self.invoice.lines.all()]
        return {**super().get_form_kwargs(), "rows": rows}

    def get_initial(self):
        return {name: getattr(self.invoice, name) for name in service.HEAD}

    def act(self, form):
        return service.update_invoice(
            invoice=self.invoice, lines=form.typed_rows(), **self.who(), **form.cleaned_data
        )


class InvoiceCheck(InvoiceRows, JobFormPage):
    """The last look before it leaves: read it, add it up, type the total (R71)."""

    permission = "budgets.check_invoice"
    states = (State.DRAFT,)
    template_name = "budgets/invoice_check.html"
    form_class = CheckForm
    page_title = gettext_lazy("Check the invoice")
    button = gettext_lazy("Checked: it may go out")
    done = gettext_lazy("Checked; finance issues it.")

    def act(self, form):
        typed = form.cleaned_data
        return check_invoice(
            invoice=self.invoice, control_total=typed["control_total"],
            row_version=typed["row_version"], **self.who(),
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"lines": self.invoice.lines.all(), **kwargs})


class InvoiceIssue(InvoiceRows, JobVerbView):
    permission = service.ISSUE
    states = (State.CHECKED,)
    form_class = IssueForm
    page_title = gettext_lazy("Issue the invoice")
    button = pgettext_lazy("invoice", "Issue it")
    keep = gettext_lazy("Not yet")

    def get_consequence(self):
        return _(
            "It gets its number, is filed, and is never changed again: what is wrong later is put"
            " right by a credit note."
        )

    def get_form_kwargs(self):
        rows = contacts_of(self.client) if self.invoice.in_budget else contacts_of(None)
        return {**super().get_form_kwargs(), "contacts": rows}

    def get_initial(self):
        day = client_day(self.client, self.now)
        return {"issued_on": day, "contacts": chosen_contacts(self.client)}

    def act(self, form):
        return issue_invoice(invoice=self.invoice, **self.who(), **form.cleaned_data)

    def get_done(self):
        return _("Issued as %(number)s.") % {"number": self.result.number}


class InvoiceReturn(InvoiceRows, JobVerbView):
    permission = service.RIGHT
    states = (State.CHECKED,)
    page_title = gettext_lazy("Back to draft")
    consequence = gettext_lazy("It can be changed again, and somebody checks it anew.")
    button = gettext_lazy("Back to draft")
    keep = gettext_lazy("Leave it checked")
    done = gettext_lazy("It is a draft again.")

    def get_form_class(self):
        is_own = self.invoice.author_id == self.request.user.pk
        return TakeBackForm if is_own else ReasonForm

    def act(self, form):
        return return_invoice(invoice=self.invoice, **self.who(), **form.cleaned_data)


class InvoiceVoid(InvoiceRows, JobVerbView):
    permission = service.RIGHT
    states = (State.DRAFT, State.CHECKED)
    form_class = ReasonForm
    page_title = gettext_lazy("Give up the draft")
    consequence = gettext_lazy("What stood on it can be billed again.")
    button = gettext_lazy("Give it up")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The draft is void.")
    grave = True

    def act(self, form):
        return service.void_invoice(invoice=self.invoice, **self.who(), **form.cleaned_data)
