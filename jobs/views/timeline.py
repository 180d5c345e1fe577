"""Timelines: begun, drawn in two faces, edited, published, ticked, seen."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms.cast import key_of
from agency.common.wording import day_text
from jobs.forms.timeline import PlanCast, PublishForm, StartForm, TickForm, TimelineForm
from jobs.models import Milestone, Supplier, Timeline
from jobs.papers.timeline import timeline_client, timeline_internal
from jobs.services import milestones, publishing
from jobs.services import timeline as plans
from jobs.services.publishing import rows_of
from jobs.views.base import JobFormPage, JobPlainPage, JobVerbView
from jobs.views.plans import drawn, plan_warns

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
    """The plan drawn, with a table; `?face=client`: exactly what the client sees (R63)."""

    template_name = "jobs/timeline_detail.html"

    def get_page_title(self):
        return f"{_('Timeline')} · {self.job.title}"

    @property
    def is_client_face(self):
        return self.request.GET.get("face") == "client"

    @cached_property
    def face(self):
        data_of = timeline_client if self.is_client_face else timeline_internal
        former = self.former
        return data_of(self.object, self.milestones, rows_of(former) if former else [], at=self.now)

    @cached_property
    def versions(self):
        """The other versions that were published, the newest first."""
        rows = self.job.timelines.exclude(pk=self.object.pk)
        return list(rows.exclude(state=State.DRAFT))

    @property
    def former(self):
        """The version before this one."""
        return next((row for row in self.versions if row.version < self.object.version), None)

    def receipts(self):
        """Who has seen it; the client's face says nothing of that."""
        if self.is_client_face:
            return []
        return list(self.object.receipts.select_related("user", "contact"))

    def get_context_data(self, **kwargs):
        timeline, edits = self.object, self.may("jobs.publish_timeline")
        is_open = self.job.is_at_work
        receipts = self.receipts()
        mine = [row for row in receipts if row.user_id == self.request.user.pk]
        extra = {
            "timeline": timeline,
            "face": self.face,
            "is_client_face": self.is_client_face,
            "plan": drawn(self.face),
            "today": self.face["today"],
            "receipts": receipts,
            "seen": sum(row.seen_at is not None for row in receipts),
            "waits_for_me": bool(mine) and mine[0].seen_at is None,
            "versions": self.versions,
            "ticks": self.ticks(is_open),
            "may_edit": edits and is_open and timeline.is_draft,
            "may_change": edits and is_open and timeline.state == State.CURRENT,
            "gaps": self.gaps() if timeline.is_draft else [],
            "slips": self.slips() if edits and is_open else [],
            "warns": plan_warns(self.face),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def ticks(self, is_open):
        """Keys of the steps whose progress the person may enter."""
        if self.object.state != State.CURRENT or not is_open:
            return set()
        own = self.may("jobs.tick_milestone", own=True)
        user = self.request.user
        return {row.pk for row in self.milestones if milestones.may_tick(row, user, own)}

    def slips(self):
        """Steps whose new day the client has not been told yet; its own face is silent on them."""
        if self.is_client_face or self.object.new_version_due_on is None:
            return []
        return [row for row in self.milestones if row.slips_for_client]

    def gaps(self):
        former = self.former
        rows = publishing.rows_of(former) if former else []
        return [words for _name, words in publishing.gaps(self.object, self.milestones, rows)]


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

    def get_context_data(self, **kwargs):
        data = timeline_internal(self.object, self.milestones, at=self.now)
        return super().get_context_data(plan=drawn(data), today=data["today"], **kwargs)

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


class TimelinePublish(TimelineRows, JobVerbView):
    """The draft takes force; the page says what moves and what still lacks."""

    permission = "jobs.publish_timeline"
    template_name = "jobs/timeline_publish.html"
    form_class = PublishForm
    states = (State.DRAFT,)
    page_title = _("Publish the timeline")
    consequence = _(
        "Both faces are filed; everybody on the job and the client's contacts in it are told, "
        "and asked for a receipt."
    )
    button = _("Publish")
    keep = _("Not yet")
    done = _("Published; everybody in it has been told.")

    def get_initial(self):
        former = plans.current_timeline(self.job)
        had = former.receipts.filter(contact__isnull=False) if former else []
        return {
            "job_due_on": self.job.due_on,
            "contacts": [f"c{row.contact_id}" for row in had],
        }

    def get_form_kwargs(self):
        contacts = self.client.contacts.reachable()
        return {**super().get_form_kwargs(), "contacts": contacts}

    def get_context_data(self, **kwargs):
        former = plans.current_timeline(self.job)
        old_rows = rows_of(former) if former else []
        face = timeline_internal(self.object, self.milestones, old_rows, at=self.now)
        silent = [row.contact for row in self.milestones if row.contact and not row.contact.email]
        extra = {
            "face": face,
            "gaps": [
                words for _name, words in publishing.gaps(self.object, self.milestones, old_rows)
            ],
            "silent": list(dict.fromkeys(silent)),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def act(self, form):
        return publishing.publish_timeline(timeline=self.object, **self.who(), **form.cleaned_data)


class TimelineSeen(TimelineRows, JobVerbView):
    """The receipt of one of ours."""

    page_title = _("I have seen it")
    consequence = _("The AE sees that you know this version.")
    button = _("I have seen it")
    done = _("Thank you.")

    def act(self, form):
        return milestones.see_timeline(timeline=self.object, **self.who())


class MilestoneTick(JobFormPage):
    """What has become of a step."""

    permission = "jobs.tick_milestone"
    is_own = True
    form_class = TickForm
    page_title = _("What has become of it?")
    button = _("Save")
    done = _("Saved; the version stays the same.")

    def rows(self):
        rows = Milestone.objects.visible_to(self.request.user)
        rows = rows.filter(timeline__state=State.CURRENT)
        return rows.select_related("timeline__job__client__group", "timeline__job__ae")

    def job_of(self, row):
        return row.timeline.job

    def may_enter(self):
        return milestones.may_tick(self.object, self.request.user, super().may_enter())

    def get_page_lead(self):
        return f"{self.object} · {_('due')} {day_text(self.object.due_on)}"

    def get_initial(self):
        return {name: getattr(self.object, name) for name in milestones.PROGRESS}

    def act(self, form):
        return milestones.tick_milestone(milestone=self.object, **self.who(), **form.cleaned_data)

    def get_success_url(self):
        return self.object.timeline.get_absolute_url()

    def get_cancel_url(self):
        return self.object.timeline.get_absolute_url()
