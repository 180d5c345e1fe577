"""What is typed about files that came in: where they go, or why they do not stay (R38)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import KeyedForm, VersionedForm
from agency.common.inputs import DayField
from agency.common.texts import reason_validator
from archives.forms.document import FACES, Dated, MultipleFileField
from archives.models import Document


class DropForm(KeyedForm, forms.Form):
    files = MultipleFileField(
        label=_("Files"),
        help_text=_("Drop them here or choose them, 40 at a time, 50 MB each."),
    )


class FilingForm(Dated, VersionedForm, forms.Form):
    """Where one waiting file goes; what was guessed stands in it."""

    client = forms.TypedChoiceField(label=_("Client"))
    kind = forms.ChoiceField(label=_("Kind"))
    dated_on = DayField(label=_("Dated"))
    job_number = forms.CharField(label=_("Job number"), required=False, max_length=20)
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    face = forms.ChoiceField(label=_("For whom"), choices=FACES, initial=Document.Face.INTERNAL)
    again = forms.BooleanField(label=_("File again what the folder holds already"), required=False)

    def __init__(self, *args, incoming, clients, kinds, **kwargs):
        """clients: {key as text: Client}; both lists are made once for all rows of a page."""
        super().__init__(*args, row_version=incoming.row_version, **kwargs)
        self.incoming, self.clients = incoming, clients
        nothing = [("", "–")]
        self.fields["client"].choices = nothing + [(key, one) for key, one in clients.items()]
        self.fields["client"].coerce = clients.get
        self.fields["kind"].choices = nothing + [(kind.value, kind.label) for kind in kinds]
        self.initial = {**guessed(incoming), **self.initial}
        if not getattr(incoming, "twin", None):
            del self.fields["again"]


def guessed(incoming):
    names = ("kind", "dated_on", "job_number", "title")
    facts = {name: getattr(incoming, name) for name in names}
    return {**facts, "client": str(incoming.client_id or "")}


class DiscardForm(VersionedForm, forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000,
        validators=[reason_validator],
    )  # fmt: skip
