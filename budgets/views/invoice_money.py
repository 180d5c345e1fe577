"""What happens to an issued invoice: paid, reversed, credited, numbered; owners' own invoices."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.wording import full_day_text, money_text
from archives.kinds import Kind as Paper
from archives.services import file_upload
from budgets.forms.invoice import (
    CreditForm,
    FapiaoForm,
    OwnerCreditForm,
    OwnerForm,
    PaymentForm,
    ReverseForm,
)
from budgets.models import Invoice, Payment
from budgets.services.invoice import ISSUE, set_fapiao
from budgets.services.invoice_credit import CREDITED, credit_invoice, credit_left
from budgets.services.invoice_owner import record_media_owner_invoice
from budgets.services.payment import pay_invoice, reverse_payment, reverse_transfer
from budgets.views.invoice import InvoiceRows, chosen_contacts, contacts_of
from budgets.wording import month_text
from budgets.years import client_day, months_of
from jobs.models import Job, Supplier
from jobs.views.base import JobFormPage, JobVerbView

State, Kind = Invoice.State, Invoice.Kind


class InvoicePay(InvoiceRows, JobFormPage):
    permission = ISSUE
    states = Invoice.OWED
    form_class = PaymentForm
    page_title = gettext_lazy("Book a payment")
    button = gettext_lazy("Book it")
    done = gettext_lazy("The payment is booked.")

    def get_initial(self):
        day = client_day(self.client, self.now)
        return {"on": day, "amount": self.invoice.open_amount}

    def act(self, form):
        return pay_invoice(invoice=self.invoice, **self.who(), **form.cleaned_data)


class PaymentReverse(InvoiceRows, JobVerbView):
    """Take back a payment that was booked wrongly; the address holds the payment."""

    permission = ISSUE
    form_class = ReverseForm
    page_title = gettext_lazy("Reverse the payment")
    button = gettext_lazy("Reverse it")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The payment is reversed.")
    grave = True

    def rows(self):
        invoices = Invoice.objects.visible_to(self.request.user)
        rows = Payment.objects.filter(invoice__in=invoices)
        return rows.select_related("invoice__client__group", "invoice__job__client")

    @property
    def invoice(self):
        return self.object.invoice

    def job_of(self, row):
        return row.invoice.job

    def get_consequence(self):
        row = self.object
        return f"{full_day_text(row.on)} · {money_text(row.amount, self.invoice.currency)}"

    def get_form_kwargs(self):
        reversed_by = Payment.objects.filter(reverses=OuterRef("pk"))
        parts = self.object.parts().exclude(pk=self.object.pk).exclude(Exists(reversed_by))
        others = [part.invoice.number for part in parts]
        return {**super().get_form_kwargs(), "others": others}

    def act(self, form):
        is_whole = form.cleaned_data.pop("is_whole", False)
        reverse = reverse_transfer if is_whole else reverse_payment
        return reverse(payment=self.object, **self.who(), **form.cleaned_data)


@dataclass(frozen=True)
class Left:
    """What of a line no credit note has taken back."""

    pk: int
    text: str
    net: Decimal
    rest: Decimal

    @property
    def key(self):
        return f"line_{self.pk}"


OWNERS = gettext_lazy("Record the media owner's credit note")


class InvoiceCredit(InvoiceRows, JobFormPage):
    permission = ISSUE
    states = CREDITED
    template_name = "budgets/invoice_credit.html"
    page_title = button = gettext_lazy("Issue a credit note")

    def rows(self):
        return super().rows().exclude(kind=Kind.CREDIT)

    @property
    def is_owners(self):
        """Whose paper it is: the owner's has his number, his file, and goes to nobody by mail."""
        return self.invoice.issuer == Invoice.Issuer.MEDIA_OWNER

    def get_form_class(self):
        return OwnerCreditForm if self.is_owners else CreditForm

    def get_page_title(self):
        return OWNERS if self.is_owners else self.page_title

    def get_form_kwargs(self):
        left = credit_left(self.invoice)
        parts = [
            Left(line.pk, line.text, line.net, left[line.pk])
            for line in self.invoice.lines.all() if left[line.pk]
        ]  # fmt: skip
        is_mailed = self.invoice.in_budget and not self.is_owners
        rows = contacts_of(self.client if is_mailed else None)
        return {**super().get_form_kwargs(), "parts": parts, "contacts": rows}

    def get_initial(self):
        day = client_day(self.client, self.now)
        return {"issued_on": day, "contacts": chosen_contacts(self.client)}

    def act(self, form):
        typed = form.cleaned_data
        names = ("reason", "issued_on", "contacts", "row_version", "form_key", "number")
        given = {name: typed[name] for name in names if name in typed}
        given |= {"invoice": self.invoice, "amounts": form.amounts(), **self.who()}
        if not self.is_owners:
            return credit_invoice(**given)
        return file_upload(
            client=self.client, kind=Paper.CREDIT_NOTE, upload=typed["file"],
            title=f"{self.invoice.supplier} {typed['number']}"[:200], dated_on=typed["issued_on"],
            job_numbers=[self.job.number], form_key=typed["form_key"],
            then=lambda paper: credit_invoice(document=paper, **given), **self.who(),
        )  # fmt: skip

    def get_done(self):
        if self.is_owners:
            return _("Recorded: so much less is billed.")
        return _("Issued as %(number)s.") % {"number": self.result.number}


