from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow
from agency.common.texts import plain_validator
from archives.models import Document
from budgets.models.budget import AnnualBudget, Category


class MonthlyQuerySet(MoneyQuerySet):
    def issued(self):
        return self.filter(state=MonthlyReport.State.ISSUED)

    def unissued(self):
        return self.filter(state__in=MonthlyReport.UNISSUED)

    def notice_due(self, at):
        return self.unissued().filter(next_notice_at__lte=at)

    def in_time(self):
        return self.filter(revision=1, issued_at__lte=F("due_at"))

    def late(self, at):
        """Issued after the due time, or not issued and past it."""
        return self.filter(
            Q(issued_at__gt=F("due_at")) | Q(issued_at__isnull=True, due_at__lt=at), revision=1
        )


class MonthlyReport(EditedRow):
    """The monthly budget report (月度预算报告): AE writes, AM corrects and signs (R33-R37, 3.4)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", pgettext_lazy("monthly report", "With the account manager")
        SIGNED = "signed", _("Signed")
        ISSUED = "issued", pgettext_lazy("monthly report", "Issued")
        SUPERSEDED = "superseded", _("Superseded")

    UNISSUED = (State.DRAFT, State.SUBMITTED, State.SIGNED)
    TEXTS = ("opportunities", "comment", "over_note", "note_internal")

    client = models.ForeignKey(Client, models.PROTECT, related_name="monthly_reports")
    budget = models.ForeignKey(AnnualBudget, models.PROTECT, related_name="monthly_reports")
    month = models.DateField(_("month"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    due_at = models.DateTimeField(_("due"))
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
    # [{field, old, new}] of what the account manager changed after the AE's signature.
    corrections = models.JSONField(default=list, blank=True)
    author = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="monthly_reports"
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    late_reason = models.TextField(_("late reason"), blank=True, validators=[plain_validator])
    return_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    # Why a revision takes the place of the one before it.
    revise_reason = models.TextField(
        _("reason of the revision"), blank=True, validators=[plain_validator]
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    internal_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("author")),
                name="monthly_signed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "superseded"])
                | Q(
                    signed_by__isnull=False,
                    issued_at__isnull=False,
                    document__isnull=False,
                    internal_document__isnull=False,
                ),
                name="monthly_issued_is_whole",
            ),
        ]

    def __str__(self):
        name = self.number or f"{self.client.code} {self.month:%Y-%m}"
        return f"{name}/R{self.revision}" if self.revision > 1 else name

    def get_absolute_url(self):
        return reverse("budgets:monthly_detail", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_first(self):
        """A revision has no due time of its own: punctual is who issued the first in time."""
        return self.revision == 1

    @property
    def state_tone(self):
        return {"issued": "green", "signed": "amber"}.get(self.state)

    def is_late(self, at):
        """Not issued by its due time, or not yet and that time has passed (5.4)."""
        return self.is_first and (self.issued_at or at) > self.due_at


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
