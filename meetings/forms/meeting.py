"""A sit-down meeting: its times, moved, called off, held, and what came of each item."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agency.common.forms import (
    ReasonForm,
    StyledForm,
    VerbForm,
    VersionedForm,
    dress,
)
from agency.common.inputs import LINE, MomentField, long_text
from meetings.models import AgendaItem

LONGEST = timedelta(hours=24)


def urgent_field():
    return forms.CharField(
        label=_("Asked for by"),
        required=False,
        max_length=LINE,
        help_text=_("Needed when it begins in less than two hours: who asked for it."),
    )


class TimesForm(StyledForm, forms.Form):
    """Start and planned end, in order and within a day."""

    starts_at = MomentField(label=_("Starts"))
    planned_end = MomentField(label=_("Planned end"))

    def clean(self):
        typed = super().clean() or self.cleaned_data
        start, end = typed.get("starts_at"), typed.get("planned_end")
        if start and end and end <= start:
            self.add_error("planned_end", _("The end must come after the start."))
        elif start and end and end - start > LONGEST:
            self.add_error("planned_end", _("A meeting ends within 24 hours."))
        return typed


class OfSeries:
    """Mixin, put first: this one alone, or those of its series after it too."""

    def __init__(self, *args, later=0, **kwargs):
        super().__init__(*args, **kwargs)
        if later:
            following = ngettext(
                "This and the %(count)d after it", "This and the %(count)d after it", later
            ) % {"count": later}
            self.fields["scope"] = forms.ChoiceField(
                label=_("Which of the series"),
                choices=[("one", _("This one")), ("following", following)],
                initial="one",
                widget=forms.RadioSelect,
            )
            dress(self.fields["scope"])


class InviteForm(OfSeries, VerbForm):
    pass


class CancelForm(OfSeries, ReasonForm):
    pass


class MoveForm(OfSeries, TimesForm, ReasonForm):
    """A new time, with the reason everybody is told (R15)."""

    urgent_by = urgent_field()
    field_order = ("scope", "starts_at", "planned_end", "reason", "urgent_by")


class EndForm(VersionedForm, forms.Form):
    """When it really ended."""

    ended_at = MomentField(label=_("Ended"))

    def __init__(self, *args, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at

    def clean_ended_at(self):
        value = self.cleaned_data["ended_at"]
        if value > self.at:
            raise forms.ValidationError(_("The end lies in the future."), code="future")
        return value


class CorrectEndForm(EndForm, ReasonForm):
    field_order = ("ended_at", "reason")


class HoldForm(EndForm):
    """Who was there, when it ended and what came of each item (R13, R14)."""

    present = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, attendees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(str(row.pk), str(row)) for row in attendees]

    @property
    def present_ids(self):
        return {int(key) for key in self.cleaned_data["present"]}


class OutcomeForm(StyledForm, forms.Form):
    """What came of one item."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=AgendaItem.Outcome)
    conclusion = long_text(_("Conclusion"))


class Outcomes:
    """One OutcomeForm an item."""

    def __init__(self, items, data=None):
        self.rows = [(item, self.form_of(item, data)) for item in items]

    @staticmethod
    def form_of(item, data):
        initial = {"outcome": item.outcome, "conclusion": item.conclusion}
        return OutcomeForm(data, prefix=f"item-{item.pk}", initial=initial)

    def is_valid(self):
        """All of them are asked, so that every error shows at once."""
        valid = [form.is_valid() for _item, form in self.rows]
        return all(valid)

    def data(self):
        """{item id: (outcome, conclusion)}."""
        return {
            item.pk: (form.cleaned_data["outcome"], form.cleaned_data["conclusion"])
            for item, form in self.rows
        }
