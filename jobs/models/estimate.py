from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact, User
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField, RateField
from agency.common.texts import plain_validator
from jobs.models.approval import Approval
from jobs.models.brief import Brief
from jobs.models.job import Job
from jobs.models.signed import ZERO, SignedPaper, SignedPaperQuerySet


class EstimateQuerySet(SignedPaperQuerySet, MoneyQuerySet):
    client_path = "job__client"


class Estimate(SignedPaper):
    """The production estimate (制作费预估) and change orders (R55–R61); frozen at submission."""

    class ScopeAnswer(models.TextChoices):
        """The AE's answer when the brief of a signed estimate changed (3.7)."""

        NONE = "", "–"
        ASKED = "asked", _("Change order needed?")
        YES = "yes", _("Change order drafted")
        NO = "no", _("No change order needed")

    paper_kind = "jobs.services.estimate_paper.ESTIMATE"

    job = models.ForeignKey(Job, models.PROTECT, related_name="estimates")
    change = models.PositiveSmallIntegerField(_("change order"), default=0)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="estimates")
    contingency_rate = RateField(_("contingency"), default=Decimal("0.0000"))
    markup_rate = RateField(_("markup"), default=Decimal("0.1765"))
    subtotal = MoneyField(_("subtotal"), default=ZERO)
    contingency = MoneyField(_("contingency"), default=ZERO)
    net = MoneyField(_("net"), default=ZERO)
    cost = MoneyField(_("cost"), default=ZERO)
    # Why there are fewer than three quotes for a dear line (R78).
    quotes_reason = models.TextField(
        _("reason without three quotes"), blank=True, validators=[plain_validator]
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="estimates")
    signed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="signed_estimates"
    )
    # Change orders whose lines a whole new estimate takes in: they give way with the base (3.6).
    includes = models.ManyToManyField("self", symmetrical=False, related_name="+", blank=True)
    scope_answer = models.CharField(
        max_length=5, choices=ScopeAnswer, default=ScopeAnswer.NONE, blank=True
    )
    scope_reason = models.TextField(blank=True, validators=[plain_validator])

    objects = EstimateQuerySet.as_manager()

    class Meta:
        verbose_name = _("production estimate")
        verbose_name_plural = _("production estimates")
        ordering = ["job", "change", "-revision"]
        indexes = [
            models.Index(fields=["state", "step_due_at"], name="estimate_by_state"),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="estimate_next_notice",
            ),
            models.Index(
                fields=["expires_at"], condition=Q(state="sent"), name="estimate_sent_expiry"
            ),
            models.Index(fields=["signed_at"], name="estimate_signed"),
            models.Index(fields=["submitted_at", "id"], name="estimate_by_submission"),
            models.Index(
                fields=["job"], condition=Q(scope_answer="asked"), name="estimate_scope_asked"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "change", "revision"], name="estimate_revision_once"
            ),
            models.UniqueConstraint(
                fields=["number", "revision"],
                condition=~Q(number=""),
                name="estimate_number_once",
            ),
            # Signed bases: one in force; the old one gives way in the same transaction.
            models.UniqueConstraint(
                fields=["job", "change"],
                condition=Q(state="signed"),
                name="estimate_one_signed",
            ),
            models.UniqueConstraint(
                fields=["job", "change"],
                condition=Q(
                    state__in=[
                        *["draft", "submitted", "manager_ok", "director_ok", "approved", "sent"]
                    ]
                ),
                name="estimate_one_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(signed_at__isnull=False, signed_by__isnull=False, answer__isnull=False),
                name="estimate_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="estimate_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | (~Q(number="") & ~Q(data_sha256="")),
                name="estimate_submitted_is_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "signed"])
                | Q(client_document__isnull=False, internal_document__isnull=False),
                name="estimate_sent_has_papers",
            ),
            models.CheckConstraint(
                condition=Q(net=F("subtotal") + F("contingency")), name="estimate_net_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(total=F("net") + F("vat")), name="estimate_total_adds_up"
            ),
        ]

    def __str__(self):
        label = self.number or str(_("Production estimate"))
        return f"{label}/R{self.revision}" if self.revision > 1 else label

    def get_absolute_url(self):
        return reverse("jobs:estimate_detail", args=[self.pk])

    @property
    def is_change_order(self):
        return self.change > 0

    @property
    def margin(self):
        return self.subtotal - self.cost


class EstimateApproval(Approval):
    """A step of an estimate's chain, once each; bound to the data that were approved."""

    estimate = models.ForeignKey(Estimate, models.PROTECT, related_name="approvals")
    data_sha256 = models.CharField(max_length=64)

    class Meta(Approval.Meta):
        verbose_name = _("approval")
        constraints = [
            *Approval.Meta.constraints,
            models.UniqueConstraint(fields=["estimate", "step"], name="approval_once_a_step"),
            models.UniqueConstraint(
                fields=["estimate", "by"],
                condition=Q(by__isnull=False) & ~Q(step="client"),
                name="approval_by_different_people",
            ),
        ]
