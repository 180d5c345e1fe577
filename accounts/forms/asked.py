"""The client of a new row, where the address does not say it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from agency.common.forms import StyledForm


class ClientChoice(StyledForm, forms.Form):
    """First step where the client is not known yet: everything else hangs on it."""

    client = forms.ModelChoiceField(Client.objects.none(), label=_("Client"))

    def __init__(self, *args, clients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients
        self.fields["client"].widget.attrs["data-submit"] = ""
