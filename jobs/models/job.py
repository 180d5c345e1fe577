from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Brand, Client, Product, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator
from archives.kinds import Medium

TONES = {
    "requested": "amber",
    "active": "accent",
    "delivered": "green",
    "rejected": "red",
    "cancelled": "red",
}


FOR_SUPPLIERS = "production"  # the department that looks after their orders


def ordered_from(user, prefix=""):
    """Start orders of the person or his department."""
    departments = [user.department, *([""] if user.department == FOR_SUPPLIERS else [])]
    return Q(**{f"{prefix}department__in": departments}) | Q(**{f"{prefix}to": user})


class JobQuerySet(ScopedQuerySet):
    def visible_to(self, user, at=None):
        """Jobs of one's clients; a department sees those it has work on (4.1)."""
        jobs = super().visible_to(user, at)
        if not user.is_authenticated or user.role != User.Role.DEPARTMENT:
            return jobs
        asked = Q(briefs__confirmations__department=user.department)
        ordered = ordered_from(user, "start_orders__")
        planned = Q(timelines__state="current", timelines__milestones__owner=user.department)
        return jobs.filter(pk__in=self.model._base_manager.filter(
            asked | ordered | planned
        ).values("pk"))  # fmt: skip

    def at_work(self):
        """Neither ended nor put away."""
        return self.filter(
            state__in=[Job.State.REQUESTED, Job.State.APPROVED, Job.State.ACTIVE,
                       Job.State.DELIVERED],
            archived_at__isnull=True,
        )  # fmt: skip

    def numbered(self):
        return self.exclude(number="")

    def archived(self):
        return self.filter(archived_at__isnull=False)

    def overdue(self, day):
        """Not delivered though the day has passed."""
        running = [Job.State.REQUESTED, Job.State.APPROVED, Job.State.ACTIVE]
        return self.filter(state__in=running, due_on__lt=day, archived_at__isnull=True)

    def of_ae(self, user):
        return self.filter(ae=user)


class Job(EditedRow, FormKeyed):
    """A job (工作): nothing is made, billed or ordered without its number (Z7, R50)."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", _("Production")
        MEDIA = "media", _("Media")
        FEE = "fee", _("Fee")

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("job", "Requested")
        APPROVED = "approved", pgettext_lazy("job", "Approved")
        ACTIVE = "active", pgettext_lazy("job", "Active")
        DELIVERED = "delivered", pgettext_lazy("job", "Delivered")
        CLOSED = "closed", pgettext_lazy("job", "Closed")
        REJECTED = "rejected", pgettext_lazy("job", "Rejected")
        CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")

    number = models.CharField(_("job number"), max_length=20, blank=True)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="jobs", verbose_name=_("client")
    )
    brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, blank=True, related_name="jobs", verbose_name=_("brand")
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("product"),
    )
    title = models.CharField(_("title"), max_length=120, validators=[line_validator])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PRODUCTION)
    makes_ads = models.BooleanField(_("makes ads"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    ae = models.ForeignKey(User, models.PROTECT, related_name="jobs", verbose_name=_("AE"))
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    # No contract in force: why the job may begin all the same; the AM's words (R41).
    contract_reason = models.TextField(
        _("reason without contract"), blank=True, validators=[plain_validator]
    )
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    estimate_due_at = models.DateTimeField(_("estimate due"), null=True, blank=True)
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    risk_note = models.TextField(
        _("who bears the risk before the signature"), blank=True, validators=[plain_validator]
    )
    po_number = models.CharField(
        _("PO number"), max_length=40, blank=True, validators=[line_validator]
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    # The next instant at which the clock has something to do with this row; empty: nothing.
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "-requested_at", "-id"], name="job_of_client"),
            models.Index(fields=["-requested_at", "-id"], name="job_by_date"),
            # The year first: its rows lie side by side, whoever's they are.
            models.Index(fields=["budget_year", "client"], name="job_of_year"),
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=["requested", "approved", "active"]),
                name="job_running_due",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(
                    state__in=["requested", "approved", "active", "delivered"],
                    archived_at__isnull=True,
                ),
                name="job_at_work_due",
            ),
            models.Index(fields=["ae", "state"], name="job_of_ae"),
            models.Index(fields=["state", "-requested_at", "-id"], name="job_by_state"),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="job_next_notice",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="job_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number="", approved_at__isnull=True)
                | (~Q(number="") & Q(approved_at__isnull=False)),
                name="job_number_with_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "active", "delivered", "closed"])
                | Q(approved_by__isnull=False),
                name="job_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("requested_by")),
                name="job_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="job_closed_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("jobs:job_detail", args=[self.pk])

    @property
    def state_tone(self):
        """The colour of the state's badge."""
        return TONES.get(self.state, "")

    @property
    def is_open(self):
        """May still be worked on."""
        return self.state in (self.State.APPROVED, self.State.ACTIVE) and not self.archived_at

    @property
    def is_at_work(self):
        ended = (self.State.CLOSED, self.State.REJECTED, self.State.CANCELLED)
        return self.state not in ended and not self.archived_at

    def is_overdue(self, day):
        running = (self.State.REQUESTED, self.State.APPROVED, self.State.ACTIVE)
        return self.state in running and self.due_on < day


class JobLog(Row):
    """Each change of the job's state with its reason; insert only (6.3 reads it)."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="logs")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=10, choices=Job.State, blank=True)
    to_state = models.CharField(max_length=10, choices=Job.State)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    behalf_of = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True, validators=[plain_validator])

    class Meta:
        verbose_name = _("job log")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.job}: {self.get_to_state_display()}"


class Deliverable(EditedRow):
    """What is handed over at the end; the estimate covers each, or it is not charged (R58)."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="deliverables")
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("name"), max_length=120, validators=[line_validator])
    medium = models.CharField(_("medium"), max_length=10, choices=Medium, default=Medium.PRINT)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    spec = models.TextField(_("specification"), blank=True, validators=[plain_validator])
    not_charged = models.BooleanField(_("not charged"), default=False)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="deliverable_has_quantity"),
        ]

    def __str__(self):
        return self.name
