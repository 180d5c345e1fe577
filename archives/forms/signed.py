from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from agency.common.forms import StyledForm
from agency.common.inputs import DayField
from archives.models.signed import SignedReport

ALL = ("", _("All"))
WAITING = ("waiting", pgettext_lazy("monthly report", "Not issued"))
PUNCTUAL = (
    ALL,
    ("yes", pgettext_lazy("monthly report", "In time")),
    ("no", pgettext_lazy("monthly report", "Late")),
)


class SignedPeriod(StyledForm, forms.Form):
    """Reports of two signatures by client, among those one may see, and by their period."""

    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    since = DayField(label=pgettext_lazy("period", "From"), required=False)
    until = DayField(label=pgettext_lazy("period", "Until"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)


class SignedFilter(SignedPeriod):
    """author: figures open the reports of one author, 0: of nobody yet."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, WAITING, *SignedReport.State.choices]
    )
    punctual = forms.ChoiceField(label=_("In time"), required=False, choices=PUNCTUAL)
    author = forms.IntegerField(required=False, widget=forms.HiddenInput)
