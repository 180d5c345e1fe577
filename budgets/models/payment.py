from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from budgets.models.invoice import Invoice


class Payment(Row, FormKeyed):
    """Money that came in for an invoice; insert only: a wrong one is reversed by a negative one."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    on = models.DateField(_("received on"))
    at = models.DateTimeField()
    amount = MoneyField(_("amount"))
    reference = models.CharField(
        _("reference"), max_length=60, blank=True, validators=[line_validator]
    )
    # The bank's own mark of the row it was imported from: no row is booked twice.
    bank_key = models.CharField(max_length=64, blank=True, editable=False)
    # One transfer may pay several invoices: which of its parts this is.
    bank_part = models.PositiveSmallIntegerField(default=1, editable=False)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="payment_has_amount"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses__isnull=True)
                | (Q(amount__lt=0, reverses__isnull=False) & ~Q(reason="")),
                name="payment_negative_reverses",
            ),
            models.UniqueConstraint(
                fields=["bank_key", "bank_part"],
                condition=~Q(bank_key=""),
                name="payment_bank_row_once",
            ),
        ]

    def __str__(self):
        return f"{self.on}: {self.amount}"

    def parts(self):
        """All payments out of the same transfer, this one among them, in the order of invoices."""
        mine = {"bank_key": self.bank_key} if self.bank_key else {"pk": self.pk}
        rows = Payment.objects.filter(**mine).select_related("invoice")
        return rows.order_by("invoice", "pk")


class ClosedMonth(EditedRow):
    """A month of the whole agency into which nothing is dated any more (3.9)."""

    month = models.DateField(_("month"), unique=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="closed_month_is_a_first"),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True)
                | (Q(reopened_by__isnull=False) & ~Q(reason="")),
                name="closed_month_reopened_by",
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"

    @property
    def is_closed(self):
        return self.closed_at is not None and self.reopened_at is None


class Dunning(Row, FormKeyed):
    """A word with the client about money overdue: call, letter or meeting (R87); insert only."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        LETTER = "letter", _("Letter")
        MEETING = "meeting", pgettext_lazy("dunning", "Meeting")

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="dunnings")
    step = models.PositiveSmallIntegerField(_("step"))
    on = models.DateField(_("on"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    promise_on = models.DateField(_("promised for"), null=True, blank=True)
    text = models.TextField(_("what was said"), blank=True, validators=[plain_validator])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("reminder of payment")
        verbose_name_plural = _("reminders of payment")
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on}"
