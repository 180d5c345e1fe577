"""What is typed about an observation, and how the list of them is narrowed."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Brand
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import MONEY, TEXT, DayField, NumberField, PersonField
from archives.forms.signed import ALL, SignedPeriod
from archives.models import Competitor, Observation

SOURCE = 120
WITH, WITHOUT = "yes", "no"
SHOWN = (
    (WITH, pgettext_lazy("evidence", "With")),
    (WITHOUT, pgettext_lazy("evidence", "Without")),
)


class ObservationFields(StyledForm, forms.Form):
    """about: the market of a brand or one of its competitors; shown: a paper or an ad."""

    about = PersonField(label=pgettext_lazy("observation", "About"))
    on = DayField(label=pgettext_lazy("observation", "Seen on"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Observation.Kind.choices)
    text = forms.CharField(
        label=_("What was seen"), max_length=TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label=_("Source"), max_length=SOURCE, help_text=_("Where it was seen or read.")
    )
    spend = NumberField(
        label=_("Estimated spend"), required=False, min_value=0, **MONEY,
        help_text=_("Empty: not estimated."),
    )  # fmt: skip
    shown = PersonField(label=_("Evidence from the archive"), required=False)

    def __init__(self, *args, about, shown, **kwargs):
        """about, shown: [(group, [(key, row)])] to choose from."""
        super().__init__(*args, **kwargs)
        offer(self.fields["about"], about)
        offer(self.fields["shown"], shown, empty=_("None"))

    def values(self):
        """The facts of the observation, as its verbs take them."""
        typed = dict(self.cleaned_data)
        about, shown = typed.pop("about"), typed.pop("shown")
        is_rival = isinstance(about, Competitor)
        typed["brand"] = about.brand if is_rival else about
        typed["competitor"] = about if is_rival else None
        is_ad = shown is not None and not hasattr(shown, "sha256")
        return {**typed, "ad": shown if is_ad else None, "document": None if is_ad else shown}


class ObservationForm(VersionedForm, ObservationFields):
    """A change."""


class ObservationCreateForm(KeyedForm, ObservationFields):
    """A new one: a picture or a cutting may be filed with it in the same act."""

    file = forms.FileField(
        label=_("File the evidence now"), required=False,
        help_text=_("A picture, a cutting, a film: it is filed in the client's folder."),
    )  # fmt: skip

    def clean(self):
        typed = super().clean()
        if typed.get("file") and typed.get("shown"):
            self.add_error("file", _("Choose one from the archive or file one, not both."))
        return typed


def offer(field, groups, empty=None):
    """Rows by key, in groups."""
    choices = [("", empty)] if empty else [("", "")]
    for label, rows in groups:
        if rows:
            choices.append((str(label), [(key, str(row)) for key, row in rows]))
    field.offer({key: row for _label, rows in groups for key, row in rows}, choices)


class ObservationFilter(SignedPeriod):
    brand = forms.ModelChoiceField(
        Brand.objects.none(), label=_("Brand"), required=False, empty_label=_("All")
    )
    competitor = forms.ModelChoiceField(
        Competitor.objects.none(), label=_("Competitor"), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[ALL, *Observation.Kind.choices]
    )
    evidence = forms.ChoiceField(label=_("Evidence"), required=False, choices=[ALL, *SHOWN])

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        clients = self.fields["client"].queryset.values("pk")
        self.fields["brand"].queryset = Brand.objects.filter(client__in=clients)
        self.fields["competitor"].queryset = Competitor.objects.visible_to(user)
