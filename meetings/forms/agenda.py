"""The agenda as it is asked for, answered and sent: by our people, and by a contact on his page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.guest import NAMELESS, name_field
from agency.common.forms import KeyedForm, ReasonForm, StyledForm, VersionedForm
from agency.common.inputs import long_text
from meetings.models import Attendee

REPLIES = [
    (Attendee.Reply.YES.value, pgettext_lazy("my answer", "I come")),
    (Attendee.Reply.MAYBE.value, pgettext_lazy("my answer", "Perhaps")),
    (Attendee.Reply.NO.value, pgettext_lazy("my answer", "I cannot come")),
]
NAMED = _("Your name stands beside what you write.")


class ReplyForm(StyledForm, forms.Form):
    """One's own answer to an invitation."""

    prefix = "reply"
    reply = forms.ChoiceField(label=_("Do you come?"), choices=REPLIES, widget=forms.RadioSelect)


class Named(StyledForm, forms.Form):
    """What a contact types on his page: nothing is sent without a name (C9)."""

    typed_name = name_field(NAMED)

    def clean_typed_name(self):
        name = " ".join(self.cleaned_data["typed_name"].split())
        if len(name) < 2:
            raise forms.ValidationError(NAMELESS)
        return name


class GuestReplyForm(Named):
    prefix = "reply"
    reply = forms.ChoiceField(label=_("Do you come?"), choices=REPLIES, widget=forms.RadioSelect)
    field_order = ("reply", "typed_name")


class TopicForm(KeyedForm, Named):
    """A topic of the client's own; the same form sent twice is one topic (B2)."""

    prefix = "topic"
    title = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=200,
        error_messages={"required": _("Write what you would like to talk about.")},
    )
    field_order = ("title", "typed_name")


class TopicsAskedForm(VersionedForm, forms.Form):
    """Asked without a link: how and when (R4)."""

    note = forms.CharField(
        label=_("How and when was the client asked?"),
        max_length=200,
        help_text=_("For instance: asked by phone at 10:15."),
    )


class PostponeForm(ReasonForm):
    """The client reads why his topic waits (R4)."""


class SendForm(VersionedForm, forms.Form):
    """The last look before the agenda goes out."""

    last_item = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    is_over_known = forms.BooleanField(
        label=_("The items are longer than the meeting; send it all the same"), required=False
    )
    late_reason = long_text(_("Why it goes out less than an hour before the start"))

    field_order = ("is_over_known", "late_reason")

    def __init__(self, *args, over, is_late, last_item, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_item"].initial = last_item
        if over <= 0:
            del self.fields["is_over_known"]
        if not is_late:
            del self.fields["late_reason"]
