"""Templates of timelines: the list, a new one, one changed."""

from django.db.models import Count, Max
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agency.common.views import Column, FormPage, ListPage
from jobs.forms.timeline import TemplateCreateForm, TemplateEditForm
from jobs.models import TimelineTemplate
from jobs.services.plan_templates import FIELDS, RIGHT, create_template, save_template


def edit_url(row):
    return reverse("jobs:template_update", args=[row.pk])


class TemplateList(ListPage):
    """The account service reads them, the managers change them."""

    permission = "jobs.publish_timeline"
    page_title = _("Timeline templates")
    page_lead = _("They count back from the job's due date over working days.")
    sheet_name = "timeline-templates"
    empty_title = _("No templates yet")

    def rows(self):
        rows = TimelineTemplate.objects.order_by("pk")
        return rows.annotate(steps=Count("rows"), longest=Max("rows__days_before"))

    @cached_property
    def may_edit(self):
        return self.request.user.has_perm(RIGHT)

    def get_columns(self):
        return (
            Column(_("Name"), "name", url=edit_url if self.may_edit else None),
            Column(_("Name in English"), "name_en"),
            Column(_("Steps"), "steps", "number"),
            Column(_("Working days"), "longest", "number"),
        )

    def get_first_step(self):
        return (_("New template"), reverse("jobs:template_create")) if self.may_edit else None


class TemplatePage(FormPage):
    permission = RIGHT
    template_name = "jobs/template_form.html"
    success_url = cancel_url = reverse_lazy("jobs:template_list")

    def get_crumbs(self):
        return [(_("Timeline templates"), reverse("jobs:template_list"))]

    def typed(self, form):
        typed = {name: form.cleaned_data[name] for name in ("name", "name_en")}
        return {**typed, "rows": form.typed_rows(), "by": self.request.user, "at": self.now}


class TemplateCreate(TemplatePage):
    form_class = TemplateCreateForm
    page_title = _("New template")
    button = _("Add the template")
    done = _("The template is added.")

    def act(self, form):
        return create_template(form_key=form.cleaned_data["form_key"], **self.typed(form))


class TemplateUpdate(TemplatePage):
    form_class = TemplateEditForm
    page_title = _("Edit the template")
    done = _("The template is saved; plans begun with it stay as they are.")

    def rows(self):
        return TimelineTemplate.objects.order_by("pk")

    def get_initial(self):
        return {"name": self.object.name, "name_en": self.object.name_en}

    def get_form_kwargs(self):
        names = ("pk", *FIELDS)
        rows = [{name: getattr(row, name) for name in names} for row in self.object.rows.all()]
        return {**super().get_form_kwargs(), "rows": rows}

    def act(self, form):
        version = form.cleaned_data["row_version"]
        return save_template(template=self.object, row_version=version, **self.typed(form))
