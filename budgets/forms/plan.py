"""What is typed into a media plan: its head, its lines, what ran; filters of the lists."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import LINE, MONEY, DayField, NumberField, PercentField, long_text
from archives.kinds import Medium
from budgets.forms.months import MonthField
from budgets.models import MediaLine, MediaPlan
from budgets.wording import month_text
from jobs.forms.estimate import VatField
from jobs.forms.figures import RUNNING, TO_APPROVE
from jobs.forms.filters import ALL, ClientFilter

MOST_RUNS = 1_000_000
ALL_OF_IT = 100


class RunsField(forms.IntegerField):
    """How often something runs, in a narrow field."""

    def __init__(self, **kwargs):
        attrs = {"inputmode": "numeric", "class": "form-control money", "size": 5}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(min_value=0, max_value=MOST_RUNS, widget=widget, **kwargs)


class LineForm(StyledForm, forms.Form):
    """One line of a media plan, as it is typed."""

    medium = forms.ChoiceField(label=pgettext_lazy("media plan", "Medium"), choices=Medium)
    vehicle = forms.CharField(label=_("Vehicle"), max_length=120)
    market = forms.CharField(label=_("Market"), max_length=60, required=False)
    spec = forms.CharField(label=_("Format"), max_length=120, required=False)
    supplier = forms.ModelChoiceField(
        None, label=_("Media owner"), required=False, empty_label="–",
        error_messages={"invalid_choice": _("There is no such supplier.")},
    )  # fmt: skip
    month = MonthField(label=_("Month"))
    runs = RunsField(label=_("Runs"))
    unit_gross = NumberField(label=_("Rate card price"), required=False, min_value=0, **MONEY)
    discount_rate = PercentField(label=_("Discount %"), most=ALL_OF_IT, required=False)
    fixed_price = NumberField(label=_("Agreed price"), required=False, min_value=0, **MONEY)
    bonus_runs = RunsField(label=_("Bonus runs"), required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supplier"].queryset = choices.suppliers
        self.fields["discount_rate"].widget = forms.TextInput(
            attrs={
                "inputmode": "decimal", "class": "form-control money", "size": 6,
                "title": _("45 means 45 % less than the rate card"),
            }
        )  # fmt: skip
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean(self):
        """What is left open is 0; the price of a run may stay open at an agreed price."""
        typed = super().clean()
        is_open = typed.get("unit_gross") is None and "unit_gross" not in self.errors
        if is_open and typed.get("fixed_price") is None and "fixed_price" not in self.errors:
            self.add_error("unit_gross", _("Please enter the price, or an agreed one."))
        for name in ("unit_gross", "discount_rate", "bonus_runs"):
            if typed.get(name) is None and name not in self.errors:
                typed[name] = 0
        return typed

    def data_of_line(self):
        """{name: value} as save_line takes it."""
        return {name: self.cleaned_data[name] for name in LineForm.base_fields}


class NewLineForm(KeyedForm, LineForm):
    """The next line; its key makes the same form sent twice one line (B2)."""


class LineEditForm(VersionedForm, LineForm):
    """A line that is there."""


class Head(StyledForm):
    """Title, rates and notes of the whole plan."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vat_rate"].offer(self.initial.get("vat_rate"))


class HeadFields(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=LINE)
    mode = forms.ChoiceField(label=_("Commission"), choices=MediaPlan.Mode)
    billing = forms.ChoiceField(label=_("Billing"), choices=MediaPlan.Billing)
    commission_rate = PercentField(label=_("Commission %"), most=ALL_OF_IT)
    service_fee_rate = PercentField(label=_("Service fee %"), most=ALL_OF_IT)
    vat_rate = VatField(label=_("VAT"))
    note_client = long_text(_("Note to the client"), rows=3)
    note_internal = long_text(_("Internal note"), rows=3)


class PlanCreateForm(Head, KeyedForm, HeadFields):
    """A new plan; its key makes the same form sent twice one plan (B2)."""


class PlanForm(Head, VersionedForm, HeadFields):
    """The head of a draft."""


class PlanFilter(ClientFilter):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ALL, RUNNING, TO_APPROVE, *MediaPlan.State.choices],
    )
    ae = forms.ModelChoiceField(None, label=_("AE"), required=False, empty_label=_("All"))
    month = MonthField(label=_("Month"), required=False)

    def __init__(self, *args, aes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ae"].queryset = aes


class RunFilter(ClientFilter):
    which = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[
            ("", _("Past and still open")),
            ("unbooked", _("Not booked yet")),
            ("missed", _("Missed, not settled")),
            *MediaLine.Run.choices,
        ],
    )
    month = MonthField(label=_("Month"), required=False)


def line_words(line):
    """The same vehicle runs in several months."""
    return f"{line.vehicle} · {month_text(line.month)}"


class LinesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    label_from_instance = staticmethod(line_words)


class LineField(forms.ModelChoiceField):
    label_from_instance = staticmethod(line_words)


class BookForm(VersionedForm, forms.Form):
    """Which lines are booked, and since when."""

    lines = LinesField(
        None, label=pgettext_lazy("of a paper", "Lines"),
        error_messages={"required": _("Please choose at least one line.")},
    )  # fmt: skip
    booked_on = DayField(label=_("Booked on"), widget=forms.DateInput)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = lines


class RunForm(VersionedForm, forms.Form):
    """The proof that it ran: a file, or a paper that is filed already."""

    hide_optional = True  # one of the two is needed
    file = forms.FileField(label=_("Tear sheet, log or report"), required=False)
    proof = forms.ModelChoiceField(
        None, label=_("or a paper of the archive"), required=False, empty_label="–"
    )

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["proof"].queryset = papers


class MissedForm(VersionedForm, forms.Form):
    reason = forms.CharField(
        label=_("What happened"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class MakeGoodForm(RunForm):
    """Which line takes the place of the missed one, with its proof."""

    line = LineField(None, label=_("Made good by"), required=False, empty_label="–")

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines
