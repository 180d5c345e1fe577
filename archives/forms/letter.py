"""What is typed of a fax or a memo."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import DayField, MomentField
from archives.models import Letter

ALL = ("", _("All"))
FAX_ONLY = ("company", "fax_number", "pages")
MEMO_ONLY = ("wished_on",)


class LetterFields(forms.Form):
    """The fields of its kind; without a client it is a paper of the agency."""

    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False,
        empty_label=_("None: a paper of the agency itself"),
    )  # fmt: skip
    to = forms.CharField(label=_("To"), max_length=200)
    company = forms.CharField(label=_("Company"), max_length=120, required=False)
    fax_number = forms.CharField(label=_("Fax number"), max_length=40, required=False)
    copy = forms.CharField(label=_("Copies to"), max_length=200, required=False)
    job_number = forms.CharField(
        label=_("Job number"), max_length=20, required=False,
        help_text=_("It then lies in the folder of the job too."),
    )  # fmt: skip
    subject = forms.CharField(label=_("Subject"), max_length=160)
    body = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    pages = forms.IntegerField(
        label=_("Pages in all"), required=False, min_value=1, max_value=999,
        help_text=_("With what is enclosed; empty: the fax's own pages are counted."),
    )  # fmt: skip
    wished_on = DayField(label=_("Wished by"), required=False, widget=forms.DateInput)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=Letter.Language.choices)

    def __init__(self, *args, clients, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients
        for name in MEMO_ONLY if kind == Letter.Kind.FAX else FAX_ONLY:
            del self.fields[name]


class LetterCreateForm(KeyedForm, LetterFields):
    pass


class LetterForm(VersionedForm, LetterFields):
    pass


class SentForm(VersionedForm, forms.Form):
    via = forms.ChoiceField(label=pgettext_lazy("channel", "By"), choices=Letter.Channel.choices)
    sent_at = MomentField(label=_("Sent at"), widget=forms.DateTimeInput)


class LetterFilter(StyledForm, forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *Letter.Kind.choices])
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[ALL, *Letter.State.choices, ("sent", _("Sent"))],
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)
