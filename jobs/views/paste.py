"""Rows of a spreadsheet into a draft: read, shown with what is wrong by row, then added."""

from django.utils.functional import cached_property

from jobs import incoming
from jobs.forms.estimate import LineForm, PasteForm
from jobs.services import lines as service
from jobs.sums import line_sums
from jobs.views.base import JobFormPage
from jobs.views.drawn import Choices
from jobs.views.estimate import DraftOnly, EstimateRows
from jobs.views.reading import ReadsRows


class Read:
    """One row as it would become a line: `form` holds its values, or what is wrong with them."""

    def __init__(self, number, form, row):
        self.number, self.form = number, form
        self.words = row.get("text", "–")
        self.is_right = form.is_valid()

    @property
    def values(self):
        return self.form.data_of_line()

    @property
    def price(self):
        data = self.form.cleaned_data
        rates = (data["markup_rate"], data["fixed_price"])
        return line_sums(data["quantity"], data["unit_cost"], *rates)[1]

    @property
    def problems(self):
        return [f"{label}: {message}" for _where, label, message in self.form.summary]


class EstimatePaste(ReadsRows, DraftOnly, EstimateRows, JobFormPage):
    """Rows into the draft of an estimate."""

    template_name = "jobs/estimate_paste.html"
    form_class = PasteForm

    @cached_property
    def choices(self):
        return Choices(self.estimate)

    def rows_read(self, text):
        deliverables = {str(row).casefold(): str(row.pk) for row in self.choices.deliverables}
        suppliers = {str(row).casefold(): str(row.pk) for row in self.choices.suppliers}
        rows = incoming.rows_of(text)
        return [
            Read(number, self.form_of(incoming.tidy(row, deliverables, suppliers)), row)
            for number, row in enumerate(rows, start=1)
        ]

    def form_of(self, row):
        draft = self.estimate
        defaults = {
            "quantity": "1", "vat_rate": f"{draft.vat_rate * 100:f}",
            "markup_rate": f"{draft.markup_rate * 100:f}",
        }  # fmt: skip
        return LineForm(incoming.as_typed({**defaults, **row}), choices=self.choices)

    def act(self, form):
        return service.add_rows(
            estimate=self.estimate, rows=[row.values for row in self.read],
            form_key=form.cleaned_data["form_key"], **self.who(),
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"names": incoming.names(), **kwargs})
