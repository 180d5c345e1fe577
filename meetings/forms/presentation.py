"""A presentation: rehearsal, presenters, result (R85)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import VersionedForm
from agency.common.inputs import DayField
from meetings.models import Meeting


class PresentationForm(VersionedForm, forms.Form):
    rehearsed_on = DayField(label=_("Rehearsed on"), required=False)
    presenters = forms.MultipleChoiceField(
        label=_("Presenters"), required=False, widget=forms.CheckboxSelectMultiple
    )
    result = forms.ChoiceField(label=_("Result"), choices=Meeting.Result)

    def __init__(self, *args, ours, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["presenters"].choices = [(str(row.pk), str(row)) for row in ours]

    def clean_presenters(self):
        return {int(key) for key in self.cleaned_data["presenters"]}
