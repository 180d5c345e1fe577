"""What is noted before a meeting: papers of the pack, venue list, room, press check, calls."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.base import VerbModelForm
from agency.common.forms import KeyedForm, StyledForm, VersionedForm
from agency.common.inputs import MomentField, PeopleField, long_text
from archives.models import Document
from archives.wording import choice_text
from meetings.models import Attendee, Room, VenueItem

ARRIVED = "arrived"
Call = Attendee.Call


class PaperChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, paper):
        return choice_text(paper)


class AttachForm(VersionedForm, forms.Form):
    """Papers of the client to choose from, those that fit first."""

    documents = PaperChoice(Document.objects.none(), label=_("Papers"))

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["documents"].queryset = papers


class WordsForm(StyledForm, forms.Form):
    """Words that the papers wanted hold."""

    hide_optional = True
    q = forms.CharField(label=_("Words of the paper"), required=False, max_length=80)


class VenueForm(StyledForm, forms.Form):
    """One line of the venue list: ready or not, and a note."""

    item = forms.ModelChoiceField(VenueItem.objects.none(), widget=forms.HiddenInput)
    is_done = forms.BooleanField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items


class BookForm(VersionedForm, forms.Form):
    """One of our rooms for the time of the meeting."""

    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("Meeting room"), empty_label=_("Choose")
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["room"]
        field.queryset = Room.objects.filter(is_active=True)
        field.choices = [("", _("Choose")), *choices]


class NewRoomForm(StyledForm, VerbModelForm):
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=999)

    class Meta:
        model = Room
        fields = ["name", "seats", "equipment", "is_active"]


class RoomForm(VersionedForm, NewRoomForm):
    pass


class PressForm(KeyedForm, forms.Form):
    """What was looked at and what was found (R8)."""

    sources = forms.CharField(
        label=_("Sources looked at"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Newspapers, trade press, sites: one a line."),
    )
    finding = long_text(_("Findings on client, products and category"), rows=4)
    nothing_new = forms.BooleanField(label=_("Nothing new"), required=False)
    no_surprise = forms.BooleanField(label=_("No unknown new situation"), required=False)
    asked = PeopleField(label=_("Asked of those who do not attend"), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked"].offer(people)


class CallForm(StyledForm, forms.Form):
    """One button of the call list: how a person was reached, or that he is there."""

    attendee = forms.ModelChoiceField(Attendee.objects.none(), widget=forms.HiddenInput)
    do = forms.ChoiceField(
        choices=[
            (Call.REACHED, Call.REACHED.label),
            (Call.ON_WAY, Call.ON_WAY.label),
            (Call.MISSED, Call.MISSED.label),
            (ARRIVED, pgettext_lazy("person", "Arrived")),
        ]
    )
    arrived_at = MomentField(label=pgettext_lazy("person", "Arrived"), required=False)

    def __init__(self, *args, attendees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attendee"].queryset = attendees
