"""What is typed about invoices: parts to bill, lines, control total, payments, credits."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Contact
from agency.common.forms import KeyedForm, ReasonForm, StyledForm, VersionedForm
from agency.common.inputs import MONEY, DayField, NumberField, PercentField, long_text
from agency.common.money import cents
from archives.models import Document
from budgets.models import Invoice
from jobs.forms.chain import TotalField
from jobs.forms.estimate import VatField
from jobs.forms.filters import ALL, ClientFilter
from jobs.forms.rows import RowForm, WithRows
from jobs.incoming import NUMBER, bare
from jobs.items import items_of
from jobs.models import Supplier

OVERDUE, OPEN = ("overdue", _("Overdue")), ("open", _("Not paid yet"))
DECIMAL = {"inputmode": "decimal", "autocomplete": "off", "class": "form-control money"}
MOST = Decimal("999999999999.99")


class InvoiceFilter(ClientFilter):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *Invoice.Kind.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, OPEN, OVERDUE, *Invoice.State.choices]
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2099)
    job = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PartField(forms.CharField):
    """How much of a part is billed: an amount, or a share of the whole part such as 30%."""

    def __init__(self, part):
        self.part = part
        attrs = {**DECIMAL, "aria-label": part.text, "size": 12}
        super().__init__(
            required=False, label=part.text, max_length=40, widget=forms.TextInput(attrs=attrs)
        )

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        amount = share_or_amount(text, self.part.net)
        if amount is None or abs(amount) > MOST:
            raise forms.ValidationError(_("Please enter an amount, or a share such as 30%."))
        return amount


def share_or_amount(text, whole):
    """12,000.00, or 30% of the whole; None for what is neither."""
    text = bare(text)
    is_share = text.endswith(("%", "％"))
    number = text.rstrip("%％")
    if not NUMBER.fullmatch(number):
        return None
    try:
        value = Decimal(number)
        return cents(whole * value / 100) if is_share else exact(value)
    except InvalidOperation:
        return None


def exact(value):
    """The amount itself, None where it is finer than a cent."""
    return cents(value) if cents(value) == value else None


class DraftForm(KeyedForm, forms.Form):
    """Which parts of what is signed are billed, and how much of each."""

    hide_optional = True
    share = PercentField(
        label=_("Share of everything due, in %"), most=Decimal(100), required=False,
        help_text=_("Empty: the amounts above count."),
    )  # fmt: skip
    report = forms.ModelChoiceField(
        Document.objects.none(), label=_("Contact report that names the extra work"),
        required=False, empty_label="–",
    )  # fmt: skip
    po_number = forms.CharField(label=_("PO number"), max_length=40, required=False)
    note = long_text(_("Note to the client"))

    def __init__(self, *args, parts, reports, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.fields["report"].queryset = reports
        if not any(part.contingency_of for part in parts):
            del self.fields["report"]
        for part in parts:
            self.fields[part.key] = PartField(part)
            self.fields[part.key].initial = f"{part.rest}" if part.is_due else ""

    @property
    def rows(self):
        """[(part, its field)]."""
        return [(part, self[part.key]) for part in self.parts]

    def amounts(self):
        """{key: net}: as typed, or the share of each part that is due."""
        typed = self.cleaned_data
        if (share := typed.get("share")) is None:
            return {part.key: typed.get(part.key) for part in self.parts}
        return {part.key: cents(part.net * share) for part in self.parts if part.is_due}


class LineForm(RowForm, StyledForm, forms.Form):
    """One line of a draft."""

    names = ("text", "net")
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=pgettext_lazy("line", "What"), max_length=200, required=False)
    net = NumberField(label=_("Net"), required=False, **MONEY)
    vat_rate = VatField(label=_("VAT"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vat_rate"].offer(self.initial.get("vat_rate"))
        for name in ("text", "net", "vat_rate"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def clean(self):
        typed = super().clean()
        if not typed.get("DELETE") and self.says_something():
            for name in self.names:
                if typed.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Please fill this in."))
        return typed


class InvoiceForm(WithRows, VersionedForm, forms.Form):
    """The draft: its lines, PO number, a note."""

    row_form = LineForm
    po_number = forms.CharField(label=_("PO number"), max_length=40, required=False)
    note_client = long_text(_("Note to the client"))


class CheckForm(VersionedForm, forms.Form):
    """The outgoing check of an invoice (R71)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, words in items_of("invoice"):
            self.fields[key] = forms.BooleanField(label=words)
        self.fields["control_total"] = TotalField(
            label=_("Control total"), widget=forms.TextInput(attrs=DECIMAL),
            help_text=_("Add the lines up yourself and type the total with VAT."), **MONEY,
        )  # fmt: skip


