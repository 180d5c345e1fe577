"""What is typed into a quarterly report: its parts, and what each competitor did."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import StyledForm, VerbForm, VersionedForm
from agency.common.inputs import MONEY, DayField, NumberField, long_text
from agency.common.wording import brackets, colon, day_text
from archives.forms.signed import SignedFilter
from archives.models import CompetitorRow
from archives.services.quarterly_gaps import field_of

WRITTEN = (*CompetitorRow.TEXTS, "spend", "nothing_seen")


class QuarterlyForm(VersionedForm, forms.Form):
    """All on one page; rows: [(row, observations to choose from)].

    `offered` are the observations the page showed: what came in meanwhile is left alone.
    """

    hide_optional = True  # a draft may be kept as it is; what it lacks is said beside it
    market = long_text(_("The market"), rows=6)
    meaning = long_text(_("What it means for our client"), rows=5)
    proposal = long_text(_("What we propose"), rows=5)
    note_internal = long_text(_("Internal note"))

    def __init__(self, *args, rows, **kwargs):
        self.rows = rows
        super().__init__(*args, **kwargs)
        for row, seen in rows:
            for name, field in row_fields(row, seen).items():
                self.fields[field_of(row, name)] = field

    @property
    def sections(self):
        """[(row, its fields by name, whether there is anything to choose)] for the page."""
        return [
            (row, {name: self[field_of(row, name)] for name in row_fields(row, seen)}, bool(seen))
            for row, seen in self.rows
        ]

    def texts(self):
        names = ("market", "meaning", "proposal", "note_internal")
        return {name: self.cleaned_data[name] for name in names}

    def facts(self):
        """{key of a row: facts} as the verbs take them."""
        return {row.pk: self._facts(row) for row, _seen in self.rows}

    def _facts(self, row):
        typed = {name: self.cleaned_data[field_of(row, name)] for name in WRITTEN}
        chosen = [int(key) for key in self.cleaned_data[field_of(row, "chosen")]]
        return {**typed, "chosen": chosen, "offered": self._offered(row)}

    def _offered(self, row):
        keys = self.cleaned_data[field_of(row, "offered")].split(",")
        return [int(key) for key in keys if key.isdecimal() and len(key) < 19]


def row_fields(row, seen):
    """{name: field} of one competitor."""
    return {
        "nothing_seen": forms.BooleanField(
            label=_("Nothing was seen of it this quarter"), initial=row.nothing_seen,
            required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        ),
        "campaign": _text(_("Campaign"), row.campaign),
        "media": _text(_("Media"), row.media),
        "message": _text(pgettext_lazy("competitor", "Message"), row.message),
        "spend": NumberField(
            label=_("Estimated spend"), min_value=0, initial=row.spend, required=False, **MONEY
        ),
        "chosen": forms.MultipleChoiceField(
            label=_("Observations that show it"),
            choices=[(str(one.pk), said(one)) for one in seen],
            initial=[str(one.pk) for one in row.observations.all()],
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        ),
        "offered": forms.CharField(
            initial=",".join(str(one.pk) for one in seen), required=False,
            widget=forms.HiddenInput,
        ),
    }  # fmt: skip


def _text(label, value):
    field = long_text(label, rows=2, **{"class": "form-control"})
    field.initial = value
    return field


def said(observation):
    """20 Aug: New film on air (CCTV-1) · Film, still."""
    text = (
        f"{day_text(observation.on)}{colon()}{observation.text[:80]}{brackets(observation.source)}"
    )
    return f"{text} · {observation.shown}" if observation.shown else text


class QuarterForm(StyledForm, forms.Form):
    """quarters: [((year, quarter), words)] that are over and have no report yet."""

    quarter = forms.ChoiceField(label=_("Quarter"))

    def __init__(self, *args, quarters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(f"{year}-{number}", words)
                                          for (year, number), words in quarters]  # fmt: skip

    def clean_quarter(self):
        year, number = self.cleaned_data["quarter"].split("-")
        return int(year), int(number)


class SignForm(VerbForm):
    hide_optional = True  # asked only where it is needed
    late_reason = long_text(_("Late reason (internal)"))
    is_issued = forms.BooleanField(label=_("Issue it at once"), required=False, initial=True)

    def __init__(self, *args, late=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_reason"]


class IssueForm(VerbForm):
    hide_optional = True
    late_reason = long_text(_("Late reason (internal)"))

    def __init__(self, *args, late=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_reason"]


class QuarterlyFilter(SignedFilter):
    # Figures open those that were due, by the days on which they were.
    due = forms.BooleanField(required=False, widget=forms.HiddenInput)
    due_since = DayField(required=False, widget=forms.HiddenInput)
    due_until = DayField(required=False, widget=forms.HiddenInput)
