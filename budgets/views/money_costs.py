"""What clients cost the house in a month: finance enters it (6.7)."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.views.about import ClientFormPage
from agency.common.views import Column, FormPage, ListPage
from budgets.forms.money import CostFilter, CostForm, NewCostForm
from budgets.models import AccountCost
from budgets.services.account_cost import RIGHT, create_account_cost, update_account_cost

LIST = reverse_lazy("budgets:account_cost_list")


class CostRows:
    """Mixin: the costs of clients that the person sees."""

    permission = RIGHT
    success_url = LIST
    cancel_url = LIST

    def rows(self):
        rows = AccountCost.objects.visible_to(self.request.user)
        return rows.select_related("client__group__head", "entered_by")

    def get_crumbs(self):
        return [(_("Account costs"), LIST)]


class AccountCostList(CostRows, ListPage):
    template_name = "budgets/list.html"
    page_title = _("Account costs")
    page_lead = _("Staff and other cost by client and month; the profit of a client rests on it.")
    sheet_name = "account-costs"
    filter_form = CostFilter
    sorts = {"month": ("month", "client__code"), "client": ("client__code", "-month")}
    default_sort = "-month"
    empty_title = _("No costs entered yet")
    empty_text = _("Without them the profit of a client is shown without staff cost.")
    columns = [
        Column(_("Month"), lambda row: f"{row.month:%Y-%m}", sort="month",
               url=lambda row: row.get_absolute_url()),
        Column(_("Client"), "client", sort="client"),
        Column(_("Kind"), "get_kind_display"),
        Column(_("Currency"), "client.currency"),
        Column(_("Amount"), "amount", "money"),
        Column(_("Entered by"), "entered_by"),
    ]  # fmt: skip

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_crumbs(self):
        return []

    def narrow(self, rows, client=None, kind=""):
        if client is not None:
            rows = rows.filter(client=client)
        return rows.filter(kind=kind) if kind else rows

    def get_acts(self):
        sheet = (_("Costs of a month"), reverse_lazy("budgets:account_cost_sheet"))
        return [sheet, self.get_first_step()]

    def get_first_step(self):
        return (_("Enter a cost"), reverse_lazy("budgets:account_cost_create"))


class AccountCostCreate(CostRows, FormPage):
    form_class = NewCostForm
    page_title = _("Enter a cost")
    done = _("The cost is entered.")

    def rows(self):
        return None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, form):
        return create_account_cost(by=self.request.user, at=self.now, **form.cleaned_data)


class AccountCostUpdate(CostRows, ClientFormPage):
    form_class = CostForm
    page_title = _("Change a cost")
    done = _("The cost is changed.")

    def get_page_lead(self):
        row = self.object
        return f"{row.client} · {row.month:%Y-%m} · {row.get_kind_display()}"

    def get_initial(self):
        return {"amount": self.object.amount}

    def act(self, form):
        return update_account_cost(
            account_cost=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )
