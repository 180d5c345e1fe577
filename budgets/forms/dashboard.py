"""What the pages of budgets are asked in their address."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AccountGroup, Client
from budgets.models import Category
from jobs.forms.filters import ALL, ClientFilter

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


class DashboardFilter(ClientFilter):
    """Group, client and currency among one's own clients; month and category ride along."""

    group = forms.ModelChoiceField(
        AccountGroup.objects.none(), label=_("Account group"), required=False, empty_label=_("All")
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    month = MonthField()
    category = forms.ChoiceField(choices=CATEGORIES, required=False, widget=forms.HiddenInput)
    field_order = ["group", "client", "currency"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        clients = list(Client.objects.visible_to(user).select_related("group"))
        groups = {client.group_id for client in clients}
        self.fields["group"].queryset = AccountGroup.objects.filter(pk__in=groups)
        used = sorted({client.currency for client in clients})
        self.fields["currency"].choices = [ALL, *((code, code) for code in used)]


class FigureFilter(forms.Form):
    """Which month's end a list is about, and whether the month alone."""

    month = MonthField()
    alone = forms.BooleanField(required=False)
    medium = forms.CharField(required=False, max_length=10)
    category = forms.ChoiceField(choices=CATEGORIES, required=False)
