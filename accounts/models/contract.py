from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.client import Client
from accounts.models.scope import ScopedQuerySet, on_day
from agency.common.fields import MoneyField, RateField
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator


class Terms(models.Model):
    """Rates and days that a contract fixes; the agency's own stand in where there is none."""

    commission_rate = RateField(_("commission"), default=Decimal("0.1500"))
    service_fee_rate = RateField(_("service fee"), default=Decimal("0.0000"))
    markup_rate = RateField(_("markup"), default=Decimal("0.1765"))
    contingency_rate = RateField(_("contingency"), default=Decimal("0.0000"))
    vat_rate = RateField(_("VAT"), default=Decimal("0.0600"))
    credit_days = models.PositiveSmallIntegerField(_("credit days"), default=30)

    class Meta:
        abstract = True


# What of a contract decides its fee, and so where the client's year stands (6.3).
FEE_TERMS = ("monthly_fee", "starts_on", "ends_on")


class ContractQuerySet(ScopedQuerySet):
    def covering(self, day):
        """In force on the day; the one with the latest start first."""
        return self.in_force().filter(on_day(day)).order_by("-starts_on", "-pk")

    def in_force(self):
        return self.filter(is_archived=False)

    def with_former(self):
        """With a fee now or changed since: a row for each former terms, the earliest first.

        A contract without any comes in one row, its `former_until` empty.
        """
        rows = self.filter(Q(monthly_fee__gt=0) | Q(former__isnull=False))
        former = {f"former_{name}": F(f"former__{name}") for name in FEE_TERMS}
        rows = rows.annotate(**former, former_until=F("former__ended_at"))
        return rows.order_by("pk", "former__ended_at", "former__pk")

    def ending(self, first, last):
        """In force, of a client at work, with the last day from first to last."""
        rows = self.in_force().filter(ends_on__gte=first, ends_on__lte=last)
        return rows.exclude(client__status=Client.Status.CLOSED)


class Contract(Terms, EditedRow, FormKeyed):
    class Kind(models.TextChoices):
        PROJECT = "project", _("Project")
        RETAINER = "retainer", _("Retainer")
        MEDIA = "media", _("Media")

    class MediaMode(models.TextChoices):
        INCLUDED = "included", _("Commission included")
        ON_TOP = "on_top", _("Commission on top")

    class MediaBilling(models.TextChoices):
        AGENCY = "agency", _("Billed by the agency")
        DIRECT = "direct", _("Billed by the media owner")

    number = models.CharField(_("number"), max_length=30, unique=True, validators=[line_validator])
    client = models.ForeignKey(Client, models.PROTECT, related_name="contracts")
    title = models.CharField(_("title"), max_length=120, validators=[line_validator])
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=30)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PROJECT)
    media_mode = models.CharField(
        _("media mode"), max_length=10, choices=MediaMode, default=MediaMode.INCLUDED
    )
    media_billing = models.CharField(
        _("media billing"), max_length=10, choices=MediaBilling, default=MediaBilling.AGENCY
    )
    monthly_fee = MoneyField(_("monthly fee"), default=Decimal("0.00"))
    po_required = models.BooleanField(_("PO number required"), default=False)
    ip_note = models.TextField(_("rights to the work"), blank=True, validators=[plain_validator])
    is_archived = models.BooleanField(_("archived"), default=False, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contract_days_in_order",
                violation_error_message=_("The last day lies before the first."),
                violation_error_code="ends_on",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return f"{reverse('accounts:client_detail', args=[self.client_id])}#contracts"

    def covers(self, day):
        """In force on the day."""
        is_over = self.ends_on is not None and self.ends_on < day
        return not self.is_archived and self.starts_on <= day and not is_over


class FormerTerms(Row):
    """What a contract said of its fee until it was changed or archived; insert only (6.3)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="former")
    ended_at = models.DateTimeField()
    monthly_fee = MoneyField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("former terms of a contract")
        ordering = ["ended_at", "pk"]

    def __str__(self):
        return f"{self.contract}: {self.monthly_fee}"
