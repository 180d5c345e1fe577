"""What all clients cost in a month, on one sheet: typed, or pasted from a spreadsheet (6.7)."""

from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Client
from agency.common.dates import first_of
from agency.common.errors import Refused
from agency.common.views import Filtered, FormPage
from budgets.cells import cells_of
from budgets.forms.business import MonthFilter
from budgets.forms.costs import CostSheetForm, name_of
from budgets.incoming_costs import KINDS, costs_of
from budgets.models import AccountCost
from budgets.services.account_cost import RIGHT, save_month
from budgets.wording import month_text
from budgets.years import next_month
from jobs.views.reading import ReadsText

LIST = reverse_lazy("budgets:account_cost_list")


class AccountCostSheet(ReadsText, Filtered, FormPage):
    """POST saves; with `do=read` rows are only put into the sheet, with what is wrong by row."""

    permission = RIGHT
    filter_form = MonthFilter
    template_name = "budgets/cost_sheet.html"
    form_class = CostSheetForm
    cells_of = staticmethod(cells_of)
    page_title = gettext_lazy("Costs of a month")
    button = gettext_lazy("Save the sheet")
    cancel_url = LIST

    @cached_property
    def month(self):
        """The one asked for, else the last that is over."""
        here = first_of(timezone.localdate(self.now))
        return self.wanted.get("month") or next_month(here, -1)

    @cached_property
    def clients(self):
        """Those at work, and whoever has a figure in the month."""
        seen = Client.objects.visible_to(self.request.user)
        costed = AccountCost.objects.filter(month=self.month).values("client")
        rows = seen.at_work() | seen.filter(pk__in=costed)
        return list(rows.order_by("code"))

    def get_form_kwargs(self):
        rows = AccountCost.objects.filter(month=self.month, client__in=self.clients)
        costs = {(row.client, row.kind): row for row in rows.select_related("client")}
        return {**super().get_form_kwargs(), "clients": self.clients, "costs": costs}

    def form_valid(self, form):
        if self.request.POST.get("do") != "read":
            return super().form_valid(form)
        try:
            read = costs_of(self.text_of(form), self.clients)
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        form.data = form.data.copy()
        for (client, kind), amount in read.amounts.items():
            form.data[name_of(client, kind)] = f"{amount}"
        for problem in read.problems:
            form.add_error(None, problem)
        more = {"is_unsaved": bool(read.amounts)}
        context = self.get_context_data(form=form, **more)
        return self.render_to_response(context, status=422 if read.problems else 200)

    def act(self, form):
        return save_month(month=self.month, cells=form.cells(), by=self.request.user, at=self.now)

    def get_done(self):
        words = ngettext("%(count)s figure saved.", "%(count)s figures saved.", self.result)
        return words % {"count": self.result}

    def get_success_url(self):
        return month_url(self.month)

    def get_page_lead(self):
        return month_text(self.month)

    def get_crumbs(self):
        return [(_("Account costs"), LIST)]

    def get_context_data(self, **kwargs):
        before, after = next_month(self.month, -1), next_month(self.month)
        extra = {
            "kinds": [AccountCost.Kind(kind).label for kind in KINDS],
            "before": (month_text(before), month_url(before)),
            "after": (month_text(after), month_url(after)),
        }
        return super().get_context_data(**{**extra, **kwargs})


def month_url(month):
    return f"{reverse('budgets:account_cost_sheet')}?month={month:%Y-%m}"
