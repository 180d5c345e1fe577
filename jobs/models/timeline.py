from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from jobs.models.job import Job
from jobs.models.supplier import Supplier


class TimelineQuerySet(ScopedQuerySet):
    client_path = "job__client"

    def visible_to(self, user, at=None):
        """Timelines of the jobs one sees; a department sees no draft."""
        rows = self.filter(job__in=Job.objects.visible_to(user, at))
        if user.is_authenticated and user.role == User.Role.DEPARTMENT:
            return rows.exclude(state=Timeline.State.DRAFT)
        return rows

    def current(self):
        return self.filter(state=Timeline.State.CURRENT)

    def drafts(self):
        return self.filter(state=Timeline.State.DRAFT)

    def new_version_due(self):
        """In force, and a step that the client sees slips: the client waits for a version (R65)."""
        return self.current().filter(
            new_version_due_on__isnull=False,
            job__state__in=[Job.State.APPROVED, Job.State.ACTIVE],
            job__archived_at__isnull=True,
        )

    def new_version_missed(self, day):
        """That day has passed without it, and nobody has been told."""
        return self.new_version_due().filter(new_version_due_on__lt=day, new_version_told_at=None)


class Timeline(EditedRow, FormKeyed):
    """One plan of a job with two faces, internal and client; versions (工作进度表, R62–R67)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CURRENT = "current", _("Current")
        SUPERSEDED = "superseded", _("Superseded")

    job = models.ForeignKey(Job, models.PROTECT, related_name="timelines")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    reason = models.TextField(_("reason of the change"), blank=True, validators=[plain_validator])
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    internal_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    client_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A step that the client sees slips: that day at the client, when the next version is due.
    new_version_due_on = models.DateField(null=True, blank=True, editable=False)
    new_version_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TimelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("timeline")
        verbose_name_plural = _("timelines")
        ordering = ["-version"]
        indexes = [
            models.Index(
                fields=["new_version_due_on"],
                condition=Q(new_version_due_on__isnull=False),
                name="timeline_new_version_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job", "version"], name="timeline_version_once"),
            models.UniqueConstraint(
                fields=["job"], condition=Q(state="current"), name="timeline_one_current"
            ),
            models.UniqueConstraint(
                fields=["job"], condition=Q(state="draft"), name="timeline_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(
                    published_at__isnull=False,
                    internal_document__isnull=False,
                    client_document__isnull=False,
                ),
                name="timeline_published_has_papers",
            ),
        ]

    def __str__(self):
        return f"{_('Timeline')} v{self.version}"

    def get_absolute_url(self):
        return reverse("jobs:timeline_detail", args=[self.pk])

    @property
    def client(self):
        return self.job.client

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT


class Owner(models.TextChoices):
    ACCOUNT = "account", _("Account service")
    CREATIVE = "creative", _("Creative department")
    MEDIA = "media", _("Media department")
    PRODUCTION = "production", _("Production department")
    SUPPLIER = "supplier", _("Supplier")
    CLIENT = "client", _("Client")


class MilestoneQuerySet(ScopedQuerySet):
    client_path = "timeline__job__client"

    def live(self):
        """Of the timelines in force, on jobs that are worked on."""
        return self.filter(
            timeline__state=Timeline.State.CURRENT,
            timeline__job__state__in=[Job.State.APPROVED, Job.State.ACTIVE],
            timeline__job__archived_at__isnull=True,
        )

    def open(self):
        return self.filter(done_on__isnull=True)

    def overdue(self, day):
        return self.live().open().filter(due_on__lt=day)

    def notice_due(self, at):
        """Steps that the clock must look at now."""
        return self.live().open().filter(next_notice_at__lte=at)

    def visible_to(self, user, at=None):
        """Rows of the plans one sees."""
        return self.filter(timeline__in=Timeline.objects.visible_to(user, at))

    def for_client(self):
        """Rows of the client face (R63)."""
        return self.filter(client_visible=True)


class Milestone(EditedRow):
    """One row of the plan: who does what by when; client duties are set off (R64)."""

    class SlipCause(models.TextChoices):
        NONE = "none", "–"
        CLIENT = "client", _("Client")
        AGENCY = "agency", _("Agency")
        SUPPLIER = "supplier", _("Supplier")
        FORCE = "force", _("Force majeure")

    timeline = models.ForeignKey(Timeline, models.CASCADE, related_name="milestones")
    # The same row through the versions of the plan.
    thread = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("step"), max_length=120, validators=[line_validator])
    name_en = models.CharField(
        _("step in English"), max_length=120, blank=True, validators=[line_validator]
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    # The day first promised; kept through all versions.
    first_due_on = models.DateField(null=True, blank=True, editable=False)
    forecast_on = models.DateField(_("forecast"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    owner = models.CharField(_("owner"), max_length=10, choices=Owner, default=Owner.ACCOUNT)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="milestones")
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="+")
    client_visible = models.BooleanField(_("client sees it"), default=False)
    needs = models.TextField(
        _("what the client provides"), blank=True, validators=[plain_validator]
    )
    effect_if_late = models.TextField(
        _("what slips if late"), blank=True, validators=[plain_validator]
    )
    slip_cause = models.CharField(
        _("cause of the slip"), max_length=8, choices=SlipCause, default=SlipCause.NONE
    )
    slip_note = models.TextField(_("words on the slip"), blank=True, validators=[plain_validator])
    internal_note = models.TextField(_("internal note"), blank=True, validators=[plain_validator])
    # The next instant at which the clock has something to do with this row; empty: nothing.
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(done_on__isnull=True), name="milestone_open_due"
            ),
            models.Index(
                fields=["user", "due_on"],
                condition=Q(done_on__isnull=True),
                name="milestone_open_of_user",
            ),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="milestone_next_notice",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["timeline", "thread"], name="milestone_once_a_version"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(starts_on__lte=F("due_on")),
                name="milestone_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(owner="client") | Q(client_visible=True),
                name="milestone_client_sees_own_duty",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_client_duty(self):
        return self.owner == Owner.CLIENT

    @property
    def person(self):
        return self.contact or self.user or self.supplier

    def is_overdue(self, day):
        return self.done_on is None and self.due_on < day

    @property
    def slips_for_client(self):
        """The client sees this step, and was told an earlier day than the one now expected."""
        is_late = self.forecast_on is not None and self.forecast_on > self.due_on
        return self.client_visible and self.done_on is None and is_late

    def cause(self):
        """Why it slipped; empty where it has not."""
        return "" if self.slip_cause == self.SlipCause.NONE else self.slip_cause

    def told_cause(self):
        """The cause as far as the client reads it: never one on our side (R63)."""
        told = (self.SlipCause.CLIENT, self.SlipCause.FORCE)
        return self.slip_cause if self.slip_cause in told else ""


class Receipt(Row):
    """Who was told of a version of the plan, and who has seen it (R66)."""

    timeline = models.ForeignKey(Timeline, models.PROTECT, related_name="receipts")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="receipts")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("receipt")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["timeline", "user"],
                condition=Q(user__isnull=False),
                name="receipt_once_a_user",
            ),
            models.UniqueConstraint(
                fields=["timeline", "contact"],
                condition=Q(contact__isnull=False),
                name="receipt_once_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, contact__isnull=True)
                | Q(user__isnull=True, contact__isnull=False),
                name="receipt_of_one_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(seen_at__isnull=True, told_at__isnull=True),
                name="receipt_missing",
            ),
        ]

    def __str__(self):
        return str(self.user or self.contact)


class TimelineTemplate(EditedRow, FormKeyed):
    """A plan that counts back from the due date over working days."""

    name = models.CharField(_("name"), max_length=80, unique=True, validators=[line_validator])
    name_en = models.CharField(
        _("name in English"), max_length=80, blank=True, validators=[line_validator]
    )

    class Meta:
        verbose_name = _("timeline template")
        verbose_name_plural = _("timeline templates")
        ordering = ["pk"]

    def __str__(self):
        return self.name


class TemplateRow(EditedRow):
    """A row of a template: so many working days before the job's due date, so many long."""

    template = models.ForeignKey(TimelineTemplate, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("step"), max_length=120, validators=[line_validator])
    name_en = models.CharField(
        _("step in English"), max_length=120, blank=True, validators=[line_validator]
    )
    days_before = models.PositiveSmallIntegerField(_("working days before the due date"))
    days_long = models.PositiveSmallIntegerField(_("working days long"), default=1)
    owner = models.CharField(_("owner"), max_length=10, choices=Owner, default=Owner.ACCOUNT)
    client_visible = models.BooleanField(_("client sees it"), default=False)
    needs = models.TextField(
        _("what the client provides"), blank=True, validators=[plain_validator]
    )

    class Meta:
        verbose_name = _("row of a template")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