class SendingForm(VersionedForm, forms.Form):
    """To whom it goes by mail."""

    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(), label=_("By mail to"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: it is filed, and you hand it over yourself."),
    )  # fmt: skip

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contacts"].queryset = contacts
        if not contacts:
            del self.fields["contacts"]


class IssueForm(SendingForm):
    issued_on = DayField(label=_("Date of the invoice"), widget=forms.DateInput)
    field_order = ["issued_on", "contacts"]


class TakeBackForm(ReasonForm):
    """The author's own words are asked, not wanted."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class PaymentForm(KeyedForm, VersionedForm, forms.Form):
    on = DayField(label=_("Received on"), widget=forms.DateInput)
    amount = TotalField(label=_("Amount"), widget=forms.TextInput(attrs=DECIMAL), **MONEY)
    reference = forms.CharField(
        label=pgettext_lazy("payment", "Reference"), max_length=60, required=False
    )


class ReverseForm(StyledForm, forms.Form):
    """others: the invoices that the same transfer paid, too."""

    reason = ReasonForm.base_fields["reason"]
    is_whole = forms.BooleanField(required=False)

    def __init__(self, *args, others=(), **kwargs):
        super().__init__(*args, **kwargs)
        words = _("The whole transfer, also its parts on %(invoices)s")
        self.fields["is_whole"].label = words % {"invoices": ", ".join(others)}
        if not others:
            del self.fields["is_whole"]


class CreditForm(KeyedForm, SendingForm):
    """How much of each line goes back; empty: nothing of it."""

    issued_on = DayField(label=_("Date of the credit note"), widget=forms.DateInput)
    reason = ReasonForm.base_fields["reason"]

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[part.key] = PartField(part)
            self.fields[part.key].initial = f"{part.rest}"

    @property
    def rows(self):
        return [(part, self[part.key]) for part in self.parts]

    def amounts(self):
        return {part.pk: self.cleaned_data.get(part.key) for part in self.parts}


class OwnerCreditForm(CreditForm):
    """A media owner's own credit note: his number and his paper."""

    number = forms.CharField(label=_("Number on the credit note"), max_length=40)
    file = forms.FileField(label=_("The credit note (PDF or picture)"))


class FapiaoForm(VersionedForm, forms.Form):
    number = forms.CharField(label=_("Fapiao number"), max_length=40, required=False)


class OwnerForm(KeyedForm, forms.Form):
    """A media owner's own invoice, with its scan."""

    supplier = forms.ModelChoiceField(Supplier.objects.none(), label=_("Media owner"))
    number = forms.CharField(label=_("Number on the invoice"), max_length=40)
    issued_on = DayField(label=_("Date of the invoice"), widget=forms.DateInput)
    due_on = DayField(label=_("Due"), widget=forms.DateInput, required=False)
    month = forms.ChoiceField(label=_("Month of the runs"))
    net = TotalField(
        label=_("Net, without VAT"), widget=forms.TextInput(attrs=DECIMAL), **MONEY
    )  # fmt: skip
    vat_rate = VatField(label=_("VAT"))
    file = forms.FileField(label=_("The invoice (PDF or picture)"))

    def __init__(self, *args, suppliers, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = suppliers
        self.fields["month"].choices = months


class MonthForm(StyledForm, forms.Form):
    """Which month to close by hand."""

    month = forms.ChoiceField(label=_("Month"))

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months
