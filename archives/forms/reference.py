"""What is typed about the reference file and its clippings (R45)."""

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from agency.common.forms import StyledForm
from agency.common.inputs import long_text
from archives.forms.document import FIRST_YEAR, FileForm
from archives.kinds import REFERENCE_KINDS

ALL = ("", _("All"))
KINDS = [(kind.value, kind.label) for kind in REFERENCE_KINDS]


class ReferenceForm(FileForm):
    """Quick filing: whose, what about, from where, when; files, or the text pasted in."""

    topic = forms.CharField(
        label=_("Topic"), max_length=80, widget=forms.TextInput({"list": "topics"}),
        help_text=_("What it will be looked up by: “packaging rules”, “tea market”."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=120, help_text=_("The paper, the site, who gave it to us.")
    )
    text = long_text(_("Or the text itself, pasted in"), rows=6, max_length=50_000)
    field_order = ["client", "kind", "topic", "source", "dated_on", "title", "files", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].required = False

    def clean(self):
        """The text becomes a file of its own."""
        typed = super().clean()
        files, text = typed.get("files"), typed.pop("text", "")
        if text and not typed.get("title"):
            self.add_error("title", _("A pasted text needs its title."))
        elif text:
            name = f"{typed['title'][:60]}.txt"
            typed["files"] = [*(files or []), ContentFile(text.encode(), name=name)]
        elif files == []:
            self.add_error("files", _("Choose a file, or paste the text."))
        return typed


class ReferenceFilter(StyledForm, forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *KINDS])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2100)
    topic = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)
