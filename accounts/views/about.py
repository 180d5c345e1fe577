"""Pages about a client's row: the right on the client, and the client's own time (Z3)."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.permissions import Rights, can
from agency.common.views import FormPage, PlainPage, VerbView


class InClient:
    """Mixin, put first: asks the right on the client of `self.object`, and shows its local time."""

    @cached_property
    def object(self):
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    @cached_property
    def client(self):
        return self.client_of(self.object)

    def client_of(self, row):
        """The client of the row; None while nobody has been chosen."""
        return row.client

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated or self.client is None:
            return super().dispatch(request, *args, **kwargs)
        if not self.may_enter():
            raise PermissionDenied(self.permission)
        with timezone.override(ZoneInfo(self.client.timezone)):
            return drawn(super().dispatch(request, *args, **kwargs))

    def may_enter(self):
        """The right on this client; the verb asks it again."""
        return can(self.request.user, self.permission, self.client, self.now)

    def get_context_data(self, **kwargs):
        extra = {"object": self.object, "client": self.client, "zone": foreign_zone(self.client)}
        return super().get_context_data(**{**extra, **kwargs})


class WithRights:
    """Mixin, put first: the person's rights on the row's client, asked once, and who acts."""

    @cached_property
    def rights(self):
        return Rights(self.request.user, self.now, self.client)

    def may(self, permission):
        return self.rights.can(permission, self.client)

    def may_enter(self):
        return self.may(self.permission)

    def who(self):
        """Who does it and when: the arguments of every verb."""
        return {"by": self.request.user, "at": self.now}


class VerbAsks:
    """Mixin, put first: what is sent leaves the right to its verb, which asks under its lock (C5).

    Only a form that comes back asks here: it shows what the person may have no right to see.
    """

    def may_enter(self):
        return self.request.method == "POST" or super().may_enter()

    def form_invalid(self, form):
        if not super().may_enter():
            raise PermissionDenied(self.permission)
        return super().form_invalid(form)


def drawn(response):
    """Draw a lazy page now, while the zone and the language of the person are active."""
    return response.render() if getattr(response, "is_rendered", True) is False else response


def foreign_zone(client):
    """The name of the client's zone where it is not the agency's, else "" (Z3)."""
    return "" if client is None or client.timezone == settings.TIME_ZONE else client.timezone


def crumbs_of(client, label, url):
    """Client / section of this client; without a client the section alone."""
    if client is None:
        return [(label, url)]
    return [
        (str(client), reverse("accounts:client_detail", args=[client.pk])),
        (label, f"{url}?client={client.pk}"),
    ]


class ClientPlainPage(InClient, PlainPage):
    """A page to read about a client's row."""


class ClientFormPage(InClient, FormPage):
    """A form about a client's row."""


class ClientVerbView(InClient, VerbView):
    """A verb on a client's row, with its confirm page."""
