"""What the page of a meeting that goes on sends: lines, timers, outcomes, attendance."""

import uuid

from django import forms
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agency.common.forms import INCOMPLETE, StyledForm, VersionedForm
from agency.common.inputs import DayField, PersonField, long_text
from meetings.models import AgendaItem, HoldLine, Meeting

ACTS = [("start", _("Start timer")), ("stop", _("Stop timer")), *AgendaItem.Outcome.choices]
MOST_AGO = 12 * 3600


def offer(field, rows, empty=None):
    """Rows of this meeting by their key, and perhaps none of them."""
    known = {str(row.pk): row for row in rows}
    none = [("", empty)] if empty else []
    field.offer(known, [*none, *((key, str(row)) for key, row in known.items())])


class LineForm(StyledForm, forms.Form):
    """A new line: `d`, `c` or `a` in front, or the kind chosen beside it."""

    item = PersonField(label=_("Item"), required=False)
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
        offer(self.fields["item"], items, _("Beyond the agenda"))
        # Read where an owner is chosen or shown: most lines name nobody.
        people = SimpleLazyObject(lambda: cast.people)
        self.fields["owner"].offer(people, lambda: cast.owner_choices)

    def clean_kind(self):
        return self.cleaned_data["kind"] or HoldLine.Kind.CONCLUSION


class ChangeLineForm(VersionedForm, forms.Form):
    typed = forms.CharField(label=_("Line"), max_length=2000)


class ItemActForm(StyledForm, forms.Form):
    """Start or stop the timer of an item, or say what came of it."""

    item = PersonField(label=_("Item"))
    do = forms.ChoiceField(label=_("What"), choices=ACTS)
    ago = forms.IntegerField(
        label=_("Seconds ago"), required=False, min_value=0, max_value=MOST_AGO
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["item"], items)


class PresentForm(StyledForm, forms.Form):
    attendee = PersonField(label=_("Attendee"))
    present = forms.BooleanField(label=pgettext_lazy("attendee", "Present"), required=False)

    def __init__(self, *args, attendees, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["attendee"], attendees)


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
