"""What is typed about a live action point (R27)."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from agency.common.forms import ReasonForm, StyledForm, VersionedForm
from agency.common.inputs import LINE, DayField
from meetings.models import ActionPoint

OVERDUE = "overdue"


class ProgressForm(StyledForm, forms.Form):
    text = forms.CharField(
        label=_("Progress"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DoneForm(VersionedForm, forms.Form):
    text = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveDueForm(ReasonForm):
    due_on = DayField(label=_("New date"))
    field_order = ("due_on", "reason")


class CancelForm(ReasonForm):
    """An action of the client goes only after noting who agreed (3.3)."""

    agreed_with = forms.CharField(label=_("Agreed with"), required=False, max_length=LINE)
    field_order = ("reason", "agreed_with")

    def __init__(self, *args, is_client, **kwargs):
        super().__init__(*args, **kwargs)
        if is_client:
            self.fields["agreed_with"].help_text = _("Who at the client agreed to drop it.")
        else:
            del self.fields["agreed_with"]


class ActionFilter(StyledForm, forms.Form):
    """Whose, of which client, in what state, until when."""

    who = forms.ChoiceField(label=_("Whose"), required=False)
    client = forms.ModelChoiceField(
        Client.objects.none(), label=_("Client"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *ActionPoint.State.choices, (OVERDUE, _("Overdue"))],
    )
    until = DayField(label=_("Due until"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        clients = Client.objects.visible_to(user)
        self.fields["client"].queryset = clients
        theirs = ActionPoint.objects.live().filter(report__client__in=clients)
        owners = User.objects.filter(Exists(theirs.filter(user=OuterRef("pk"))))
        self.fields["who"].choices = [
            ("", _("Everybody")),
            ("me", _("Mine")),
            ("client", _("The client's")),
            *((f"u{person.pk}", str(person)) for person in owners if person.pk != user.pk),
        ]
