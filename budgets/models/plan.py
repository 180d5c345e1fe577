from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Contact, Contract, User
from accounts.models.scope import ScopedQuerySet
from agency.common.fields import MoneyField, RateField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.kinds import Medium
from archives.models import Document
from jobs.models import Approval, Brief, Job, SignedPaper, Supplier
from jobs.models.signed import ZERO, SignedPaperQuerySet


class PlanQuerySet(SignedPaperQuerySet, ScopedQuerySet):
    client_path = "job__client"

    def visible_to(self, user, at=None):
        """Plans of one's clients; of the departments only media sees them, on its jobs (4.2)."""
        rows = super().visible_to(user, at)
        if user.is_authenticated and user.role == User.Role.DEPARTMENT:
            if user.department != "media":
                return rows.none()
            return rows.filter(job__in=Job.objects.visible_to(user, at))
        return rows


class MediaPlan(SignedPaper):
    """The media plan (媒介计划): what runs where, in which month, at what price (3.8, 6.2).

    A new version (`revision`) takes the place of a change order.
    """

    paper_kind = "budgets.services.plan_paper.PLAN"
    Mode = Contract.MediaMode
    Billing = Contract.MediaBilling

    job = models.ForeignKey(Job, models.PROTECT, related_name="media_plans")
    title = models.CharField(_("title"), max_length=120, validators=[line_validator])
    brief = models.ForeignKey(Brief, models.PROTECT, null=True, blank=True, related_name="+")
    mode = models.CharField(_("commission"), max_length=10, choices=Mode, default=Mode.INCLUDED)
    billing = models.CharField(_("billing"), max_length=10, choices=Billing, default=Billing.AGENCY)
    commission_rate = RateField(_("commission"), default=Decimal("0.1500"))
    service_fee_rate = RateField(_("service fee"), default=Decimal("0.0000"))
    gross = MoneyField(_("rate card price"), default=ZERO)
    media_price = MoneyField(_("media price"), default=ZERO)
    commission = MoneyField(_("commission"), default=ZERO)
    service_fee = MoneyField(_("service fee"), default=ZERO)
    client_net = MoneyField(_("net"), default=ZERO)
    author = models.ForeignKey(User, models.PROTECT, related_name="media_plans")
    signed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="signed_plans"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("media plan")
        verbose_name_plural = _("media plans")
        ordering = ["job", "-revision"]
        indexes = [
            models.Index(fields=["state", "step_due_at"], name="plan_by_state"),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="plan_next_notice",
            ),
            models.Index(fields=["expires_at"], condition=Q(state="sent"), name="plan_sent_expiry"),
            models.Index(fields=["signed_at"], name="plan_signed"),
            models.Index(fields=["submitted_at", "id"], name="plan_by_submission"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["job", "revision"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["number", "revision"], condition=~Q(number=""), name="plan_number_once"
            ),
            models.UniqueConstraint(
                fields=["job"], condition=Q(state="signed"), name="plan_one_signed"
            ),
            models.UniqueConstraint(
                fields=["job"],
                condition=Q(
                    state__in=[
                        *["draft", "submitted", "manager_ok", "director_ok", "approved", "sent"]
                    ]
                ),
                name="plan_one_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(signed_at__isnull=False, signed_by__isnull=False, answer__isnull=False),
                name="plan_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="plan_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | (~Q(number="") & ~Q(data_sha256="")),
                name="plan_submitted_is_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "signed"])
                | Q(client_document__isnull=False, internal_document__isnull=False),
                name="plan_sent_has_papers",
            ),
            models.CheckConstraint(
                condition=Q(mode="included", client_net=F("media_price") + F("service_fee"))
                | Q(
                    mode="on_top",
                    client_net=F("media_price") + F("commission") + F("service_fee"),
                ),
                name="plan_net_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(total=F("client_net") + F("vat")), name="plan_total_adds_up"
            ),
        ]

    def __str__(self):
        label = self.number or str(_("Media plan"))
        return f"{label}/R{self.revision}" if self.revision > 1 else label

    def get_absolute_url(self):
        return reverse("budgets:plan_detail", args=[self.pk])

    @property
    def payable(self):
        """What the media owners get of us (6.2)."""
        if self.mode == self.Mode.INCLUDED:
            return self.media_price - self.commission
        return self.media_price

    @property
    def income(self):
        return self.commission + self.service_fee


