"""Rows of a spreadsheet into a draft: read, shown with what is wrong by row, then added."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agency.common.errors import Refused
from jobs import incoming
from jobs.forms.estimate import LineForm, PasteForm
from jobs.services import lines as service
from jobs.sums import line_sums
from jobs.views.base import JobFormPage
from jobs.views.drawn import Choices
from jobs.views.estimate import DraftOnly, EstimateRows


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


class EstimatePaste(DraftOnly, EstimateRows, JobFormPage):
    """POST reads and shows; with `do=add` and nothing wrong it adds."""

    template_name = "jobs/estimate_paste.html"
    form_class = PasteForm
    page_title = gettext_lazy("Rows from a spreadsheet")
    button = gettext_lazy("Read the rows")
    read = ()

    def form_valid(self, form):
        try:
            text = self.text_of(form)
            self.read = self.rows_read(text)
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        if self.request.POST.get("do") == "add" and all(row.is_right for row in self.read):
            return super().form_valid(form)
        form.data = {"text": text, "form_key": form.data["form_key"]}
        return self.render_to_response(self.get_context_data(form=form))

    def text_of(self, form):
        upload = form.cleaned_data["file"]
        text = incoming.text_of_file(upload) if upload else form.cleaned_data["text"]
        if not text.strip():
            raise Refused(_("Please paste rows, or choose a spreadsheet."), "text")
        return text

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

    def get_done(self):
        count = len(self.read)
        words = ngettext("%(count)s line is added.", "%(count)s lines are added.", count)
        return words % {"count": count}

    def get_context_data(self, **kwargs):
        wrong = sum(not row.is_right for row in self.read)
        extra = {"read": self.read, "wrong": wrong, "names": incoming.names()}
        return super().get_context_data(**{**extra, **kwargs})
