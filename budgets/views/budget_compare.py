"""Two versions of a client's year side by side."""

from django.utils.translation import gettext_lazy as _

from accounts.views import about
from budgets.models import AnnualBudget
from budgets.reports.budget_sheet import compare, sheet_of, whole
from budgets.views.budget import BudgetRows


class BudgetCompare(BudgetRows, about.ClientPlainPage):
    """Two versions side by side by row and month; `?with=` names the other one."""

    template_name = "budgets/budget_compare.html"
    page_title = _("Versions side by side")

    def get_context_data(self, **kwargs):
        rows = AnnualBudget.objects.filter(client=self.client, year=self.budget.year)
        versions = list(rows.exclude(pk=self.budget.pk).order_by("-version"))
        asked = self.request.GET.get("with", "")
        other = next((row for row in versions if str(row.pk) == asked), None)
        other = other or next(iter(versions), None)
        extra = {"versions": versions, "other": other}
        if other:
            extra |= side_by_side(other, self.budget)
        return super().get_context_data(**{**extra, **kwargs})


def side_by_side(first, second):
    """What the page shows of two versions, the older one first."""
    pair = sorted((first, second), key=lambda row: row.version)
    for row in pair:
        row.client = second.client
    old, new = (sheet_of(row) for row in pair)
    pairs = compare(old, new)
    return {
        "old": pair[0], "new": pair[1], "heads": new.heads, "pairs": pairs,
        "changed": sum(row.is_changed for row in pairs), "whole": whole(old, new),
        "is_whole": old.is_whole and new.is_whole, "difference": new.amount - old.amount,
    }  # fmt: skip
