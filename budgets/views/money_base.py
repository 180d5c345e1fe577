"""What the pages of money owed and earned share: the clients on which the person has the right."""

from django.utils.functional import cached_property

from accounts.models import Client
from accounts.permissions import Rights
from agency.common.sheets import Leaves
from agency.common.views import Filtered, PlainPage


def clients_for(user, permission, at, group=None, client=None, currency=""):
    """Clients of the person with this right on each of them, filtered; in three queries."""
    rows = Client.objects.visible_to(user, at).select_related("group__head")
    if group is not None:
        rows = rows.filter(group=group)
    if client is not None:
        rows = rows.filter(pk=client.pk)
    if currency:
        rows = rows.filter(currency=currency)
    rights = Rights(user, at)
    return [row for row in rows if rights.can(permission, row)]


class MoneyPage(Leaves, Filtered, PlainPage):
    """Figures of all clients on which the person has the page's right, and a sheet of them."""

    sheet_name = "money"

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def clients(self):
        names = ("group", "client", "currency")
        chosen = {name: self.wanted[name] for name in names if name in self.wanted}
        return clients_for(self.request.user, self.permission, self.now, **chosen)

    def get_context_data(self, **kwargs):
        extra = {
            "filters": self.filters,
            "is_filtered": bool(self.wanted),
            "may_export": self.may_export,
        }
        return super().get_context_data(**{**extra, **kwargs})
