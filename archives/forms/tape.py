"""What is typed about tapes of the library and their loans (R47)."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import DayField, long_text
from agency.common.wording import brackets
from archives.models import Ad, Competitor, Tape
from archives.wording import length_text, seconds_of

ALL = ("", _("All"))
OVERDUE = ("overdue", _("Overdue"))
LONGEST = 24 * 3600


class LengthField(forms.CharField):
    """Minutes and seconds, 1:05; cleaned to seconds, None when left open."""

    def __init__(self, **kwargs):
        super().__init__(max_length=12, **kwargs)
        self.widget.attrs["placeholder"] = "0:30"

    def prepare_value(self, value):
        return length_text(value) if isinstance(value, int) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        seconds = seconds_of(text)
        if seconds is None or seconds > LONGEST:
            raise ValidationError(_("Please type minutes and seconds, such as 0:30."))
        return seconds


def ad_text(ad):
    whose = f" · {ad.competitor}" if ad.competitor else ""
    return f"{ad.title} · {ad.year}{whose}"


class TapeFields(forms.Form):
    """The facts of a tape."""

    title = forms.CharField(label=_("Title"), max_length=200)
    format = forms.ChoiceField(label=pgettext_lazy("tape", "Format"), choices=Tape.Format.choices)
    length_s = LengthField(label=_("Length (min:s)"), required=False)
    recorded_on = DayField(label=_("Recorded on"), required=False)
    shelf = forms.CharField(
        label=_("Place on the shelf"), max_length=20, help_text=_("As it is marked there, B-03-12.")
    )
    is_master = forms.BooleanField(label=_("This is the master"), required=False)
    ad = forms.ModelChoiceField(
        Ad.objects.none(), label=_("Ad on it"), required=False, empty_label=_("None")
    )
    content = long_text(_("What is on it"))

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ad"].queryset = Ad.objects.of_client(client).select_related("competitor")
        self.fields["ad"].label_from_instance = ad_text


class TapeCreateForm(KeyedForm, TapeFields):
    """A new tape: whose it is stays for ever."""

    competitor = forms.ModelChoiceField(
        Competitor.objects.none(), label=pgettext_lazy("tape", "Whose"), required=False,
        empty_label=_("The client's own"),
        help_text=_("Or the competitor whose ads are on it."),
    )  # fmt: skip
    field_order = ["competitor"]

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, client=client, **kwargs)
        rows = Competitor.objects.filter(brand__client=client).select_related("brand")
        self.fields["competitor"].queryset = rows
        self.fields["competitor"].label_from_instance = lambda row: f"{row}{brackets(row.brand)}"


class TapeForm(VersionedForm, TapeFields):
    """A tape that is there."""


class LendForm(VersionedForm, forms.Form):
    """Who takes it, until when."""

    borrower = forms.ModelChoiceField(User.objects.none(), label=_("Borrower"))
    due_on = DayField(label=_("Back by"))
    purpose = forms.CharField(label=_("What for"), max_length=200, required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["borrower"].queryset = people


class TapeFilter(StyledForm, forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    owner = forms.ChoiceField(
        label=pgettext_lazy("tape", "Whose"), required=False, choices=[ALL, *Tape.Owner.choices]
    )
    format = forms.ChoiceField(
        label=pgettext_lazy("tape", "Format"), required=False, choices=[ALL, *Tape.Format.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, OVERDUE, *Tape.State.choices]
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)
