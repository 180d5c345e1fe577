"""What is typed into a budget: its year, the sheet with its months, the client's yes."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Contact
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import DayField, PersonField, long_text
from agency.common.wording import sum_text
from archives.models import Document
from budgets.models import MONTHS, AnnualBudget, Category
from jobs.forms.filters import ClientFilter
from jobs.forms.rows import RowForm, WithRows
from jobs.incoming import bare

PASTE_MOST = 200_000
ZERO = Decimal("0.00")


class BudgetFilter(ClientFilter):
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=2000, max_value=2099
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[("", gettext_lazy("All")), *AnnualBudget.State.choices],
    )  # fmt: skip


class DraftForm(KeyedForm, forms.Form):
    """Which fiscal year; a reason where the year has a budget already."""

    hide_optional = True
    year = forms.TypedChoiceField(label=gettext_lazy("Fiscal year"), coerce=int)
    reason = long_text(
        gettext_lazy("Reason of the change"),
        max_length=2000,
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = years
        self.fields["reason"].help_text = gettext_lazy(
            "Needed where the year has a budget already: the new version begins with its lines."
        )


class AmountField(forms.DecimalField):
    """A sum as people write and paste it: 1,250,000.00, ¥1 250 000."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "decimal", "class": "form-control money", "autocomplete": "off"}
        super().__init__(
            min_value=0, max_digits=14, decimal_places=2, required=False,
            widget=forms.TextInput(attrs=attrs), **kwargs,
        )  # fmt: skip

    def to_python(self, value):
        return super().to_python(bare(str(value)) if value not in (None, "") else value)

    def prepare_value(self, value):
        """Without idle cents: the sheet is narrow."""
        if not isinstance(value, Decimal):
            return value
        return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"


class SheetRow(RowForm, StyledForm, forms.Form):
    """A category, of one brand or of all, its year and its twelve months."""

    names = ("amount", *MONTHS)
    pick = forms.BooleanField(label=gettext_lazy("Spread this row"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=Category)
    brand = PersonField(
        label=gettext_lazy("Brand"), required=False,
        error_messages={"invalid_choice": gettext_lazy("The client has no such brand.")},
    )  # fmt: skip
    amount = AmountField(label=pgettext_lazy("sum", "Year"))

    def __init__(self, *args, brands, heads, is_spreading=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_spreading = is_spreading
        known = {str(brand.pk): brand for brand in brands}
        choices = [("", gettext_lazy("All brands")), *known.items()]
        self.fields["brand"].offer(known, choices)
        for name, head in zip(MONTHS, heads, strict=True):
            self.fields[name] = AmountField(label=head)
            self.fields[name].widget.attrs |= {"aria-label": head, "data-month": ""}
        for name in ("category", "brand", "amount", "pick"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        self.fields["amount"].widget.attrs["data-year"] = ""

    @property
    def month_cells(self):
        return [self[name] for name in MONTHS]

    def clean(self):
        """The year follows its months, or the months will follow the year; never both at odds."""
        typed = super().clean()
        if self.errors:
            return typed
        months = [typed.get(name) for name in MONTHS]
        total = sum((month for month in months if month is not None), ZERO)
        if all(month is None for month in months):
            typed["months"] = None if typed.get("amount") else [ZERO] * len(MONTHS)
            return typed
        typed["months"] = [month or ZERO for month in months]
        if typed.get("amount") is None or "amount" not in self.changed_data:
            typed["amount"] = typed["amount"] if self.is_spreading and typed["amount"] else total
        elif typed["amount"] != total and not self.is_spreading:
            self.add_error("amount", _at_odds(typed["amount"], total))
        return typed

    def row(self):
        """The row as save_lines takes it."""
        return {name: self.cleaned_data[name] for name in ("category", "brand", "amount", "months")}


def _at_odds(amount, total):
    return _(
        "The year says %(amount)s, its months add up to %(total)s."
        " Empty the year to take the sum of the months, or spread the year."
    ) % {"amount": sum_text(amount), "total": sum_text(total)}


class SheetForm(WithRows, VersionedForm, forms.Form):
    """The whole sheet; one empty row more than there are."""

    row_form = SheetRow


class ImportForm(VersionedForm, forms.Form):
    """Rows copied from a spreadsheet, or the spreadsheet itself."""

    hide_optional = True  # one of the two is needed
    text = long_text(gettext_lazy("Rows"), 10, PASTE_MOST, spellcheck="false", wrap="off")
    file = forms.FileField(label=gettext_lazy("or a spreadsheet (XLSX)"), required=False)


class AuthoriseForm(VersionedForm, forms.Form):
    """Who of the client said yes, when, and the paper that shows it."""

    hide_optional = True
    contact = forms.ModelChoiceField(
        Contact.objects.none(), label=pgettext_lazy("budget", "Authorised by"),
        empty_label=gettext_lazy("Choose"),
    )  # fmt: skip
    authorised_on = DayField(
        label=pgettext_lazy("budget", "Authorised on"),
        widget=forms.DateInput,
        help_text=gettext_lazy("The client's day."),
    )
    upload = forms.FileField(
        label=gettext_lazy("The client's proof"), required=False,
        help_text=gettext_lazy("PDF or picture, at most 50 MB."),
    )  # fmt: skip
    proof = forms.ModelChoiceField(
        Document.objects.none(), label=gettext_lazy("or a paper in the folder"), required=False,
        empty_label="–",
    )  # fmt: skip
    po_number = forms.CharField(label=gettext_lazy("PO number"), max_length=40, required=False)

    def __init__(self, *args, contacts, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = contacts
        self.fields["proof"].queryset = papers

    def clean(self):
        typed = super().clean()
        has_file, has_paper = bool(typed.get("upload")), bool(typed.get("proof"))
        if has_file == has_paper and "upload" not in self.errors:
            both = _("Please give one proof: the file, or the paper in the folder.")
            none = _("Please add the paper that shows the client's yes.")
            self.add_error("upload", both if has_file else none)
        return typed
