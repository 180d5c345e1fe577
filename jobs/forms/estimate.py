"""What is typed into an estimate: its lines, rates and notes, quotes, rows pasted in; suppliers."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.base import VerbModelForm
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import (
    HUNDRED,
    MONEY,
    DayField,
    NumberField,
    PercentField,
    long_text,
)
from jobs.forms.rows import RowForm, WithRows
from jobs.models import Supplier
from jobs.wording import rate_text

VAT = tuple(Decimal(rate) / HUNDRED for rate in (6, 13, 9, 3, 0))
UNIT = {"max_digits": 14, "decimal_places": 4}
PASTE_MOST = 200_000


class VatField(forms.TypedChoiceField):
    """One of the rates there are, and the one that is there already."""

    def __init__(self, **kwargs):
        errors = {"invalid_choice": _("There is no such VAT rate.")}
        super().__init__(coerce=rate_of, empty_value=None, error_messages=errors, **kwargs)
        self.offer()

    def offer(self, *others):
        rates = dict.fromkeys([*VAT, *(rate for rate in others if rate is not None)])
        self.choices = [(key_of(rate), rate_text(rate)) for rate in rates]

    def prepare_value(self, value):
        return key_of(value) if isinstance(value, Decimal) else value


def rate_of(text):
    """The rate of a key; ValueError for what is no number, as fields expect it."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def key_of(rate):
    return f"{rate:.4f}"


def is_usual_rate(key):
    return key in map(key_of, VAT)


class KnownRows(ModelChoiceIterator):
    """The rows of its field, which are not put together before they are drawn."""

    def __init__(self, field):
        self.field = field

    @property
    def queryset(self):
        return self.field.queryset

    def __iter__(self):
        yield ("", self.field.empty_label)
        known = self.field.known
        yield from map(self.choice, self.queryset if known is None else known)


class KnownRowField(forms.ModelChoiceField):
    """One of `known` rows, read once to check what was typed and to draw the form that follows;
    without them it asks for the one that was typed."""

    iterator = KnownRows
    known = ask = None

    def offer(self, ask):
        """`ask()` gives the rows to choose from, once they are wanted."""
        self.ask, self.widget.choices = ask, self.choices

    def _asked(self):
        return self.ask and self.ask()

    queryset = property(_asked, forms.ModelChoiceField._set_queryset)

    def to_python(self, value):
        if self.known is None or value in self.empty_values:
            return super().to_python(value)
        for row in self.known:
            if str(row.pk) == str(value):
                return row
        raise self.not_there(value)

    def not_there(self, value):
        message = self.error_messages["invalid_choice"]
        return forms.ValidationError(message, code="invalid_choice", params={"value": value})


class LineForm(StyledForm, forms.Form):
    """One line of an estimate, as it is typed."""

    OPTIONS = (
        ("", _("Part of it")), ("chosen", _("Option, chosen")), ("open", _("Option, not chosen")),
    )  # fmt: skip

    text = forms.CharField(label=pgettext_lazy("line", "What"), max_length=200)
    group = forms.CharField(label=pgettext_lazy("of lines", "Group"), max_length=60, required=False)
    deliverable = KnownRowField(
        None, label=_("Deliverable"), required=False, empty_label="–",
        error_messages={"invalid_choice": _("The job has no such deliverable.")},
    )  # fmt: skip
    supplier = KnownRowField(
        None, label=_("Supplier"), required=False, empty_label="–",
        error_messages={"invalid_choice": _("There is no such supplier.")},
    )  # fmt: skip
    quantity = NumberField(label=_("Quantity"), max_digits=12, decimal_places=3)
    unit = forms.CharField(label=_("Unit"), max_length=20)
    unit_cost = NumberField(label=_("Unit cost"), required=False, **UNIT)
    markup_rate = PercentField(label=_("Markup %"))
    fixed_price = NumberField(label=_("Fixed unit price"), required=False, **UNIT)
    vat_rate = VatField(label=_("VAT"))
    option = forms.ChoiceField(label=_("Option"), choices=OPTIONS, required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deliverable"].offer(lambda: choices.deliverables)
        self.fields["supplier"].offer(lambda: choices.suppliers)
        self.fields["vat_rate"].offer(choices.vat_rate, self.initial.get("vat_rate"))
        self.fields["markup_rate"].widget = forms.TextInput(
            attrs={"inputmode": "decimal", "class": "form-control money", "size": 8}
        )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self):
        """Work at a fixed price may leave its cost open: then it is 0."""
        typed = super().clean()
        if typed.get("unit_cost") is None and "unit_cost" not in self.errors:
            if typed.get("fixed_price") is None:
                self.add_error("unit_cost", _("Please enter the cost, or a fixed price."))
            typed["unit_cost"] = Decimal("0")
        return typed

    def data_of_line(self):
        """{name: value} as save_line takes it."""
        typed = {name: self.cleaned_data[name] for name in LineForm.base_fields if name != "option"}
        option = self.cleaned_data["option"]
        return {**typed, "is_optional": bool(option), "chosen": option != "open"}