class InvoiceFapiao(InvoiceRows, JobFormPage):
    permission = ISSUE
    states = Invoice.OUT
    form_class = FapiaoForm
    page_title = gettext_lazy("Fapiao number")
    done = gettext_lazy("Saved.")

    def get_initial(self):
        return {"number": self.invoice.fapiao_number}

    def act(self, form):
        return set_fapiao(invoice=self.invoice, **self.who(), **form.cleaned_data)


class OwnerInvoiceCreate(JobFormPage):
    """What a media owner billed the client himself; the scan is filed with it."""

    permission = ISSUE
    form_class = OwnerForm
    page_title = gettext_lazy("Record a media owner's invoice")
    page_lead = gettext_lazy("It counts as billed; the client owes it to the media owner.")
    button = gettext_lazy("Record it")
    done = gettext_lazy("Recorded: it counts as billed.")

    def rows(self):
        rows = Job.objects.visible_to(self.request.user).filter(kind=Job.Kind.MEDIA)
        return rows.select_related("client__group", "brand")

    @cached_property
    def months(self):
        days = months_of(self.client, self.job.budget_year - 1)
        days += months_of(self.client, self.job.budget_year)
        days += months_of(self.client, self.job.budget_year + 1)
        return {f"{day}": day for day in days}

    def get_form_kwargs(self):
        names = [(key, month_text(day)) for key, day in self.months.items()]
        suppliers = Supplier.objects.filter(is_active=True).order_by("name")
        return {**super().get_form_kwargs(), "suppliers": suppliers, "months": names}

    def get_initial(self):
        day = client_day(self.client, self.now)
        return {"issued_on": day, "month": f"{day.replace(day=1)}", "vat_rate": Decimal("0.06")}

    def act(self, form):
        typed = dict(form.cleaned_data)
        upload, key = typed.pop("file"), typed["form_key"]
        month = self.months[typed.pop("month")]
        return file_upload(
            client=self.client, kind=Paper.MEDIA_INVOICE, upload=upload,
            title=f"{typed['supplier']} {typed['number']}"[:200], dated_on=typed["issued_on"],
            job_numbers=[self.job.number], form_key=key,
            then=lambda paper: record_media_owner_invoice(
                job=self.job, month=month, document=paper, **typed, **self.who()
            ),
            **self.who(),
        )  # fmt: skip

    def get_success_url(self):
        return self.result.get_absolute_url()
