"""Filters of the lists of orders, errors and checks."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from agency.common.forms import StyledForm
from agency.common.inputs import DayField
from jobs.models import Department, ErrorNote, OutgoingCheck, StartOrder

ALL = ("", _("All"))
OPEN = ("open", pgettext_lazy("start order", "Open"))


class ClientFilter(StyledForm, forms.Form):
    """By client, among those one may see."""

    hide_optional = True
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)


class PeriodFilter(ClientFilter):
    since = DayField(label=pgettext_lazy("period", "From"), required=False)
    until = DayField(label=pgettext_lazy("period", "Until"), required=False)


class OrderFilter(ClientFilter):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, OPEN, *StartOrder.State.choices]
    )
    department = forms.ChoiceField(
        label=_("Department"), required=False, choices=[ALL, *Department.choices]
    )


class ErrorFilter(PeriodFilter):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *ErrorNote.Kind.choices]
    )


class CheckFilter(PeriodFilter):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *OutgoingCheck.State.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *OutgoingCheck.Kind.choices]
    )
    author = forms.IntegerField(required=False, widget=forms.HiddenInput)
    checker = forms.IntegerField(required=False, widget=forms.HiddenInput)
    # The days are those of the check's end, not of its beginning (R84).
    ended = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # Only checks of things that had not been looked at before (6.8).
    first = forms.BooleanField(required=False, widget=forms.HiddenInput)
