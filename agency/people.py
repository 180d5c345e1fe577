"""A person leaves (R92): a page of the roof, because every app has duties to hand over."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

import accounts.services
import archives.services
import budgets.services.handover
import jobs.services.handover
import meetings.services
from accounts.models import User
from accounts.services.users import served
from agency.common.forms import VersionedForm, dress
from agency.common.views import VerbView

MOVERS = [
    (accounts.services.open_duties, accounts.services.reassign),
    (archives.services.open_duties, archives.services.reassign),
    (jobs.services.handover.open_duties, jobs.services.handover.reassign),
    (budgets.services.handover.open_duties, budgets.services.handover.reassign),
    (meetings.services.open_duties, meetings.services.reassign),
]
PREFIX = "client-"


class DeactivateForm(VersionedForm, forms.Form):
    """A successor for each client, and one for all the rest."""

    heir = forms.ModelChoiceField(
        label=_("Successor for everything else"), queryset=User.objects.none(), required=False
    )

    def __init__(self, *args, clients, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["heir"].queryset = people
        for client in clients:
            field = forms.ModelChoiceField(
                label=str(client), queryset=people, empty_label="–", required=False
            )
            dress(field)
            self.fields[f"{PREFIX}{client.pk}"] = field

    def successors(self):
        """{client id: user} of the clients for which somebody is named."""
        return {
            int(name.removeprefix(PREFIX)): user
            for name, user in self.cleaned_data.items()
            if name.startswith(PREFIX) and user is not None
        }


class UserDeactivate(VerbView):
    permission = "accounts.manage_users"
    form_class = DeactivateForm
    page_title = _("This person leaves")
    consequence = _(
        "Shut out at the next click. Open duties go to the successors; the past keeps its names."
    )
    button = _("Deactivate person")
    grave = True

    def rows(self):
        return User.objects.visible_to(self.request.user)

    @cached_property
    def people(self):
        rows = User.objects.active().exclude(role="admin").exclude(pk=self.object.pk)
        return rows.order_by("name")

    def get_form_kwargs(self):
        extra = {"clients": served(self.object, self.now), "people": self.people}
        return {**super().get_form_kwargs(), **extra}

    def act(self, form):
        return accounts.services.deactivate_user(
            user=self.object,
            successors=form.successors(),
            heir=form.cleaned_data["heir"],
            movers=MOVERS,
            by=self.request.user,
            at=self.now,
            row_version=form.cleaned_data["row_version"],
        )

    def get_crumbs(self):
        return [(_("People"), reverse("accounts:user_list"))]
