"""One line at a time: a small request that draws the table anew; whole pages without the script."""

from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.views.about import VerbAsks
from budgets.forms.plan import LineEditForm
from budgets.models import MediaLine
from budgets.reports.plan_views import grouped
from budgets.services import plan_lines as service
from budgets.views.plan_base import DraftOnly, LinePage, PlanPage
from budgets.views.plan_edit import Choices, drawn_lines, new_line_form
from jobs.views.base import JobFormPage, JobVerbView
from jobs.views.one_line import OneLine


class LineForm(OneLine):
    """Of a media plan: the parts hold its lines by medium and its sums as they are now."""

    acts_name = "budgets/_media_line_acts.html"

    @cached_property
    def choices(self):
        return Choices(self.plan)

    def part_facts(self, line):
        draft = line.plan
        return {"plan": draft, "sums": draft.sums, "lines": grouped(drawn_lines(draft))}


class LineCreate(VerbAsks, LineForm, DraftOnly, PlanPage, JobFormPage):
    """The next line of a draft."""

    part_name = "budgets/_media_line_new.html"
    page_title = pgettext_lazy("media plan", "New line")
    button = pgettext_lazy("media plan", "Add line")

    @cached_property
    def last(self):
        return self.plan.lines.last()

    def get_form(self, form_class=None):
        data = self.request.POST if self.request.method == "POST" else None
        return new_line_form(self.choices, self.last, data)

    def act(self, form):
        return service.save_line(
            plan=self.plan, data=form.data_of_line(), form_key=form.cleaned_data["form_key"],
            **self.who(),
        )  # fmt: skip

    def drawn(self, line):
        """A fresh form in place of this one, and the table with the new row in its group."""
        form = new_line_form(self.choices, line)
        form.fields["medium"].widget.attrs["autofocus"] = True
        return self.part("budgets/_media_line_added.html", line, form=form)


class LineUpdate(VerbAsks, LineForm, LinePage, DraftOnly, PlanPage, JobFormPage):
    part_name = "budgets/_media_line_edit.html"
    page_title = gettext_lazy("Change the line")
    button = gettext_lazy("Save line")

    def get(self, request, *args, **kwargs):
        if request.htmx and "shown" in request.GET and self.plan.is_draft:
            self.object.opens_group = ""
            return render(request, "budgets/_media_line_row.html", {"line": self.object})
        return super().get(request, *args, **kwargs)

    def get_form(self, form_class=None):
        data = self.request.POST if self.request.method == "POST" else None
        field = MediaLine._meta.get_field
        return LineEditForm(
            data, choices=self.choices, row_version=self.object.row_version,
            initial={
                name: field(name).value_from_object(self.object) for name in service.VALUES
            },
            auto_id=f"line{self.object.pk}_%s",
        )  # fmt: skip

    def act(self, form):
        return service.save_line(
            plan=self.plan, line=self.object, data=form.data_of_line(),
            row_version=form.cleaned_data["row_version"], **self.who(),
        )  # fmt: skip

    def stale(self, form, error):
        """What was typed stays in the fields; saving again is then meant (C7)."""
        now = MediaLine.objects.filter(pk=self.object.pk).first()
        if now is None or not self.plan.is_draft:
            return super().stale(form, error)
        form.data = {**form.data.dict(), "row_version": now.row_version}
        context = self.get_context_data(form=form, told=str(error), theirs=now)
        return render(self.request, self.part_name, context, status=409)

    def drawn(self, line):
        answer = self.part("budgets/_media_lines_all.html", line, focused=line.pk)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#lines", "innerHTML"
        return answer


class LineVerb(LinePage, DraftOnly, PlanPage, JobVerbView):
    """A verb on a line of a draft."""

    def get_consequence(self):
        return self.object.vehicle


class LineDelete(LineVerb):
    page_title = gettext_lazy("Drop the line")
    button = gettext_lazy("Drop it")
    keep = gettext_lazy("Keep it")
    done = gettext_lazy("The line is dropped.")
    grave = True

    def act(self, form):
        return service.remove_line(line=self.object, **self.who(), **form.cleaned_data)


class LineMove(LineVerb):
    """One place up, or down with `down`."""

    page_title = gettext_lazy("Move the line")
    button = gettext_lazy("Move it up")
    keep = gettext_lazy("Leave it")
    done = ""

    def act(self, form):
        up = "down" not in self.request.POST
        return service.move_line(line=self.object, up=up, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return f"{self.plan_url}#line-{self.object.pk}"
