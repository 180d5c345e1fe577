"""The draft of an estimate: its page, its head, what is not charged, versions side by side."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agency.common.sheets import sheet_response
from agency.common.views import Column
from jobs.forms.estimate import ChargedForm, HeadForm
from jobs.models import Deliverable, Estimate, Job
from jobs.reports.compare import compare, others
from jobs.services import estimate as service
from jobs.sums import totals, unit_price
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView, job_url
from jobs.views.drawn import Choices, drawn_lines, new_line_form
from jobs.wording import rate_text

HEAD = ("contingency_rate", "markup_rate", "vat_rate", "note_client", "note_internal",
        "quotes_reason")  # fmt: skip


def edit_url(estimate):
    return reverse("jobs:estimate_update", args=[estimate.pk])


class EstimateRows:
    """Mixin, put first: pages about one estimate."""

    permission = "jobs.edit_estimate"

    def rows(self):
        rows = Estimate.objects.visible_to(self.request.user)
        return rows.select_related("job__client__group", "brief", "author")

    @property
    def estimate(self):
        return self.object

    def get_crumbs(self):
        return [*super().get_crumbs(), (str(self.estimate), self.estimate_url)]

    @cached_property
    def estimate_url(self):
        draft = self.estimate
        return edit_url(draft) if draft.is_draft else draft.get_absolute_url()

    def get_success_url(self):
        return self.estimate_url

    def get_cancel_url(self):
        return self.estimate_url

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"estimate": self.estimate, **kwargs})


class DraftOnly:
    """Mixin before the page: what is no draft any more is read, not written."""

    def get(self, request, *args, **kwargs):
        if not self.estimate.is_draft:
            return HttpResponseRedirect(self.estimate.get_absolute_url())
        return super().get(request, *args, **kwargs)


class EstimateCreate(JobVerbView):
    """Begin the base estimate; asked again it leads to the draft that is there."""

    permission = "jobs.edit_estimate"
    page_title = gettext_lazy("Write the estimate")
    button = gettext_lazy("Begin the draft")
    keep = gettext_lazy("Not now")
    done = ""

    def rows(self):
        return Job.objects.visible_to(self.request.user).select_related("client__group")

    def get_consequence(self):
        return _("It takes the rates that are in force for %(client)s today.") % {
            "client": self.client
        }

    def act(self, form):
        return service.draft_estimate(job=self.object, **self.who())

    def get_success_url(self):
        return edit_url(self.result)


class EstimateUpdate(DraftOnly, EstimateRows, JobPlainPage):
    """The desk of the draft: lines, sums, what is missing."""

    template_name = "jobs/estimate_form.html"
    # After a line was saved by the script: what is missing, drawn anew.
    part_name = "jobs/_estimate_side.html"
    page_title = gettext_lazy("Estimate draft")

    def get_context_data(self, **kwargs):
        draft = self.estimate
        choices = Choices(draft)
        lines, things = drawn_lines(draft), list(choices.deliverables)
        extra = {
            "lines": lines,
            "sums": totals(lines, draft.contingency_rate, draft.vat_rate),
            "form": new_line_form(choices, lines[-1] if lines else None),
            "gaps": [words for _field, words in service.gaps(draft, lines, things)],
            "deliverables": covered(things, lines),
            "versions": others(draft),
        }
        return super().get_context_data(**{**extra, **kwargs})


def covered(things, lines):
    """[(deliverable, how many chosen lines)] (R58)."""
    held = [line.deliverable_id for line in lines if line.chosen]
    return [(thing, held.count(thing.pk)) for thing in things]


class EstimateHead(DraftOnly, EstimateRows, JobFormPage):
    form_class = HeadForm
    page_title = gettext_lazy("Rates and notes")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved; the sums follow.")

    def get_initial(self):
        return {name: getattr(self.estimate, name) for name in HEAD}

    def act(self, form):
        return service.save_header(estimate=self.estimate, **self.who(), **form.cleaned_data)


class EstimateCharged(DraftOnly, EstimateRows, JobFormPage):
    """Deliverables that cost the client nothing (R58)."""

    form_class = ChargedForm
    page_title = gettext_lazy("What is not charged")
    page_lead = gettext_lazy("Every other deliverable needs a line.")
    done = gettext_lazy("Saved.")

    @cached_property
    def deliverables(self):
        return Deliverable.objects.filter(job=self.estimate.job_id)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "deliverables": self.deliverables}

    def get_initial(self):
        return {"free": self.deliverables.filter(not_charged=True)}

    def act(self, form):
        free = [thing.pk for thing in form.cleaned_data["free"]]
        return service.set_charged(estimate=self.estimate, free=free, **self.who())


class EstimateVerb(DraftOnly, EstimateRows, JobVerbView):
    """A verb on the draft."""


class EstimateBrief(EstimateVerb):
    page_title = gettext_lazy("Go by the new brief")
    consequence = gettext_lazy("Your lines stay. Please go through them by the brief in force.")
    button = gettext_lazy("Go by the new brief")
    keep = gettext_lazy("Not yet")
    done = gettext_lazy("The estimate goes by the brief in force.")

    def act(self, form):
        return service.follow_brief(estimate=self.estimate, **self.who(), **form.cleaned_data)


class EstimateDelete(EstimateVerb):
    page_title = gettext_lazy("Drop the draft")
    consequence = gettext_lazy("Its lines and quotes are dropped for good.")
    button = gettext_lazy("Drop it")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The draft is dropped.")
    grave = True

    def act(self, form):
        return service.delete_estimate(estimate=self.estimate, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return job_url(self.job)


class Money:
    """Mixin: reading an estimate; cost and margin only for those who may see them (4.2)."""

    permission = "budgets.view_money"

    @cached_property
    def sees_cost(self):
        return self.may("jobs.edit_estimate") or self.may("budgets.view_margin")


class EstimateCompare(Money, EstimateRows, JobPlainPage):
    """Two versions side by side; `?with=` names the other one."""

    permission = "budgets.view_money"
    template_name = "jobs/estimate_compare.html"
    page_title = gettext_lazy("Versions side by side")

    def get_context_data(self, **kwargs):
        versions = others(self.estimate)
        asked = self.request.GET.get("with", "")
        other = next((row for row in versions if str(row.pk) == asked), None)
        other = other or next(iter(versions), None)
        extra = {"versions": versions, "other": other, "sees_cost": self.sees_cost}
        if other:
            old, new = sorted((other, self.estimate), key=lambda row: row.revision)
            pairs, head = compare(old, new, self.sees_cost)
            changed = [pair for pair in pairs if pair.state != "same"]
            extra |= {
                "columns": (old, new), "sums": sums_of(old, new), "pairs": pairs,
                "difference": new.total - old.total, "head": head, "changed": changed,
            }  # fmt: skip
        return super().get_context_data(**{**extra, **kwargs})


def sums_of(old, new):
    """[(label, old, new)] of the sums that stand under the lines."""
    names = ("subtotal", "contingency", "net", "vat", "total")
    fields = [Estimate._meta.get_field(name) for name in names]
    return [
        (field.verbose_name, getattr(old, field.name), getattr(new, field.name)) for field in fields
    ]


class EstimateSheet(Money, EstimateRows, JobPlainPage):
    """The lines as XLSX, in the columns that can be read in again."""

    permission = "accounts.export"

    def get(self, request, *args, **kwargs):
        lines = self.estimate.lines.select_related("deliverable", "supplier")
        name = str(self.estimate).replace("/", "-") if self.estimate.number else "estimate"
        columns = [column for name, column in COLUMNS.items() if self.sees(name)]
        return sheet_response(name, str(self.estimate), columns, lines)

    def sees(self, name):
        inside = ("unit_cost", "markup_rate", "fixed_price", "cost", "supplier")
        return self.sees_cost or name not in inside


COLUMNS = {
    "text": Column(pgettext_lazy("line", "What"), "text"),
    "quantity": Column(gettext_lazy("Quantity"), "quantity", "exact"),
    "unit": Column(gettext_lazy("Unit"), "unit"),
    "unit_cost": Column(gettext_lazy("Unit cost"), "unit_cost", "exact"),
    "markup_rate": Column(gettext_lazy("Markup"), lambda row: rate_text(row.markup_rate)),
    "fixed_price": Column(gettext_lazy("Fixed unit price"), "fixed_price", "exact"),
    "vat_rate": Column(gettext_lazy("VAT"), lambda row: rate_text(row.vat_rate)),
    "group": Column(pgettext_lazy("of lines", "Group"), "group"),
    "deliverable": Column(gettext_lazy("Deliverable"), "deliverable"),
    "supplier": Column(gettext_lazy("Supplier"), "supplier"),
    "cost": Column(gettext_lazy("Cost"), "cost", "money"),
    "unit_price": Column(
        gettext_lazy("Unit price"), lambda row: unit_price(row.price, row.quantity), "money"
    ),
    "price": Column(gettext_lazy("Amount"), "price", "money"),
    "chosen": Column(
        gettext_lazy("Option"),
        lambda row: "" if not row.is_optional else _("chosen") if row.chosen else _("not chosen"),
    ),
}
