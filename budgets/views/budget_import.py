"""A budget from a spreadsheet: read, shown with what is wrong by row, then taken over."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.views import about
from agency.common.errors import Refused
from budgets import incoming
from budgets.cells import cells_of, problems_of
from budgets.forms.budget import ImportForm, SheetRow
from budgets.services import budget_sheet as service
from budgets.spread import spread_evenly
from budgets.views.budget import BudgetRows, DraftOnly
from budgets.views.budget_sheet import month_names
from jobs.views.reading import ReadsRows


class Read:
    """One row as it would stand in the sheet: its values, or what is wrong with them."""

    def __init__(self, number, form, row):
        self.number, self.form = number, form
        self.words = " · ".join(filter(None, (row.get("category"), row.get("brand")))) or "–"
        self.is_typed = form.is_valid()
        self.problems = problems_of(row, form)

    @property
    def is_right(self):
        return not self.problems

    @property
    def label(self):
        return service.row_name(self.form.row())

    @property
    def months(self):
        data = self.form.row()
        return data["months"] or spread_evenly(data["amount"])

    @property
    def amount(self):
        return sum(self.months)


class BudgetImport(ReadsRows, DraftOnly, BudgetRows, about.ClientFormPage):
    """What is read takes the place of the sheet."""

    template_name = "budgets/budget_import.html"
    form_class = ImportForm
    page_title = gettext_lazy("Budget from a spreadsheet")
    go, key = "take", "row_version"
    cells_of = staticmethod(cells_of)

    @cached_property
    def row_kwargs(self):
        return {"brands": list(self.client.brands.all()), "heads": month_names(self.budget)}

    def rows_read(self, text):
        brands = incoming.named(self.row_kwargs["brands"])
        rows = incoming.rows_of(text, self.client.fiscal_start_month)
        if not rows:
            raise Refused(_("There is no row in it."), "text")
        read = [
            Read(number, SheetRow(incoming.as_typed(row, brands), **self.row_kwargs), row)
            for number, row in enumerate(rows, start=1)
        ]
        typed = [row for row in read if row.is_typed]
        for place in service.twice([row.form.row() for row in typed]):
            typed[place].problems.append(_("This category and brand stand there already."))
        return read

    def act(self, form):
        return service.save_lines(
            budget=self.budget, rows=[row.form.row() for row in self.read],
            row_version=form.cleaned_data["row_version"], **self.who(),
        )  # fmt: skip

    def get_done(self):
        count = len(self.read)
        words = ngettext(
            "The sheet has %(count)s row now.", "The sheet has %(count)s rows now.", count
        )
        return words % {"count": count}

    def get_cancel_url(self):
        return self.budget.get_absolute_url()

    def get_context_data(self, **kwargs):
        extra = {
            "heads": self.row_kwargs["heads"],
            "total": sum(row.amount for row in self.read if row.is_right),
        }  # fmt: skip
        return super().get_context_data(**{**extra, **kwargs})
