"""The draft of a media plan: begun, its desk, its head, rows from a spreadsheet."""

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from accounts.models.scope import local_day
from budgets import incoming_plan as incoming
from budgets.cells import cells_of, problems_of
from budgets.forms.plan import LineForm, NewLineForm, PlanCreateForm, PlanForm
from budgets.reports.plan_views import grouped, versions_beside
from budgets.services import plan as service
from budgets.services import plan_lines
from budgets.sums import media_line_sums, plan_totals
from budgets.views.plan_base import DraftOnly, MediaRights, PlanPage, edit_url
from jobs.forms.estimate import PasteForm
from jobs.models import Job, Supplier
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView, job_url
from jobs.views.reading import ReadsRows

CARRIED = ("medium", "vehicle", "supplier", "market", "spec", "month", "unit_gross",
           "discount_rate")  # fmt: skip


class Choices:
    """What the forms of a draft's lines offer, asked for once a page."""

    def __init__(self, draft):
        self.draft = draft

    @cached_property
    def suppliers(self):
        """Those we work with, and those that stand in a line already."""
        held = Q(pk__in=self.draft.lines.filter(supplier__isnull=False).values("supplier"))
        return Supplier.objects.filter(Q(is_active=True) | held)


def new_line_form(choices, last=None, data=None):
    """The form of the next line: it goes on where the last one stopped."""
    carried = {name: getattr(last, name) for name in CARRIED} if last else {}
    initial = {"runs": "1", "unit_gross": "", **carried}
    return NewLineForm(data, choices=choices, initial=initial, auto_id="new_%s")


class PlanCreate(MediaRights, JobFormPage):
    """Begin the plan of a media job; asked again it leads to the draft that is there."""

    form_class = PlanCreateForm
    page_title = gettext_lazy("New media plan")
    page_lead = gettext_lazy("The rates are those in force for the client today.")
    button = gettext_lazy("Begin the plan")

    def rows(self):
        return Job.objects.visible_to(self.request.user).select_related("client__group", "ae")

    def get_initial(self):
        rates = service.rates_on(self.client, local_day(self.now))
        return {"title": self.job.title, **rates}

    def act(self, form):
        return service.create_plan(job=self.job, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return edit_url(self.result)


class PlanUpdate(DraftOnly, PlanPage, JobPlainPage):
    """The desk of the draft: lines by medium, sums, what is missing."""

    template_name = "budgets/plan_form.html"
    # After a line was saved by the script: what is missing, drawn anew.
    part_name = "budgets/_plan_side.html"
    page_title = gettext_lazy("Media plan draft")

    def get_context_data(self, **kwargs):
        draft = self.plan
        lines = drawn_lines(draft)
        last = max(lines, key=lambda line: line.position, default=None)
        extra = {
            "lines": grouped(lines),
            "sums": plan_totals(lines, draft.mode, draft.vat_rate),
            "form": new_line_form(Choices(draft), last),
            "gaps": [words for _field, words in service.gaps(draft, lines)],
            "versions": versions_beside(draft),
        }
        return super().get_context_data(**{**extra, **kwargs})


def drawn_lines(draft):
    return list(draft.lines.select_related("supplier"))


class PlanHead(DraftOnly, PlanPage, JobFormPage):
    form_class = PlanForm
    page_title = gettext_lazy("Rates and notes")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved; all lines and sums follow.")

    def get_initial(self):
        return {name: getattr(self.plan, name) for name in service.HEAD}

    def act(self, form):
        return service.update_plan(plan=self.plan, **self.who(), **form.cleaned_data)


class PlanVerb(DraftOnly, PlanPage, JobVerbView):
    """A verb on the draft."""


class PlanBrief(PlanVerb):
    page_title = gettext_lazy("Go by the new brief")
    consequence = gettext_lazy("Your lines stay. Please go through them by the brief in force.")
    button = gettext_lazy("Go by the new brief")
    keep = gettext_lazy("Not yet")
    done = gettext_lazy("The plan goes by the brief in force.")

    def act(self, form):
        return service.follow_brief(plan=self.plan, **self.who(), **form.cleaned_data)


class PlanDelete(PlanVerb):
    page_title = gettext_lazy("Drop the draft")
    consequence = gettext_lazy("Its lines are dropped for good.")
    button = gettext_lazy("Drop it")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The draft is dropped.")
    grave = True

    def act(self, form):
        return service.delete_plan(plan=self.plan, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return job_url(self.job)


class Read:
    """One row as it would become a line: `form` holds its values, or what is wrong with them."""

    def __init__(self, number, form, row):
        self.number, self.form = number, form
        self.words = row.get("vehicle", "–")
        self.problems = problems_of(row, form)
        self.is_right = not self.problems

    @property
    def values(self):
        return self.form.data_of_line()

    def price(self, plan):
        data = self.form.cleaned_data
        figures = (data["unit_gross"], data["discount_rate"], data["fixed_price"])
        return media_line_sums(
            data["runs"], *figures, plan.commission_rate, plan.service_fee_rate
        ).media_price


class PlanPaste(ReadsRows, DraftOnly, PlanPage, JobFormPage):
    """Rows into the draft of a media plan."""

    template_name = "budgets/plan_paste.html"
    form_class = PasteForm
    cells_of = staticmethod(cells_of)

    def rows_read(self, text):
        choices = Choices(self.plan)
        known = {str(row).casefold(): str(row.pk) for row in choices.suppliers}
        return [
            Read(number, self.form_of(incoming.tidy(row, known), choices), row)
            for number, row in enumerate(incoming.SHAPE.rows_of(text), start=1)
        ]

    def form_of(self, row, choices):
        return LineForm({"runs": "1", **row}, choices=choices)

    def act(self, form):
        return plan_lines.add_rows(
            plan=self.plan, rows=[row.values for row in self.read],
            form_key=form.cleaned_data["form_key"], **self.who(),
        )  # fmt: skip

    def get_context_data(self, **kwargs):
        shown = [(row, row.price(self.plan) if row.is_right else None) for row in self.read]
        extra = {"read": shown, "names": incoming.names()}
        return super().get_context_data(**{**extra, **kwargs})
