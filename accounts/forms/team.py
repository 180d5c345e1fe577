"""Forms of assignments, stand-ins and to-dos: choices hold only what the person may choose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import VerbModelForm
from accounts.forms.client import Ordered
from accounts.models import Assignment, Client, StandIn, Todo, User
from agency.common.forms import KeyedForm, StyledForm, VersionedForm


class AssignmentForm(Ordered, KeyedForm, VerbModelForm):
    role = forms.ChoiceField(label=_("As"), help_text=_("Never above the person's own title."))

    class Meta:
        model = Assignment
        fields = ["user", "role", "is_lead", "starts_on", "ends_on"]

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.active().exclude(role__in=["admin", "finance", "management"])
        self.fields["user"].queryset = people.order_by("name")
        self.fields["role"].choices = [
            (role, label) for role, label in Assignment.Role.choices if role in roles
        ]


class AssignmentEndForm(VersionedForm, forms.Form):
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput())


class StandInForm(Ordered, KeyedForm, VerbModelForm):
    class Meta:
        model = StandIn
        fields = ["absent", "deputy", "client", "starts_on", "ends_on", "reason"]

    def __init__(self, *args, absent, clients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["absent"].queryset = User.objects.filter(pk__in=[one.pk for one in absent])
        self.fields["deputy"].queryset = (
            User.objects.active().exclude(role="admin").order_by("name")
        )
        self.fields["client"].queryset = clients
        self.fields["client"].empty_label = _("All clients of the absent person")


class TodoForm(VersionedForm, VerbModelForm):
    class Meta:
        model = Todo
        fields = ["text", "due_on", "client"]

    def __init__(self, *args, clients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients


class TodoCreateForm(KeyedForm, VerbModelForm):
    class Meta:
        model = Todo
        fields = TodoForm.Meta.fields

    def __init__(self, *args, clients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = clients


class TodoFilter(StyledForm, forms.Form):
    done = forms.BooleanField(label=_("Done, too"), required=False)


def clients_for(user):
    return Client.objects.visible_to(user).at_work()
