"""What is typed to ask for a job, to correct it, to approve it; filters of the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Product, User
from agency.common.forms import KeyedForm, ReasonForm, StyledForm, VersionedForm
from agency.common.inputs import LINE, DayField, long_text
from archives.kinds import Kind, Medium
from jobs.forms.filters import ALL, ClientFilter
from jobs.forms.rows import RowForm, WithRows
from jobs.models import Job

FIRST_YEAR, LAST_YEAR = 2000, 2099
OVERDUE, ARCHIVED, AT_WORK = "overdue", "archived", "work"
MOST = 1_000_000


class DeliverableForm(RowForm, StyledForm, forms.Form):
    """What is handed over at the end."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Deliverable"), max_length=LINE, required=False)
    medium = forms.ChoiceField(label=_("Medium"), choices=Medium.choices, initial=Medium.PRINT)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=MOST, initial=1)
    spec = forms.CharField(label=_("Specification"), max_length=400, required=False)
    not_charged = forms.BooleanField(label=_("Not charged"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "medium", "quantity", "spec"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        for name in ("name", "spec"):
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label

    def clean(self):
        typed = super().clean()
        if typed.get("spec") and not typed.get("name"):
            self.add_error("name", _("Name what is delivered."))
        return typed


class JobFields(WithRows, StyledForm, forms.Form):
    """The fields of request and correction."""

    row_form = DeliverableForm
    LINES = (
        ("title",), ("kind", "due_on"), ("brand", "product"), ("ae", "budget_year"),
        ("po_number",), ("makes_ads",), ("risk_note",), ("contract_reason",),
    )  # fmt: skip

    title = forms.CharField(label=_("Title"), max_length=LINE)
    kind = forms.ChoiceField(label=_("Kind"), choices=Job.Kind.choices)
    due_on = DayField(label=_("Due"), widget=forms.DateInput)
    brand = forms.ModelChoiceField(queryset=None, label=_("Brand"), required=False, empty_label="–")
    product = forms.ModelChoiceField(
        queryset=None, label=_("Product"), required=False, empty_label="–"
    )
    ae = forms.ModelChoiceField(queryset=None, label=_("AE in charge"))
    budget_year = forms.IntegerField(
        label=_("Budget year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    makes_ads = forms.BooleanField(label=_("This job makes ads"), required=False, initial=True)
    po_number = forms.CharField(label=_("PO number"), max_length=40, required=False)
    risk_note = long_text(_("Who bears the risk of work before the client's signature"))
    contract_reason = long_text(_("Reason without contract"))

    def __init__(self, *args, client, at, has_contract=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = client.brands.filter(is_active=True)
        self.fields["product"].queryset = Product.objects.filter(brand__client=client)
        people = User.objects.account_service().filter(assignments__client=client, is_active=True)
        self.fields["ae"].queryset = people.distinct()
        if has_contract:
            del self.fields["contract_reason"]
        else:
            self.fields["contract_reason"].help_text = _(
                "No contract is in force: the account manager will want to know why it may begin."
            )

    @property
    def lines(self):
        """The fields as they stand on the page, line by line."""
        return [[self[name] for name in line if name in self.fields] for line in self.LINES]


class JobRequestForm(JobFields, KeyedForm):
    extra_rows = 3


class JobEditForm(JobFields, VersionedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class ApproveForm(VersionedForm, forms.Form):
    """The number is given; without contract the manager says why."""

    contract_reason = long_text(_("Why the job may begin without contract"))

    def __init__(self, *args, asks_reason, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["contract_reason"]


class CancelForm(ReasonForm):
    proof = forms.FileField(
        label=_("The client's word"),
        required=False,
        help_text=_("Needed where the client has signed: a letter, mail or message."),
    )


class WaiveForm(StyledForm, forms.Form):
    kind = forms.ChoiceField(label=_("Paper"), choices=Kind.choices)
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class JobFilter(ClientFilter):
    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ALL, (AT_WORK, _("In work")), (OVERDUE, _("Overdue")), *Job.State.choices,
            (ARCHIVED, _("Archived")),
        ],
    )  # fmt: skip
    ae = forms.ModelChoiceField(
        User.objects.none(), label=_("AE in charge"), required=False, empty_label=_("All")
    )
    papers = forms.ChoiceField(
        label=_("Papers"), required=False, choices=[ALL, ("missing", _("Papers missing"))]
    )
    until = DayField(label=_("Due until"), required=False)
    # Jobs whose estimate was due in these days and came late, or has not come (R84).
    late_since = DayField(required=False, widget=forms.HiddenInput)
    late_until = DayField(required=False, widget=forms.HiddenInput)

    field_order = ("q", "client", "state", "ae", "papers", "until")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        clients = self.fields["client"].queryset
        self.fields["ae"].queryset = User.objects.ever_on(clients)
