from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from agency.common.forms import KeyedForm, MultipleFileInput, StyledForm
from agency.common.texts import reason_validator
from archives.kinds import Compartment, Kind
from archives.models import Document

FIRST_YEAR = 1950
MAX_FILES = 40
FACES = [
    (Document.Face.INTERNAL, _("Ours only")),
    (Document.Face.CLIENT, _("May be shown to the client")),
]
# Of ended jobs the papers are history: they are found, and need not be looked at (R46).
SHOWN = [("", _("All papers")), ("now", _("Without the history")), ("history", _("History alone"))]


class DocumentFilter(StyledForm, forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    part = forms.ChoiceField(label=_("Compartment"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2100)
    job = forms.CharField(label=_("Job"), required=False, max_length=20)
    show = forms.ChoiceField(label=_("History"), required=False, choices=SHOWN)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)
        self.fields["part"].choices = [("", _("All")), *Compartment.choices]
        self.fields["kind"].choices = [("", _("All")), *Kind.choices]


class MailFilter(StyledForm, forms.Form):
    show = forms.ChoiceField(
        label=_("Mails"),
        required=False,
        choices=[("", _("To decide")), ("handed", _("Handed over in the last 30 days"))],
    )


class MultipleFileField(forms.FileField):
    """Several files at once; `clean` gives a list."""

    widget = MultipleFileInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        files = [file for file in files if file]
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > MAX_FILES:
            raise ValidationError(_("At most 40 files at once."), code="many")
        return files


class Dated:
    """Mixin: the day on a paper, none of before our time and none to come."""

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day.year < FIRST_YEAR or day > timezone.localdate() + timedelta(days=1):
            raise ValidationError(_("Please give the date on the paper, not one to come."))
        return day


class FileForm(Dated, KeyedForm, forms.Form):
    """A hand-filed paper needs kind, client and date (R38)."""

    client = forms.ModelChoiceField(Client.objects.none(), label=_("Client"))
    kind = forms.ChoiceField(label=_("Kind"))
    dated_on = forms.DateField(
        label=_("Dated"), widget=forms.DateInput, help_text=_("The date that stands on the paper.")
    )
    files = MultipleFileField(
        label=_("Files"), help_text=_("Drop them here or choose several; at most 50 MB together.")
    )
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Empty: the name of the file."),
    )
    source = forms.CharField(
        label=_("Number or source on the paper"), required=False, max_length=120
    )
    face = forms.ChoiceField(label=_("For whom"), choices=FACES, initial=Document.Face.INTERNAL)
    again = forms.BooleanField(label=_("File again what the folder holds already"), required=False)

    def __init__(self, *args, clients, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]


class VersionForm(Dated, KeyedForm, forms.Form):
    """The newer file of a paper; everything else stays as it is."""

    dated_on = forms.DateField(
        label=_("Dated"), widget=forms.DateInput, help_text=_("The date that stands on the paper.")
    )
    file = forms.FileField(label=_("File"))


class VoidForm(StyledForm, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        validators=[reason_validator],
    )
