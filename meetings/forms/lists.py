"""Filters of the meetings list and the week of the calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from agency.common.forms import StyledForm
from agency.common.inputs import DayField
from meetings.models import Meeting

LATE = [
    ("", _("All")),
    ("running", _("Report running")),
    ("late", _("Report late")),
    ("awaiting", _("Return awaited")),
]


class MeetingFilter(StyledForm, forms.Form):
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Meeting.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Meeting.State.choices]
    )
    ae = forms.ModelChoiceField(
        User.objects.none(), label=_("AE in charge"), required=False, empty_label=_("All")
    )
    report = forms.ChoiceField(label=_("Contact report"), required=False, choices=LATE)
    since = DayField(label=pgettext_lazy("period", "From"), required=False)
    until = DayField(label=pgettext_lazy("period", "Until"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        clients = Client.objects.visible_to(user)
        self.fields["client"].queryset = clients
        # by the team, not by the meetings: of those there may be a hundred thousand
        self.fields["ae"].queryset = User.objects.ever_on(clients)


class ReportFilter(StyledForm, forms.Form):
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    author = forms.ModelChoiceField(
        User.objects.none(), label=_("Author"), required=False, empty_label=_("All")
    )
    report = forms.ChoiceField(label=_("State"), required=False, choices=LATE)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        clients = Client.objects.visible_to(user)
        self.fields["client"].queryset = clients
        # a report keeps its author, also one who has left the client since
        self.fields["author"].queryset = User.objects.ever_on(clients)


class WeekForm(forms.Form):
    """Any day of the week wanted."""

    day = DayField(required=False)
