"""What is typed about suggestions to clients (R76)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.common.forms import KeyedForm, VersionedForm
from agency.common.inputs import LINE, TEXT, DayField, long_text
from jobs.forms.estimate import MONEY, NumberField
from jobs.forms.filters import ALL, ClientFilter
from jobs.models import Job, Suggestion

State = Suggestion.State
OUTCOMES = [choice for choice in State.choices if choice[0] in ("accepted", "declined")]
JOBLESS = ("jobless", _("Accepted, without a job"))


class SuggestionFields(forms.Form):
    """An idea and where it comes from."""

    idea = forms.CharField(
        label=_("What we suggest"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    origin = forms.ChoiceField(label=_("Where it comes from"), choices=Suggestion.Origin.choices)
    brand = forms.ModelChoiceField(queryset=None, label=_("Brand"), required=False, empty_label="–")
    value = NumberField(label=_("What it may bring"), required=False, **MONEY)

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = client.brands.filter(is_active=True)


class SuggestionCreateForm(KeyedForm, SuggestionFields):
    """A new one."""


class SuggestionForm(VersionedForm, SuggestionFields):
    """Said better."""


class ProposeForm(VersionedForm, forms.Form):
    proposed_on = DayField(label=_("Proposed on"))


class DecideForm(VersionedForm, forms.Form):
    """What the client said."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect)
    decided_on = DayField(label=_("Decided on"))
    result = long_text(_("What the client said (needed where it is declined)"), max_length=2000)


class JobForm(VersionedForm, forms.Form):
    """A job that is there, or a new one."""

    job = forms.ModelChoiceField(
        Job.objects.none(), label=_("A job that is there"), required=False,
        empty_label=_("Ask for a new one"),
    )  # fmt: skip
    title = forms.CharField(label=_("Title of the new job"), max_length=LINE, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Job.Kind.choices)
    due_on = DayField(label=_("Due"), required=False)

    def __init__(self, *args, client, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Job.objects.at_work().filter(client=client, suggestion__isnull=True)
        self.fields["job"].queryset = rows


class SuggestionFilter(ClientFilter):
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *State.choices, JOBLESS]
    )
    origin = forms.ChoiceField(
        label=_("Where it comes from"), required=False, choices=[ALL, *Suggestion.Origin.choices]
    )
    field_order = ["q"]