def option_of(line):
    return "" if not line.is_optional else "chosen" if line.chosen else "open"


class NewLineForm(KeyedForm, LineForm):
    """The next line; its key makes the same form sent twice one line (B2)."""

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, choices=choices, **kwargs)
        self.fields["deliverable"].known = choices.deliverables
        self.fields["supplier"].known = choices.suppliers


class LineEditForm(VersionedForm, LineForm):
    """A line that is there."""


class HeadForm(VersionedForm, forms.Form):
    """Rates and notes of the whole estimate."""

    contingency_rate = PercentField(label=_("Contingency %"), most=Decimal(100))
    markup_rate = PercentField(
        label=_("Markup %"), help_text=_("What a new line begins with; lines keep their own.")
    )
    vat_rate = VatField(
        label=_("VAT"), help_text=_("That of the contingency, and what a new line begins with.")
    )
    note_client = long_text(_("Note to the client"), rows=3)
    note_internal = long_text(_("Internal note"), rows=3)
    quotes_reason = long_text(_("Reason without three quotes"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vat_rate"].offer(self.initial.get("vat_rate"))


class ChargedForm(StyledForm, forms.Form):
    """Which deliverables cost the client nothing (R58)."""

    free = forms.ModelMultipleChoiceField(
        None, label=_("Not charged"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, deliverables, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["free"].queryset = deliverables


class QuoteForm(RowForm, StyledForm, forms.Form):
    """One supplier's quote; a row left empty is none."""

    supplier = forms.ModelChoiceField(None, label=_("Supplier"), required=False)
    amount = forms.DecimalField(
        label=_("Amount"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **MONEY,
    )  # fmt: skip
    on = DayField(label=_("On"), widget=forms.DateInput, required=False)
    document = forms.ModelChoiceField(None, label=_("Paper"), required=False)
    chosen = forms.BooleanField(label=_("Chosen"), required=False)

    def __init__(self, *args, suppliers, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = suppliers
        self.fields["document"].queryset = papers
        self.fields["document"].empty_label = _("No paper")
        self.fields["supplier"].empty_label = _("Supplier")
        for name in ("supplier", "amount", "on", "document"):
            field = self.fields[name]
            field.widget.attrs |= {"aria-label": field.label, "placeholder": field.label}

    def says_something(self):
        typed = self.cleaned_data
        return any(typed.get(name) for name in ("supplier", "amount", "document", "chosen"))

    def clean(self):
        typed = super().clean()
        if not typed.get("DELETE") and self.says_something():
            for name in ("supplier", "amount", "on"):
                if typed.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Please fill this in."))
        return typed


class QuotesForm(WithRows, VersionedForm, forms.Form):
    """The quotes of one line (R78)."""

    row_form = QuoteForm
    extra_rows = 3


class PasteForm(KeyedForm, forms.Form):
    """Rows copied from a spreadsheet, or the spreadsheet itself."""

    hide_optional = True  # one of the two is needed
    text = long_text(_("Rows"), rows=10, max_length=PASTE_MOST, spellcheck="false", wrap="off")
    file = forms.FileField(label=_("or a spreadsheet (XLSX)"), required=False)


class SupplierFilter(StyledForm, forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Supplier.Kind.choices]
    )


SUPPLIER = ["name", "kind", "contact", "phone", "tax_number"]


class SupplierCreateForm(KeyedForm, VerbModelForm):
    class Meta:
        model = Supplier
        fields = SUPPLIER


class SupplierForm(VersionedForm, VerbModelForm):
    class Meta:
        model = Supplier
        fields = [*SUPPLIER, "is_active"]
