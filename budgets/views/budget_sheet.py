"""The sheet of a draft: typed, spread, saved as a whole; and as XLSX."""

from django.db.models import Q
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.views import about
from agency.common.errors import Refused
from agency.common.sheets import sheet_response
from agency.common.views import Column
from budgets.forms.budget import SheetForm
from budgets.models import MONTHS, Category
from budgets.reports.budget_sheet import sheet_of
from budgets.services import budget_sheet as service
from budgets.views.budget import BudgetRows, DraftOnly
from budgets.years import months_of


def month_names(budget):
    """2026-04 …: the heads of the months of the budget's year."""
    return [f"{month:%Y-%m}" for month in months_of(budget.client, budget.year)]


class BudgetSheet(DraftOnly, BudgetRows, about.ClientFormPage):
    """POST saves; with `do` it only spreads the rows that are ticked, all where none is."""

    template_name = "budgets/budget_sheet.html"
    form_class = SheetForm
    page_title = _("Budget sheet")
    button = _("Save the sheet")
    done = _("The sheet is saved.")

    @property
    def way(self):
        """How to spread; empty where the sheet is to be saved."""
        asked = self.request.POST.get("do", "")
        return asked if asked in service.WAYS else ""

    @cached_property
    def row_kwargs(self):
        named = Q(pk__in=self.budget.lines.exclude(brand=None).values("brand"))
        brands = list(self.client.brands.filter(Q(is_active=True) | named))
        return {"brands": brands, "heads": month_names(self.budget), "is_spreading": bool(self.way)}

    @cached_property
    def lines(self):
        """The rows there are; a new sheet begins with one of each category."""
        lines = [
            {"category": line.category, "brand": line.brand_id or "", "amount": line.amount,
             **dict(zip(MONTHS, line.months, strict=True))}
            for line in self.budget.lines.all()
        ]  # fmt: skip
        return lines or [{"category": name} for name in Category.values]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rows": self.lines, "row_kwargs": self.row_kwargs}

    def form_valid(self, form):
        if not self.way:
            return super().form_valid(form)
        try:
            rows = self.spread(form)
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        form = SheetForm(
            rows=rows, row_kwargs=self.row_kwargs, row_version=form.cleaned_data["row_version"]
        )
        return self.render_to_response(self.get_context_data(form=form, is_unsaved=True))

    def spread(self, form):
        """The rows as typed, the months of those to be spread anew."""
        typed = form.typed_rows()
        ticked = any(row["pick"] for row in typed)
        rows = []
        for row in typed:
            months = row["months"]
            if row["amount"] and (row["pick"] or not ticked):
                months = service.spread(self.budget, {**row, "spread": self.way})
            kept = {name: row[name] for name in ("category", "amount", "pick")}
            kept["brand"] = row["brand"].pk if row["brand"] else ""
            rows.append(kept | dict(zip(MONTHS, months or [None] * len(MONTHS), strict=True)))
        return rows

    def act(self, form):
        names = ("category", "brand", "amount", "months")
        rows = [{name: row[name] for name in names} for row in form.typed_rows()]
        return service.save_lines(
            budget=self.budget, rows=rows, row_version=form.cleaned_data["row_version"],
            **self.who(),
        )  # fmt: skip

    def get_cancel_url(self):
        return self.budget.get_absolute_url()

    def get_context_data(self, **kwargs):
        extra = {"heads": self.row_kwargs["heads"], "ways": service.WAYS.items()}
        return super().get_context_data(**{**extra, **kwargs})


class BudgetXlsx(BudgetRows, about.ClientPlainPage):
    """The sheet as XLSX, in the columns that can be read in again."""

    permission = "accounts.export"

    def rows(self):
        if not self.request.user.has_perm("budgets.view_money"):
            raise Http404
        return super().rows()

    def get(self, request, *args, **kwargs):
        sheet, budget = sheet_of(self.budget), self.budget
        name = f"budget-{self.client.code}-{budget.year}-v{budget.version}"
        columns = [
            *NAMED,
            *(
                Column(f"{head:%Y-%m}", lambda row, place=place: row.months[place], "money")
                for place, head in enumerate(sheet.heads)
            ),
        ]
        return sheet_response(name, str(budget), columns, sheet.rows)


NAMED = [
    Column(_("Category"), "label"),
    Column(_("Brand"), lambda row: row.brand and row.brand.name),
    Column(pgettext_lazy("sum", "Year"), "amount", "money"),
]
