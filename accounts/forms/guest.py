"""What a contact types on a page behind a link: a name, and the code from his mailbox (C9, C10)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import StyledForm

NAME, CODE = 60, 6
EVIDENCE = _("Please type your full name: it is the evidence of your answer.")
NAMELESS = _("Please type your name; without it nothing is sent.")


def name_field(help_text, **more):
    return forms.CharField(
        label=_("Your name"),
        max_length=NAME,
        help_text=help_text,
        error_messages={"required": NAMELESS},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        **more,
    )


def code_field():
    """Left empty, the code is mailed."""
    return forms.CharField(
        label=pgettext_lazy("mailed", "Code"),
        required=False,
        max_length=CODE,
        help_text=_("Leave it empty at first: we mail six digits to your own address."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class GuestForm(StyledForm, forms.Form):
    """What each answer by link needs: the hash of what was shown, a typed name, maybe a code."""

    hide_optional = True  # the code is needed in the end: its own words say when
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    typed_name = name_field(EVIDENCE)
    code = code_field()

    def __init__(self, *args, needs_code, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]

    def clean_typed_name(self):
        name = " ".join(self.cleaned_data["typed_name"].split())
        if len(name) < 2:
            raise forms.ValidationError(NAMELESS)
        return name
