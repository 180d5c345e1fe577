from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow
from agency.common.texts import plain_validator
from archives.models.signed import SignedReport, SignedReportQuerySet, signed_constraints
from budgets.models.budget import AnnualBudget, Category


class MonthlyQuerySet(MoneyQuerySet, SignedReportQuerySet):
    """Shown to who may see money."""


class MonthlyReport(SignedReport):
    """The monthly budget report (月度预算报告): AE writes, AM corrects and signs (R33-R37, 3.4)."""

    PERIOD = ("month",)
    TEXTS = ("opportunities", "comment", "over_note", "note_internal")

    client = models.ForeignKey(Client, models.PROTECT, related_name="monthly_reports")
    budget = models.ForeignKey(AnnualBudget, models.PROTECT, related_name="monthly_reports")
    month = models.DateField(_("month"))
    cutoff_at = models.DateTimeField(_("cut-off"))
    # As of the cut-off; drawn anew while it is a draft, frozen at issue.
    rows = models.JSONField(default=dict, blank=True)
    opportunities = models.TextField(
        _("what we should propose"), blank=True, validators=[plain_validator]
    )
    comment = models.TextField(_("comment"), blank=True, validators=[plain_validator])
    note_internal = models.TextField(_("internal note"), blank=True, validators=[plain_validator])
    over_note = models.TextField(
        _("what the client was told of the over-commitment"),
        blank=True,
        validators=[plain_validator],
    )

    objects = MonthlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly budget report")
        verbose_name_plural = _("monthly budget reports")
        ordering = ["-month", "client", "-revision"]
        indexes = [
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="monthly_next_notice",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "month", "revision"], name="monthly_revision_once"
            ),
            models.UniqueConstraint(
                fields=["client", "month"],
                condition=Q(state__in=["draft", "submitted", "signed"]),
                name="monthly_one_unissued",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="monthly_first_of_month"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (Q(author__isnull=False, submitted_at__isnull=False) & ~Q(opportunities="")),
                name="monthly_submitted_has_remark",
            ),
            *signed_constraints("monthly"),
        ]

    def __str__(self):
        name = self.number or f"{self.client.code} {self.month:%Y-%m}"
        return f"{name}/R{self.revision}" if self.revision > 1 else name

    def get_absolute_url(self):
        return reverse("budgets:monthly_detail", args=[self.pk])


class Adjustment(EditedRow):
    """A signed correction of one figure, a row of its own, from its report's cut-off (R36)."""

    class Column(models.TextChoices):
        BILLED = "billed", _("Billed")
        IN_EXECUTION = "in_execution", _("In execution")
        BUDGET = "budget", _("Budget")

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="adjustments")
    category = models.CharField(_("category"), max_length=10, choices=Category)
    column = models.CharField(_("column"), max_length=12, choices=Column)
    amount = MoneyField(_("amount"))
    reason = models.TextField(_("reason"), validators=[plain_validator])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="adjustment_has_amount"),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_has_reason"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("by")),
                name="adjustment_signed_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.get_category_display()}: {self.amount}"
