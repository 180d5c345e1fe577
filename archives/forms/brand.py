"""Forms of the brand archive: input only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.base import VerbModelForm
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import PeopleField
from archives.models import Competitor, StrategyEntry
from archives.wording import choice_text

Kind = StrategyEntry.Kind
WORDS = 8000


class CompetitorForm(VersionedForm, VerbModelForm):
    class Meta:
        model = Competitor
        fields = ["name", "name_en"]


class CompetitorCreateForm(KeyedForm, VerbModelForm):
    class Meta:
        model = Competitor
        fields = CompetitorForm.Meta.fields


class OnForm(StyledForm, forms.Form):
    """The day on which a brand is looked at; what is no day is today."""

    on = forms.DateField(label=_("As it stood on"), required=False, widget=forms.DateInput)

    @property
    def day(self):
        asked = self.cleaned_data.get("on") if self.is_valid() else None
        return asked or timezone.localdate()


class EntryForm(KeyedForm, forms.Form):
    """kind: one of the brand's own, or the creative strategy of a competitor (`c12`)."""

    kind = forms.ChoiceField(label=_("What it is about"))
    valid_from = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput,
        help_text=_("From this day on these words count, until a newer entry of the same sort."),
    )
    text = forms.CharField(
        label=pgettext_lazy("strategy entry", "Words"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    documents = PeopleField(label=_("Papers it rests on"), required=False)
    file = forms.FileField(
        label=_("A file to file with it"),
        required=False,
        help_text=_("Goes into the client's folder as a paper of the brand's strategy."),
    )

    def __init__(self, *args, kinds, competitors, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.competitors = {f"c{row.pk}": row for row in competitors}
        own = [(kind.value, kind.label) for kind in kinds]
        theirs = [(key, str(row)) for key, row in self.competitors.items()]
        group = [(Kind.COMPETITOR_CREATIVE.label, theirs)] if theirs else []
        self.fields["kind"].choices = [*own, *group]
        self.fields["documents"].offer({f"{row.pk}": row for row in papers}, choice_text)
        if not papers:
            del self.fields["documents"]

    def entry(self):
        """The arguments of the verb; the file is filed by the page."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        if competitor := self.competitors.get(typed["kind"]):
            typed |= {"kind": Kind.COMPETITOR_CREATIVE, "competitor": competitor}
        return typed
