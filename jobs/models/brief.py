from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import holds_reason, line_validator, plain_validator
from archives.models import Document
from jobs.constants import NEW_BRIEF_HOURS
from jobs.models.job import Job

NEW = timedelta(hours=NEW_BRIEF_HOURS)


class BriefQuerySet(ScopedQuerySet):
    client_path = "job__client"

    def visible_to(self, user, at=None):
        """Briefs of the jobs one sees; a department sees no draft."""
        briefs = self.filter(job__in=Job.objects.visible_to(user, at))
        if user.is_authenticated and user.role == User.Role.DEPARTMENT:
            return briefs.exclude(state=Brief.State.DRAFT)
        return briefs

    def in_force(self):
        return self.filter(state=Brief.State.IN_FORCE)

    def drafts(self):
        return self.filter(state=Brief.State.DRAFT)

    def to_sign(self):
        """Creative briefs of jobs at work that lack the AM's signature alone (R83)."""
        written = {f"{name}__regex": r"\S" for name in Brief.NEEDED[Brief.Kind.CREATIVE]}
        said_why = Q(version=1) | holds_reason("reason")
        rows = self.drafts().filter(said_why, kind=Brief.Kind.CREATIVE, **written)
        return rows.filter(job__in=Job.objects.at_work())


class Brief(EditedRow, FormKeyed):
    """The job brief (工作简要) or creative brief; each change is a new version (R50, R51, R83)."""

    class Kind(models.TextChoices):
        JOB = "job", _("Job brief")
        CREATIVE = "creative", _("Creative brief")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")

    # The parts that are written, in the order of the paper, and those that it must have.
    PARTS = ("background", "objective", "audience", "message", "tone", "mandatories")
    NEEDED = {
        Kind.JOB: ("background", "objective", "audience", "message"),
        Kind.CREATIVE: ("objective", "audience", "message", "tone"),
    }

    job = models.ForeignKey(Job, models.PROTECT, related_name="briefs")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.JOB)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    background = models.TextField(_("background"), blank=True, validators=[plain_validator])
    objective = models.TextField(_("objective"), blank=True, validators=[plain_validator])
    audience = models.TextField(_("audience"), blank=True, validators=[plain_validator])
    message = models.TextField(_("message"), blank=True, validators=[plain_validator])
    tone = models.TextField(_("tone"), blank=True, validators=[plain_validator])
    mandatories = models.TextField(_("mandatories"), blank=True, validators=[plain_validator])
    budget = MoneyField(_("budget without VAT"), null=True, blank=True)
    strategy_try = models.TextField(_("strategy try"), blank=True, validators=[plain_validator])
    strategy_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason of the change"), blank=True, validators=[plain_validator])
    author = models.ForeignKey(User, models.PROTECT, related_name="briefs")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["job", "kind", "version"], name="brief_version_once"),
            models.UniqueConstraint(
                fields=["job", "kind"], condition=Q(state="in_force"), name="brief_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["job", "kind"], condition=Q(state="draft"), name="brief_one_draft"
            ),
            models.CheckConstraint(
                condition=~Q(kind="creative", state="in_force") | Q(signed_by__isnull=False),
                name="brief_creative_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(in_force_at__isnull=False),
                name="brief_in_force_has_time",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason="") | Q(state="draft"),
                name="brief_change_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} v{self.version}"

    def get_absolute_url(self):
        return reverse("jobs:brief_detail", args=[self.pk])

    @property
    def client(self):
        return self.job.client

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    def is_new(self, at):
        """In force for less than a day: marked so on all pages of the job (R51)."""
        return self.state == self.State.IN_FORCE and at - self.in_force_at < NEW


class FactQuerySet(models.QuerySet):
    def awaited(self):
        return self.filter(state=Fact.State.AWAITED)


class Fact(EditedRow):
    """A fact or material the work needs: received, not needed, or awaited from somebody (R52)."""

    class NeededFor(models.TextChoices):
        ALL = "all", _("All")
        CREATIVE = "creative", _("Creative department")
        MEDIA = "media", _("Media department")
        PRODUCTION = "production", _("Production department")

    class State(models.TextChoices):
        AWAITED = "awaited", _("Awaited")
        RECEIVED = "received", _("Received")
        NOT_NEEDED = "not_needed", _("Not needed")

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="facts")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("fact or material"), max_length=120, validators=[line_validator])
    needed_for = models.CharField(
        _("needed for"), max_length=10, choices=NeededFor, default=NeededFor.ALL
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.AWAITED)
    from_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("by when"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True, validators=[plain_validator])

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="awaited")
                | (
                    Q(due_on__isnull=False)
                    & (Q(from_contact__isnull=False) | Q(from_user__isnull=False))
                ),
                name="fact_awaited_from_somebody",
            ),
            models.CheckConstraint(
                condition=Q(from_contact__isnull=True) | Q(from_user__isnull=True),
                name="fact_from_one",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.brief.get_absolute_url()}#facts"

    @property
    def source(self):
        return self.from_contact or self.from_user


class Department(models.TextChoices):
    CREATIVE = "creative", _("Creative department")
    MEDIA = "media", _("Media department")
    PRODUCTION = "production", _("Production department")


class DeptConfirmation(EditedRow):
    """A department says whether the brief is enough to work with (R52)."""

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="confirmations")
    department = models.CharField(_("department"), max_length=10, choices=Department)
    asked_at = models.DateTimeField(_("asked"))
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("answered"), null=True, blank=True)
    enough = models.BooleanField(_("enough to work with"), null=True, blank=True)
    missing = models.TextField(_("what is missing"), blank=True, validators=[plain_validator])

    class Meta:
        verbose_name = _("confirmation of a department")
        ordering = ["department"]
        constraints = [
            models.UniqueConstraint(
                fields=["brief", "department"], name="confirmation_once_a_department"
            ),
            models.CheckConstraint(
                condition=Q(enough__isnull=True) | Q(enough=True) | ~Q(missing=""),
                name="confirmation_no_says_what",
            ),
            models.CheckConstraint(
                condition=Q(enough__isnull=True) | Q(at__isnull=False, by__isnull=False),
                name="confirmation_answer_has_person",
            ),
        ]

    def __str__(self):
        return f"{self.brief} · {self.get_department_display()}"


class StrategyComment(Row):
    """What AM and AD say to the AE's strategy try (R54); insert only."""

    brief = models.ForeignKey(Brief, models.PROTECT, related_name="comments")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("comment"), validators=[plain_validator])

    class Meta:
        verbose_name = _("comment on the strategy")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text[:80]
