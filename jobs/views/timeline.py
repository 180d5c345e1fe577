"""Timelines: begun, drawn in two faces, edited, published, ticked, seen."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import key_of
from jobs.forms.timeline import PlanCast, StartForm, TimelineForm
from jobs.models import Supplier, Timeline
from jobs.services import timeline as plans
from jobs.views.base import JobFormPage, JobPlainPage

State = Timeline.State
ROW_FIELDS = (
    "pk", "name", "name_en", "starts_on", "due_on", "owner", "client_visible", "needs",
    "effect_if_late", "slip_cause", "slip_note", "internal_note",
)  # fmt: skip


class TimelineCreate(JobFormPage):
    """Begin the plan or its next version."""

    permission = "jobs.publish_timeline"
    form_class = StartForm
    page_title = _("Draft the timeline")
    button = _("Begin")

    def get_form_kwargs(self):
        has_current = plans.current_timeline(self.job) is not None
        return {**super().get_form_kwargs(), "has_current": has_current}

    def act(self, form):
        template = form.cleaned_data["template"]
        return plans.draft_timeline(job=self.object, template=template, **self.who())

    def get_success_url(self):
        return reverse("jobs:timeline_update", args=[self.result.pk])


class TimelineRows:
    """Pages about one version."""

    states = State.values

    def rows(self):
        rows = Timeline.objects.visible_to(self.request.user).filter(state__in=self.states)
        return rows.select_related(
            "job__client__group", "job__brand", "job__ae", "author", "published_by",
            "client_document", "internal_document",
        )  # fmt: skip

    def get_success_url(self):
        return self.object.get_absolute_url()

    def get_cancel_url(self):
        return self.object.get_absolute_url()

    @cached_property
    def milestones(self):
        return list(self.object.milestones.select_related("user", "contact", "supplier"))


class TimelineDetail(TimelineRows, JobPlainPage):
    template_name = "jobs/timeline_detail.html"

    def get_page_title(self):
        return f"{_('Timeline')} · {self.job.title}"

    def get_context_data(self, **kwargs):
        may_edit = self.may("jobs.publish_timeline")
        extra = {
            "timeline": self.object,
            "rows": self.milestones,
            "today": timezone.localdate(self.now),
            "may_edit": may_edit and self.object.is_draft,
            "may_change": may_edit and self.object.state == State.CURRENT,
        }
        return super().get_context_data(**{**extra, **kwargs})


class TimelineUpdate(TimelineRows, JobFormPage):
    permission = "jobs.publish_timeline"
    template_name = "jobs/timeline_form.html"
    form_class = TimelineForm
    states = (State.DRAFT,)
    page_title = _("Plan the steps")
    button = _("Save the draft")
    done = _("Saved.")

    @cached_property
    def cast(self):
        people = [row.person for row in self.milestones if not isinstance(row.person, Supplier)]
        return PlanCast(self.client, self.now, me=self.request.user, also=people)

    def get_initial(self):
        return {"reason": self.object.reason}

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "rows": [row_of(row) for row in self.milestones],
            "row_kwargs": {"cast": self.cast},
            "is_first": self.object.version == 1,
        }

    def act(self, form):
        typed = form.cleaned_data
        return plans.save_rows(
            timeline=self.object,
            rows=form.typed_rows(),
            reason=typed.get("reason"),
            row_version=typed["row_version"],
            **self.who(),
        )


def row_of(row):
    """What the form shows of a row."""
    who = f"s{row.supplier_id}" if row.supplier_id else key_of(row.person)
    return {**{name: getattr(row, name) for name in ROW_FIELDS}, "who": who}
