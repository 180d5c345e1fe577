"""What is asked on the pages of money owed and earned."""

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounts.models import AccountGroup, Client, Contact
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import FIRST_YEAR, LAST_YEAR, DayField
from budgets.forms.dashboard import MonthField
from budgets.models import AccountCost, Dunning
from budgets.reports.ageing import BUCKETS
from budgets.reports.forecast import SOURCES
from jobs.forms.filters import ALL, ClientFilter

MOST = {"max_digits": 14, "decimal_places": 2}


class MoneyFilter(ClientFilter):
    """Group, client and currency among those that one sees."""

    group = forms.ModelChoiceField(
        AccountGroup.objects.none(), label=_("Account group"), required=False, empty_label=_("All")
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    field_order = ["group", "client", "currency"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        seen = Client.objects.visible_to(user)
        used = seen.order_by("currency").values_list("currency", flat=True).distinct()
        self.fields["currency"].choices = [ALL, *((code, code) for code in used)]
        self.fields["group"].queryset = AccountGroup.objects.filter(
            pk__in=seen.order_by().values("group")
        )


class ReceivablesFilter(MoneyFilter):
    day = DayField(label=_("As of"), required=False)
    bucket = forms.ChoiceField(
        label=_("Age"), required=False,
        choices=[ALL, *((name, label) for name, (label, _last) in BUCKETS.items())],
    )  # fmt: skip


class YearFilter(MoneyFilter):
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=FIRST_YEAR + 1, max_value=LAST_YEAR - 1
    )


class ForecastFilter(YearFilter):
    """A month, source and chance ride along: the list behind a figure."""

    month = MonthField()
    source = forms.ChoiceField(
        required=False, choices=list(SOURCES.items()), widget=forms.HiddenInput
    )
    chance = forms.DecimalField(required=False, min_value=0, max_value=1, widget=forms.HiddenInput)


class SpanFilter(YearFilter):
    """January to this month of the year; from a month before, where a link says so."""

    since = MonthField()

    until = forms.TypedChoiceField(
        label=_("To month"), required=False, coerce=int, empty_value=None,
        choices=[("", _("The last whole month")), *MONTHS.items()],
    )  # fmt: skip


class DunningForm(KeyedForm, forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Dunning.Kind.choices)
    on = DayField(label=_("On"))
    text = forms.CharField(
        label=_("What was said"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a letter this stands as a paragraph of its own; the client reads it."),
    )  # fmt: skip
    promise_on = DayField(
        label=_("Promised for"), required=False,
        help_text=_("The day by which the client said it would pay. The clock watches it."),
    )  # fmt: skip
    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(), label=_("Letter to"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contacts"].queryset = client.contacts.reachable()
        self.fields["on"].initial = timezone.localdate


class StatementForm(StyledForm, forms.Form):
    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(), label=_("Send to"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: the statement is filed and not sent."),
    )  # fmt: skip

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contacts"].queryset = client.contacts.reachable()


class ForecastFileForm(StyledForm, forms.Form):
    """Nothing to type."""


class MonthInput(forms.DateInput):
    """A month by the browser's own picker; it sends 2026-11."""

    input_type = "month"


class CostForm(VersionedForm, forms.Form):
    amount = forms.DecimalField(label=_("Amount"), min_value=0, **MOST)


class NewCostForm(StyledForm, forms.Form):
    client = forms.ModelChoiceField(Client.objects.none(), label=_("Client"))
    month = DayField(
        label=_("Month"), input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=MonthInput(format="%Y-%m"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=AccountCost.Kind.choices)
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, help_text=_("In the currency of the client."), **MOST
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)


class CostFilter(ClientFilter):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *AccountCost.Kind.choices]
    )
