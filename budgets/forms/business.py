"""What is typed about opportunities, expense requests and the month's budget of expenses."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.user import RANKS
from agency.common.forms import KeyedForm, ReasonForm, StyledForm, VersionedForm
from agency.common.inputs import (
    HUNDRED,
    MONEY,
    DayField,
    NumberField,
    PercentField,
    check_year,
    long_text,
)
from budgets.models import ExpenseKind, ExpenseRequest, Opportunity
from jobs.forms.filters import ALL, ClientFilter

Stage = Opportunity.Stage
AT_WORK = ("", _("All that are open"))
OPEN_STAGES = [choice for choice in Stage.choices if choice[0] not in ("won", "lost")]
OUTCOMES = [choice for choice in Stage.choices if choice[0] in ("won", "lost")]
MINE, TO_DECIDE = "mine", "decide"


class MonthInput(forms.DateInput):
    """A month: a picker where the browser has one, else typed as 2026-11."""

    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__({"placeholder": "2026-11", **(attrs or {})}, format="%Y-%m")


class MonthField(forms.DateField):
    """A month, cleaned to its first day."""

    widget = MonthInput

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m", "%Y-%m-%d"], **kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        check_year(value)
        return value.replace(day=1) if value else value


class OpportunityFields(forms.Form):
    """The facts of an opportunity; who may own it are the account people of the client."""

    title = forms.CharField(label=_("Title"), max_length=120)
    income = NumberField(label=_("Expected income"), **MONEY)
    month = MonthField(label=_("Expected in"))
    probability = PercentField(label=_("Chance %"), most=HUNDRED)
    stage = forms.ChoiceField(label=_("Stage"), choices=OPEN_STAGES)
    owner = forms.ModelChoiceField(
        User.objects.none(), label=pgettext_lazy("person", "Owner"), empty_label=None
    )
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = DayField(label=_("On"), required=False)

    def __init__(self, *args, client, day, owner=None, **kwargs):
        super().__init__(*args, **kwargs)
        served = Q(assignments__client=client, assignments__starts_on__lte=day)
        served &= Q(assignments__ends_on=None) | Q(assignments__ends_on__gte=day)
        people = served | Q(groups_headed=client.group_id)
        kept = Q(pk=owner.pk) if owner else Q(pk__in=[])
        rows = User.objects.filter(Q(is_active=True, role__in=RANKS) & people | kept)
        self.fields["owner"].queryset = rows.distinct()


class OpportunityCreateForm(KeyedForm, OpportunityFields):
    """What may come."""


class OpportunityForm(VersionedForm, OpportunityFields):
    """What is known of it now."""


class CloseForm(VersionedForm, forms.Form):
    """Won or lost."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect)
    reason = long_text(_("Why (needed where it is lost)"), max_length=2000)


class OpportunityFilter(ClientFilter):
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[AT_WORK, *Stage.choices])
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *Opportunity.Kind.choices]
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=pgettext_lazy("person", "Owner"),
        required=False,
        empty_label=_("All"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        rows = Opportunity.objects.visible_to(user).order_by().values("owner")
        self.fields["owner"].queryset = User.objects.filter(pk__in=rows)


class ExpenseFields(forms.Form):
    """What the money is for."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ExpenseKind.choices)
    on = DayField(label=pgettext_lazy("expense", "On"))
    amount = NumberField(label=_("Amount"), **MONEY)
    purpose = forms.CharField(
        label=_("What for"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    people = long_text(_("Who is entertained (name and company)"), max_length=1000)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("For the client"), required=False, empty_label=_("None")
    )
    opportunity = forms.ModelChoiceField(
        Opportunity.objects.none(), label=_("For the opportunity"), required=False,
        empty_label=_("None"),
    )  # fmt: skip
    is_afterwards = forms.BooleanField(
        label=_("The money is spent already: claimed afterwards, decided one rank higher"),
        required=False,
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        clients = Client.objects.visible_to(user).exclude(status=Client.Status.CLOSED)
        self.fields["client"].queryset = clients
        rows = Opportunity.objects.visible_to(user).alive().select_related("client")
        self.fields["opportunity"].queryset = rows
        self.fields["opportunity"].label_from_instance = lambda row: f"{row.client.code} {row}"


class ExpenseCreateForm(KeyedForm, ExpenseFields):
    """A new request."""


class ExpenseForm(VersionedForm, ExpenseFields):
    """A draft that is there."""


class DecideForm(ReasonForm):
    """Yes or no; why is needed for a no, and over the month's budget."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class SpendForm(KeyedForm, VersionedForm, forms.Form):
    """What was spent, with its receipt."""

    spent = NumberField(label=_("Spent"), **MONEY)
    on = DayField(label=_("Date of the receipt"))
    file = forms.FileField(label=_("Receipt"))


class ExpenseFilter(ClientFilter):
    which = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[ALL, (MINE, _("Mine")), (TO_DECIDE, _("To decide by me"))],
    )  # fmt: skip
    month = MonthField(label=_("Month"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *ExpenseKind.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *ExpenseRequest.State.choices]
    )


class MonthFilter(StyledForm, forms.Form):
    month = MonthField(label=_("Month"), required=False)


class BudgetOfMonthForm(StyledForm, forms.Form):
    """The four amounts of a month; one left empty stays as it is.

    rows: [(kind, label, amount, row_version, note)]; each amount carries the version it was shown
    with.
    """

    def __init__(self, *args, rows, **kwargs):
        self.kinds = [kind for kind, *_more in rows]
        super().__init__(*args, **kwargs)
        for kind, label, amount, version, note in rows:
            field = NumberField(label=label, help_text=note, required=False, min_value=0, **MONEY)
            self.fields[kind] = field
            self.initial.setdefault(kind, amount)
            hidden = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=version)
            self.fields[f"{kind}_version"] = hidden
        for kind in self.kinds:
            self.fields[kind].widget.attrs.setdefault("class", "form-control")

    def amounts(self):
        """[(kind, amount, row_version)] of those that were filled in."""
        typed = self.cleaned_data
        rows = [(kind, typed[kind], typed[f"{kind}_version"]) for kind in self.kinds]
        return [row for row in rows if row[1] is not None]
