"""The chain's forms: the control total, who signs, the scan, the client's answer by link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.guest import GuestForm
from accounts.models import Contact
from agency.common.forms import ReasonForm, VersionedForm

WORDS = 2000


class TotalField(forms.DecimalField):
    """An amount as people write it down: 55,947.16, with or without the sign of the currency."""

    def to_python(self, value):
        text = str(value or "").translate(str.maketrans("", "", ",，¥￥  "))
        return super().to_python(text)


class ApproveForm(VersionedForm, forms.Form):
    """The yes of a step; the manager types the total from an own addition (R58)."""

    total = forms.DecimalField(widget=forms.HiddenInput)
    control_total = TotalField(
        label=_("Control total"),
        max_digits=14,
        decimal_places=2,
        help_text=_("Add the lines up yourself and type the total with VAT."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args, asks_total, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_total:
            del self.fields["control_total"]


class WithdrawForm(ReasonForm):
    """Before it is submitted a draft is withdrawn without a reason."""


class SignerForm(VersionedForm, forms.Form):
    """Which contact signs."""

    contact = forms.ModelChoiceField(
        Contact.objects.none(), label=_("Who signs"), empty_label=_("Choose")
    )

    def __init__(self, *args, signers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = signers


class RenewForm(SignerForm):
    costs_confirmed = forms.BooleanField(
        label=_("The costs still hold"),
        required=False,
        help_text=_("The word of the account manager or above."),
    )

    def __init__(self, *args, asks_costs, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_costs:
            del self.fields["costs_confirmed"]


class SignatureForm(SignerForm):
    """A signature on paper: the scan counts once another person has confirmed it."""

    proof = forms.FileField(
        label=_("Scan of the signed paper"), help_text=_("PDF or picture, at most 50 MB.")
    )


class SignForm(GuestForm):
    prefix = "sign"


class RefuseForm(GuestForm):
    prefix = "refuse"

    reason = forms.CharField(
        label=_("Why not"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write what should be different.")},
    )
    field_order = ("sha256", "reason", "typed_name", "code")