class LineQuerySet(ScopedQuerySet):
    client_path = "plan__job__client"

    def visible_to(self, user, at=None):
        return self.filter(plan__in=MediaPlan.objects.visible_to(user, at))

    def in_force(self):
        """Of signed plans: what is booked, runs and is billed."""
        return self.filter(plan__state=MediaPlan.State.SIGNED)

    def unproved(self, month):
        """Of months before this one, and nobody has said that they ran or were missed."""
        return self.in_force().filter(run_ok=MediaLine.Run.OPEN, month__lt=month)

    def unbooked(self):
        return self.in_force().filter(run_ok=MediaLine.Run.OPEN, booked_on__isnull=True)

    def missed(self):
        return self.in_force().filter(run_ok=MediaLine.Run.MISSED)


class MediaLine(EditedRow, FormKeyed):
    """What runs in one vehicle in one month; prices and fees are computed (6.2)."""

    class Run(models.TextChoices):
        OPEN = "open", pgettext_lazy("media run", "Open")
        RUN = "run", pgettext_lazy("media run", "Run")
        MISSED = "missed", pgettext_lazy("media run", "Missed")
        MADE_GOOD = "made_good", pgettext_lazy("media run", "Made good")

    plan = models.ForeignKey(MediaPlan, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(_("position"))
    # The same line of the next version: bookings, proofs and invoices follow it.
    thread = models.UUIDField(db_index=True, editable=False)
    medium = models.CharField(_("medium"), max_length=10, choices=Medium)
    vehicle = models.CharField(_("vehicle"), max_length=120, validators=[line_validator])
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="media_lines",
        verbose_name=_("media owner"),
    )
    market = models.CharField(_("market"), max_length=60, blank=True, validators=[line_validator])
    spec = models.CharField(_("format"), max_length=120, blank=True, validators=[line_validator])
    month = models.DateField(_("month"))
    runs = models.PositiveIntegerField(_("runs"), default=1)
    unit_gross = MoneyField(_("rate card price of a run"), default=ZERO)
    discount_rate = RateField(_("discount"), default=Decimal("0.0000"))
    # The agreed price of the whole line; takes the place of gross and discount.
    fixed_price = MoneyField(_("agreed price"), null=True, blank=True)
    bonus_runs = models.PositiveIntegerField(_("bonus runs"), default=0)
    gross = MoneyField(_("rate card price"), default=ZERO)
    media_price = MoneyField(_("media price"), default=ZERO)
    commission = MoneyField(_("commission"), default=ZERO)
    service_fee = MoneyField(_("service fee"), default=ZERO)
    booked_on = models.DateField(_("booked on"), null=True, blank=True)
    run_ok = models.CharField(_("run"), max_length=10, choices=Run, default=Run.OPEN)
    missed_reason = models.TextField(
        _("why it was missed"), blank=True, validators=[plain_validator]
    )
    made_good_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="makes_good"
    )
    proof = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("media line")
        verbose_name_plural = _("media lines")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["plan", "month"], name="media_line_by_month"),
            models.Index(fields=["month"], name="media_line_of_month"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="media_line_first_of_month"),
            models.CheckConstraint(
                condition=Q(discount_rate__gte=0) & Q(discount_rate__lte=1),
                name="media_line_discount_is_a_rate",
            ),
            models.CheckConstraint(
                condition=~Q(run_ok__in=["run", "made_good"]) | Q(proof__isnull=False),
                name="media_line_run_has_proof",
            ),
            models.CheckConstraint(
                condition=~Q(run_ok="missed") | ~Q(missed_reason=""),
                name="media_line_missed_has_reason",
            ),
        ]

    def __str__(self):
        return self.vehicle


class MediaPlanApproval(Approval):
    """A step of a media plan's chain, once each; bound to the data that were approved."""

    plan = models.ForeignKey(MediaPlan, models.PROTECT, related_name="approvals")
    data_sha256 = models.CharField(max_length=64)

    class Meta(Approval.Meta):
        verbose_name = _("approval")
        constraints = [
            *Approval.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "step"], name="plan_approval_once_a_step"),
            models.UniqueConstraint(
                fields=["plan", "by"],
                condition=Q(by__isnull=False) & ~Q(step="client"),
                name="plan_approval_by_different",
            ),
        ]
