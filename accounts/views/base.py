"""What the pages about one client share."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts.models import Client
from accounts.permissions import Rights, require


class Found:
    """The object of the URL's pk out of rows(), for pages that are no forms."""

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])


class OnClient:
    """Another client's page is not there (404); without the right on this one 403, on GET too.

    Put before the page class. The client comes from the URL's `client`, else from the object.
    team: the client's `OnDuty` where the page shows it, so that the rights come from its rows.
    """

    team = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and request.user.has_perm(self.permission):
            require(request.user, self.permission, self.client, self.now, team=self.team)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def client(self):
        if "client" in self.kwargs:
            rows = Client.objects.visible_to(self.request.user).select_related("group__head")
            return get_object_or_404(rows, pk=self.kwargs["client"])
        return self.client_of(self.object)

    def client_of(self, row):
        return row.client

    @cached_property
    def rights(self):
        """The person's rights on this client: three queries, then any number of questions."""
        return Rights(self.request.user, self.now, self.client, self.team)

    def get_crumbs(self):
        return [(self.client.name, self.client.get_absolute_url())]

    def get_cancel_url(self):
        return self.client.get_absolute_url()

    def get_success_url(self):
        return self.client.get_absolute_url()

    def by(self, form=None):
        """Who does it and when, and what was typed: the arguments of every verb."""
        typed = form.cleaned_data if form is not None else {}
        return {"by": self.request.user, "at": self.now, **typed}
