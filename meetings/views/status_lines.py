"""Lines of a weekly report that come and go: added, taken out, a section without work (R28)."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import Cast
from meetings.forms.status import EmptyForm, NewLineForm, RemoveForm
from meetings.models import StatusLine, StatusReport
from meetings.services import status_lines as service
from meetings.views.status import StatusFormPage, StatusVerb


class OnReport:
    """Mixin: back to the page on which the report is written."""

    permission = "meetings.edit_status"
    states = StatusReport.UNISSUED

    @property
    def back(self):
        return reverse("meetings:status_update", args=[self.report.pk])

    def get_success_url(self):
        return self.back

    def get_cancel_url(self):
        return self.back


class StatusLineCreate(OnReport, StatusFormPage):
    form_class = NewLineForm
    page_title = _("Add a line")
    page_lead = _("For work without job, paper or action point; those come by themselves.")
    button = _("Add it")

    def get_initial(self):
        return {"section": self.request.GET.get("section", "")}

    def get_form_kwargs(self):
        cast = Cast(self.client, self.now, me=self.request.user)
        return {**super().get_form_kwargs(), "cast": cast}

    def act(self, form):
        version = form.cleaned_data["row_version"]
        return service.add_line(
            report=self.report, typed=form.values(), row_version=version, **self.who()
        )


class StatusEmpty(OnReport, StatusFormPage):
    """No work in a section this week, and why; the client reads it."""

    form_class = EmptyForm
    button = _("Save")

    @cached_property
    def section(self):
        if self.kwargs["section"] not in StatusLine.Section:
            raise Http404
        return StatusLine.Section(self.kwargs["section"])

    def get_page_title(self):
        return _("No work in “%(section)s”") % {"section": self.section.label}

    def get_initial(self):
        said = self.report.lines.filter(section=self.section, is_empty_section=True).first()
        return {"reason": said.current if said else ""}

    def act(self, form):
        return service.set_empty(
            report=self.report, section=self.section, **self.who(), **form.cleaned_data
        )


class StatusLineRemove(OnReport, StatusVerb):
    form_class = RemoveForm
    page_title = _("Take the line out")
    button = _("Take the line out")
    keep = _("Keep it")

    def rows(self):
        lines = StatusLine.objects.filter(report__in=super().rows())
        return lines.select_related("report__client__group", "report__author")

    @property
    def report(self):
        return self.object.report

    def client_of(self, row):
        return row.report.client

    def get_form_kwargs(self):
        line = self.object
        kwargs = {**super().get_form_kwargs(), "row_version": line.row_version}
        return {**kwargs, "is_free": line.is_free or line.is_empty_section}

    def get_consequence(self):
        if self.object.is_free or self.object.is_empty_section:
            return self.object.title
        words = _("“%(line)s” is still open. Out of this week's report, it comes back next week.")
        return words % {"line": self.object.title}

    def act(self, form):
        return service.remove_line(line=self.object, **self.who(), **form.cleaned_data)
