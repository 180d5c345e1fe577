"""What is typed to start work and to note what it costs (R53, R57, R59)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from agency.common.forms import KeyedForm, VersionedForm, dress
from agency.common.inputs import LINE, DayField, long_text
from archives.models import Document
from jobs.models import Cost, Department, ErrorNote, EstimateLine, StartOrder, Supplier

MOST = 10**10  # ten thousand million: beyond it somebody leant on a key


def money_field(label, required=True, **more):
    """An amount without VAT, two decimals."""
    return forms.DecimalField(
        label=label, max_digits=14, decimal_places=2, min_value=-MOST, max_value=MOST,
        required=required, **more,
    )  # fmt: skip


class OrderForm(KeyedForm, forms.Form):
    """A start order: to whom, what, by when."""

    kind = forms.ChoiceField(label=_("Kind"), choices=StartOrder.Kind.choices)
    department = forms.ChoiceField(
        label=_("Department"), required=False, choices=[("", "–"), *Department.choices]
    )
    to = forms.ModelChoiceField(
        User.objects.none(), label=_("Person"), required=False, empty_label=_("The department")
    )
    supplier = forms.ModelChoiceField(
        Supplier.objects.none(), label=_("Supplier"), required=False, empty_label="–"
    )
    text = forms.CharField(
        label=pgettext_lazy("line", "What"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = DayField(label=_("By when"), widget=forms.DateInput)

    def __init__(self, *args, job, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(
            is_active=True, role=User.Role.DEPARTMENT, assignments__client=job.client
        )
        self.fields["to"].queryset = people.distinct()
        self.fields["supplier"].queryset = Supplier.objects.active()


class CostForm(KeyedForm, forms.Form):
    """An order to a supplier, or his bill."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Cost.Kind.choices)
    supplier = forms.ModelChoiceField(Supplier.objects.none(), label=_("Supplier"))
    line = forms.ModelChoiceField(
        EstimateLine.objects.none(), label=_("Estimate line"), required=False, empty_label="–"
    )
    order = forms.ModelChoiceField(
        Cost.objects.none(), label=_("Bill for the order"), required=False, empty_label="–"
    )
    number = forms.CharField(
        label=_("Number of the paper"), required=False, max_length=40,
    )  # fmt: skip
    on = DayField(label=_("Date"), widget=forms.DateInput)
    amount = money_field(_("Amount without VAT"))
    paper = forms.FileField(
        label=_("The paper"), required=False, help_text=_("PDF or picture, at most 50 MB.")
    )
    over = forms.BooleanField(
        label=_("It may stand above the cost of the line"),
        required=False,
        help_text=_("The account manager's tick."),
    )

    def __init__(self, *args, job, **kwargs):
        super().__init__(*args, **kwargs)
        lines = EstimateLine.objects.filter(estimate__job=job, estimate__state="signed")
        self.fields["line"].queryset = lines
        self.fields["order"].queryset = job.costs.orders().filter(bills=None)
        self.fields["supplier"].queryset = Supplier.objects.active()


class ErrorForm(KeyedForm, forms.Form):
    """A mistake found after the signature."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ErrorNote.Kind.choices)
    text = forms.CharField(
        label=_("What happened"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    found_on = DayField(label=_("Found on"), widget=forms.DateInput)
    amount = money_field(_("Amount"), required=False)
    noticed_by = forms.ModelChoiceField(
        User.objects.none(), label=_("Noticed by"), required=False, empty_label="–"
    )

    def __init__(self, *args, job, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, assignments__client=job.client)
        self.fields["noticed_by"].queryset = people.distinct()


class CheckForm(KeyedForm, forms.Form):
    """A file to be checked before it leaves the house: uploaded here, or filed already."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=pgettext_lazy("line", "What"), max_length=LINE)
    file = forms.FileField(
        label=_("The file"), required=False, help_text=_("Exactly this file will be checked.")
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), label=_("Or a filed paper"), required=False, empty_label="–"
    )
    author = forms.ModelChoiceField(User.objects.none(), label=_("Author of the file"))
    expected_total = money_field(_("Total on the paper"), required=False)

    def __init__(self, *args, job, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        papers = Document.objects.filter(job_numbers__job_number=job.number, face="client")
        self.fields["document"].queryset = papers.filter(kind__in=["ad_file", "tape_sheet"])
        people = User.objects.filter(is_active=True, assignments__client=job.client)
        self.fields["author"].queryset = people.distinct()

    def clean(self):
        typed = super().clean()
        if bool(typed.get("file")) == bool(typed.get("document")):
            self.add_error("file", _("Give one file: uploaded, or filed already."))
        return typed


class JudgeForm(VersionedForm, forms.Form):
    """The items of one check, each yes, no or not applicable."""

    findings = long_text(_("What is wrong"), rows=3)

    def __init__(self, *args, items, answers, has_total, **kwargs):
        super().__init__(*args, **kwargs)
        for key, words in items:
            self.fields[f"item-{key}"] = forms.ChoiceField(
                label=words, choices=answers, widget=forms.RadioSelect
            )
        if has_total:
            self.fields["control_total"] = money_field(_("Control total, from your own addition"))
        for field in self.fields.values():
            dress(field)
        self.order_fields([name for name in self.fields if name.startswith("item-")])

    def answers(self):
        """{item: answer}."""
        return {
            name.removeprefix("item-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("item-")
        }
