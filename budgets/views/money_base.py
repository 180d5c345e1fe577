"""What the pages of money owed and earned share: the clients on which the person has the right."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from django.utils.http import urlencode

from accounts.models import Client
from accounts.permissions import Rights
from agency.common.sheets import sheet_response
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


class Leaves(Filtered):
    """Mixin: `?format=xlsx` gives the page's `sheet()`, refused to who may take nothing away."""

    def leaves(self):
        """{format: what gives it}."""
        return {"xlsx": self.sheet}

    def sheet(self):
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        leave = self.leaves().get(request.GET.get("format"))
        if leave is None:
            return super().get(request, *args, **kwargs)
        if not self.may_export:
            raise PermissionDenied
        return leave()

    def here(self, **changes):
        """This page with something else asked of it."""
        return f"{self.request.path}?{urlencode(self.request.GET.dict() | changes)}"


class MoneyPage(Leaves, PlainPage):
    """Figures of all clients on which the person has the page's right, and a sheet of them.

    columns and sheet_rows(): what goes into the sheet.
    """

    sheet_name = "money"
    columns = ()

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    @cached_property
    def clients(self):
        names = ("group", "client", "currency")
        chosen = {name: self.wanted[name] for name in names if name in self.wanted}
        return clients_for(self.request.user, self.permission, self.now, **chosen)

    def sheet_rows(self):
        raise NotImplementedError

    def sheet(self):
        title = self.get_page_title()
        return sheet_response(self.sheet_name, title, self.columns, self.sheet_rows())

    def get_context_data(self, **kwargs):
        extra = {
            "filters": self.filters,
            "is_filtered": bool(self.wanted),
            "may_export": self.may_export,
        }
        return super().get_context_data(**{**extra, **kwargs})
