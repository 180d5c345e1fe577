"""What the pages of budgets are asked in their address."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import StyledForm
from budgets.models import Category
from jobs.forms.filters import ALL

MONTH = r"^(20[0-9]{2})-(0[1-9]|1[0-2])$"
CATEGORIES = [*Category.choices, ("all", _("Together"))]


class MonthField(forms.RegexField):
    """A month of the address: 2026-10; its first day."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(MONTH, required=False, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        return date.fromisoformat(f"{value}-01") if value else None


class DashboardFilter(StyledForm, forms.Form):
    """Group, client and currency among the clients given; month and category ride along."""

    group = forms.TypedChoiceField(
        label=_("Account group"), required=False, coerce=int, empty_value=None
    )
    client = forms.TypedChoiceField(label=_("Client"), required=False, coerce=int, empty_value=None)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    month = MonthField()
    category = forms.ChoiceField(choices=CATEGORIES, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, clients, **kwargs):
        super().__init__(*args, **kwargs)
        groups = sorted({(one.group_id, one.group.name) for one in clients}, key=lambda row: row[1])
        used = sorted({one.currency for one in clients})
        self.fields["group"].choices = [ALL, *groups]
        self.fields["client"].choices = [ALL, *((one.pk, one.name) for one in clients)]
        self.fields["currency"].choices = [ALL, *((code, code) for code in used)]

    def narrow(self, clients):
        """Those of the clients that are asked for."""
        asked = getattr(self, "cleaned_data", {})
        wanted = {"group_id": asked.get("group"), "pk": asked.get("client"),
                  "currency": asked.get("currency")}  # fmt: skip
        return [
            one
            for one in clients
            if all(getattr(one, name) == value for name, value in wanted.items() if value)
        ]


class FigureFilter(forms.Form):
    """Which month's end a list is about: the month alone, or as its report was issued."""

    month = MonthField()
    alone = forms.BooleanField(required=False)
    issued = forms.BooleanField(required=False)
    medium = forms.CharField(required=False, max_length=10)
    category = forms.ChoiceField(choices=CATEGORIES, required=False)
