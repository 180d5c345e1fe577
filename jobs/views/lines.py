"""One line at a time: a small request that draws its row and the sums anew; whole pages without
the script."""

from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from accounts.views.about import VerbAsks
from archives.kinds import Kind
from archives.models import Document
from jobs.forms.estimate import LineEditForm, QuotesForm, is_usual_rate, option_of
from jobs.models import EstimateLine
from jobs.services import lines as service
from jobs.views.base import JobFormPage, JobVerbView
from jobs.views.drawn import Choices, drawn_line, drawn_lines, dressed, new_line_form
from jobs.views.estimate import DraftOnly, EstimateRows
from jobs.views.one_line import OneLine

# What a save reads of its line and the rows above before the verb has locked them.
SAVED = (
    "group", "vat_rate", "row_version", "estimate__vat_rate", "estimate__job__client__code",
    "estimate__job__client__timezone",
)  # fmt: skip
QUOTE = ("supplier", "amount", "on", "document", "chosen")


class LineForm(OneLine):
    """Of an estimate."""

    @cached_property
    def choices(self):
        return Choices(self.estimate)

    def part_facts(self, line):
        draft = line.estimate
        return {"estimate": draft, "sums": draft.sums}


class LineCreate(VerbAsks, LineForm, DraftOnly, EstimateRows, JobFormPage):
    """The next line of a draft."""

    part_name = "jobs/_line_new.html"
    page_title = gettext_lazy("New line")
    button = gettext_lazy("Add line")

    def get_form(self, form_class=None):
        """What is sent needs the line before only for a rate that is none of the usual."""
        data = self.request.POST if self.request.method == "POST" else None
        is_usual = data is not None and is_usual_rate(data.get("vat_rate"))
        return new_line_form(self.choices, None if is_usual else self.estimate.lines.last(), data)

    def act(self, form):
        return service.save_line(
            estimate=self.estimate, data=form.data_of_line(),
            form_key=form.cleaned_data["form_key"], **self.who(),
        )  # fmt: skip

    def drawn(self, line):
        """A fresh form in place of this one, and the row at the end of the table."""
        (row,) = dressed([line])
        if line.follows is None or line.follows.group != row.group:
            row.opens_group = row.group
        form = new_line_form(self.choices, line)
        form.fields["text"].widget.attrs["autofocus"] = True
        return self.part("jobs/_line_added.html", row, form=form)


class LineRows:
    """Pages about one line."""

    def rows(self):
        rows = EstimateLine.objects.visible_to(self.request.user)
        return rows.select_related("estimate__job__client")

    def job_of(self, row):
        return row.estimate.job

    @property
    def estimate(self):
        return self.object.estimate

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"line": self.object, **kwargs})


def value_of(line, name):
    """As a form takes it: of a row pointed to its key."""
    return EstimateLine._meta.get_field(name).value_from_object(line)


class LineUpdate(VerbAsks, LineForm, LineRows, DraftOnly, EstimateRows, JobFormPage):
    part_name = "jobs/_line_edit.html"
    page_title = gettext_lazy("Change the line")
    button = gettext_lazy("Save line")

    def rows(self):
        rows = super().rows()
        return rows.only(*SAVED) if self.request.method == "POST" else rows

    def get(self, request, *args, **kwargs):
        if request.htmx and "shown" in request.GET and self.estimate.is_draft:
            return render(request, "jobs/_line_row.html", {"line": drawn_line(self.object)})
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        is_sent = self.request.method == "POST"
        return LineEditForm(
            self.request.POST if is_sent else None, choices=self.choices,
            row_version=self.object.row_version, auto_id=f"line{self.object.pk}_%s",
            initial={"vat_rate": self.object.vat_rate} if is_sent else self.shown(),
        )  # fmt: skip

    def shown(self):
        values = {name: value_of(self.object, name) for name in service.VALUES}
        return {"option": option_of(self.object), **values}

    def act(self, form):
        return service.save_line(
            estimate=self.estimate, line=self.object, data=form.data_of_line(),
            row_version=form.cleaned_data["row_version"], **self.who(),
        )  # fmt: skip

    def stale(self, form, error):
        """What was typed stays in the fields; saving again is then meant (C7)."""
        now = EstimateLine.objects.filter(pk=self.object.pk).first()
        if now is None or not self.estimate.is_draft:
            return super().stale(form, error)
        form.data = {**form.data.dict(), "row_version": now.row_version}
        context = self.get_context_data(form=form, told=str(error), theirs=drawn_line(now))
        return render(self.request, self.part_name, context, status=409)

    def drawn(self, line):
        if line.group != self.object.group:
            answer = self.part("jobs/_lines_all.html", line, lines=drawn_lines(line.estimate))
            answer["HX-Retarget"], answer["HX-Reswap"] = "#lines", "innerHTML"
            return answer
        (row,) = dressed([line], line.quotes_above)
        return self.part("jobs/_line_saved.html", row, focus=True)


class LineVerb(LineRows, DraftOnly, EstimateRows, JobVerbView):
    """A verb on a line of a draft."""

    def get_consequence(self):
        return self.object.text


class LineDelete(LineVerb):
    page_title = gettext_lazy("Drop the line")
    button = gettext_lazy("Drop it")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The line is dropped.")
    grave = True

    def act(self, form):
        return service.delete_line(line=self.object, **self.who(), **form.cleaned_data)


class LineMove(LineVerb):
    """One place up, or down with `down`."""

    page_title = gettext_lazy("Move the line")
    button = gettext_lazy("Move it up")
    keep = gettext_lazy("Leave it")
    done = ""

    def act(self, form):
        up = "down" not in self.request.POST
        return service.move_line(line=self.object, up=up, **self.who())

    def get_success_url(self):
        return f"{self.estimate_url}#line-{self.object.pk}"


class LineQuotes(LineRows, DraftOnly, EstimateRows, JobFormPage):
    """Who asks how much for the line (R78)."""

    template_name = "jobs/line_quotes.html"
    form_class = QuotesForm
    page_title = gettext_lazy("Supplier quotes")
    button = gettext_lazy("Save quotes")
    done = gettext_lazy("The quotes are saved.")

    def get_form_kwargs(self):
        quotes = self.object.quotes.select_related("supplier")
        papers = Document.objects.visible_to(self.request.user)
        return {
            **super().get_form_kwargs(),
            "rows": [{name: getattr(quote, name) for name in QUOTE} for quote in quotes],
            "row_kwargs": {
                "suppliers": Choices(self.estimate).suppliers,
                "papers": papers.filter(client=self.client, kind=Kind.SUPPLIER_QUOTE),
            },
        }

    def act(self, form):
        quotes = [{name: row[name] for name in QUOTE} for row in form.typed_rows()]
        return service.save_quotes(
            line=self.object, quotes=quotes, row_version=form.cleaned_data["row_version"],
            **self.who(),
        )  # fmt: skip
