"""What the department may spend in a month: seen by all who spend, set by the AD (R86)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.dates import first_of
from agency.common.views import Filtered, FormPage, PlainPage
from agency.common.wording import sum_text
from budgets.forms.business import BudgetOfMonthForm, MonthFilter
from budgets.reports.expense import month_of, together
from budgets.services.expense_budget import PROPOSES, SETS, propose_month, set_month
from budgets.wording import month_text
from budgets.years import next_month


class OfMonth(Filtered):
    """Mixin: the month asked for, else the running one."""

    filter_form = MonthFilter

    @cached_property
    def month(self):
        return self.wanted.get("month") or first_of(timezone.localdate(self.now))

    @cached_property
    def kinds(self):
        return month_of(self.month)

    def get_crumbs(self):
        return [(_("Expenses"), reverse("budgets:expense_list"))]

    def get_page_lead(self):
        return month_text(self.month)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"month": self.month, **kwargs})


def month_url(name, month):
    return f"{reverse(name)}?month={month:%Y-%m}"


class ExpenseBudgetPage(OfMonth, PlainPage):
    """Set, used and left of each kind; red where it is over."""

    permission = "budgets.view_money"
    template_name = "budgets/expense_budget.html"
    page_title = gettext_lazy("Expenses of the month")

    def get_context_data(self, **kwargs):
        before, after = next_month(self.month, -1), next_month(self.month)
        extra = {
            "kinds": self.kinds,
            "sums": together(self.kinds),
            "before": (month_text(before), month_url("budgets:expense_budget", before)),
            "after": (month_text(after), month_url("budgets:expense_budget", after)),
            "set_url": month_url("budgets:expense_budget_update", self.month),
            "propose_url": month_url("budgets:expense_budget_propose", self.month),
            "may_set": self.request.user.has_perm(SETS),
            "may_propose": self.request.user.has_perm(PROPOSES),
            "is_proposed": any(row.proposed is not None for row in self.kinds),
        }
        return super().get_context_data(**{**extra, **kwargs})


class ExpenseBudgetUpdate(OfMonth, FormPage):
    permission = SETS
    form_class = BudgetOfMonthForm
    page_title = gettext_lazy("Set the expense budget")
    done = gettext_lazy("The budget of the month is set.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rows": [self.row_of(kind) for kind in self.kinds]}

    def row_of(self, kind):
        """(kind, label, amount, version, what stands below it): a proposal comes first."""
        note, amount = "", kind.amount
        if kind.proposed is not None:
            words = {"name": kind.proposed_by, "amount": sum_text(kind.proposed)}
            note, amount = _("Proposed by %(name)s: %(amount)s") % words, kind.proposed
        return kind.kind, kind.label, amount, kind.row_version, note

    def act(self, form):
        return set_month(self.month, form.amounts(), by=self.request.user, at=self.now)

    def get_success_url(self):
        return month_url("budgets:expense_budget", self.month)

    def get_cancel_url(self):
        return self.get_success_url()


class ExpenseBudgetPropose(ExpenseBudgetUpdate):
    """The AM's figures for the month: they count once the AD has set them."""

    permission = PROPOSES
    page_title = gettext_lazy("Propose the expense budget")
    button = gettext_lazy("Propose")
    done = gettext_lazy("Proposed; the director sets it.")

    def act(self, form):
        return propose_month(self.month, form.amounts(), by=self.request.user, at=self.now)
