"""What the page of a meeting that goes on sends: lines, timers, outcomes, attendance."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import INCOMPLETE, StyledForm, VersionedForm
from agency.common.inputs import DayField, PersonField, long_text
from meetings.models import AgendaItem, HoldLine, Meeting

UNKNOWN = _("This row is not part of the meeting.")
ACTS = ["start", "stop", *AgendaItem.Outcome.values]
MOST_AGO = 12 * 3600


class RowField(forms.IntegerField):
    """A row of this meeting by its key."""

    widget = forms.HiddenInput

    def offer(self, rows):
        self.rows = {row.pk: row for row in rows}

    def clean(self, value):
        key = super().clean(value)
        if key is not None and key not in self.rows:
            raise forms.ValidationError(UNKNOWN, code="unknown")
        return self.rows.get(key)


class LineForm(StyledForm, forms.Form):
    """A new line: `d`, `c` or `a` in front, or the kind chosen beside it."""

    item = RowField(required=False)
    typed = forms.CharField(label=_("Line"), max_length=2000)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=HoldLine.Kind,
        initial="c",
        required=False,
        widget=forms.RadioSelect,
    )
    owner = PersonField(label=pgettext_lazy("action", "Who"), required=False)
    due_on = DayField(label=pgettext_lazy("action", "By when"), required=False)

    def __init__(self, *args, items, cast, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"] = forms.UUIDField(
            widget=forms.HiddenInput, initial=uuid.uuid4, error_messages={"required": INCOMPLETE}
        )
        self.fields["item"].offer(items)
        self.fields["owner"].offer(cast.people, cast.owner_choices)

    def clean_kind(self):
        return self.cleaned_data["kind"] or HoldLine.Kind.CONCLUSION


class ChangeLineForm(VersionedForm, forms.Form):
    typed = forms.CharField(label=_("Line"), max_length=2000)


class ItemActForm(StyledForm, forms.Form):
    """Start or stop the timer of an item, or say what came of it."""

    item = RowField()
    do = forms.ChoiceField(label=_("What"), choices=[(act, act) for act in ACTS])
    ago = forms.IntegerField(required=False, min_value=0, max_value=MOST_AGO)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].offer(items)


class PresentForm(StyledForm, forms.Form):
    attendee = RowField()
    present = forms.BooleanField(label=_("present"), required=False)

    def __init__(self, *args, attendees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attendee"].offer(attendees)


class ChairForm(VersionedForm, forms.Form):
    """Who chairs, and what those at the table must know."""

    chair = PersonField(label=_("Chair"), required=False)
    background = long_text(_("Background"), rows=8)

    def __init__(self, *args, users, **kwargs):
        super().__init__(*args, **kwargs)
        people = {str(user.pk): user for user in users}
        choices = [(key, str(user)) for key, user in people.items()]
        self.fields["chair"].offer(people, [("", _("The most senior of ours")), *choices])
        self.fields["background"].help_text = _("At most 15 sentences.")
        self.fields["background"].validators += Meeting._meta.get_field("background").validators
