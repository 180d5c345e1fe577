"""A note of what was talked about with a contact."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import VerbModelForm
from accounts.models import ContactNote
from agency.common.forms import KeyedForm, VersionedForm
from agency.common.inputs import TEXT, DayField

FIELDS = ["on", "channel", "text"]


class TalkForm(VerbModelForm):
    """On a day within reason, in words that still fit a page."""

    on = DayField(label=capfirst(_("day")))
    text = forms.CharField(
        label=capfirst(_("what it was about")),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoteForm(VersionedForm, TalkForm):
    class Meta:
        model = ContactNote
        fields = FIELDS


class NoteCreateForm(KeyedForm, TalkForm):
    class Meta:
        model = ContactNote
        fields = FIELDS
