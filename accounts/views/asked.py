"""New rows of a client: which client, when the address does not say it."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts.forms.asked import ClientChoice
from accounts.models import Client

LONGEST_KEY = 18


def asked_key(text):
    """The key that an address asks for; 0, which no row has, where it is none."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_KEY else 0


class ClientAsked:
    """Mixin, put first: `?client=` or the only client there is.

    client: None lets the page ask for it with `pick`; there is no form before that.
    """

    @cached_property
    def client(self):
        asked = self.request.GET.get("client", "")
        if asked:
            return get_object_or_404(self.clients, pk=asked_key(asked))
        return self.clients[0] if len(self.clients[:2]) == 1 else None

    @cached_property
    def clients(self):
        return Client.objects.visible_to(self.request.user).exclude(status=Client.Status.CLOSED)

    def get_form(self, form_class=None):
        return super().get_form(form_class) if self.client else None

    def get_context_data(self, **kwargs):
        pick = ClientChoice(clients=self.clients) if self.client is None else None
        return super().get_context_data(**{"pick": pick, **kwargs})

    def post(self, request, *args, **kwargs):
        if self.client is None:
            return self.render_to_response(self.get_context_data(), status=422)
        return super().post(request, *args, **kwargs)
