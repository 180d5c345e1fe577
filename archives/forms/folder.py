from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import StyledForm
from archives.forms.document import SHOWN
from archives.models.waiver import waivable


class FolderFilter(StyledForm, forms.Form):
    """Of a whole folder: the papers that name one job, those in use, those of ended jobs (R46)."""

    job = forms.CharField(label=_("Job"), required=False, max_length=20)
    show = forms.ChoiceField(label=_("History"), required=False, choices=SHOWN)


class WaiveForm(StyledForm, forms.Form):
    kind = forms.ChoiceField(label=_("Paper"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        labels = dict(waivable())
        self.fields["kind"].choices = [(kind, labels[kind]) for kind in kinds]


class AgainForm(StyledForm, forms.Form):
    """A confirm page with nothing to type, on a row that nobody edits."""


class KeepForm(StyledForm, forms.Form):
    until = forms.DateField(
        label=_("Keep until"),
        widget=forms.DateInput,
        required=False,
        help_text=_("Empty: for good. Nothing is thrown away by itself, not even after the day."),
    )
