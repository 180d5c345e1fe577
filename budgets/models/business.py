from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField, RateField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.money import cents
from agency.common.texts import line_validator, plain_validator

CLOSED = ("won", "lost")
RATE = [MinValueValidator(Decimal("0")), MaxValueValidator(Decimal("1"))]


class OpportunityQuerySet(MoneyQuerySet):
    def alive(self):
        return self.exclude(stage__in=CLOSED)

    def notice_due(self, at):
        """Their next step is past its day, and the next notice is due."""
        return self.alive().filter(next_notice_at__lte=at)


class Opportunity(EditedRow, FormKeyed):
    """Business that may come: of a client we have, or of a prospect (R89, R90)."""

    class Kind(models.TextChoices):
        ORGANIC = "organic", _("Additional business")
        NEW = "new", _("New business")

    class Stage(models.TextChoices):
        LEAD = "lead", pgettext_lazy("opportunity", "Lead")
        CONTACT = "contact", pgettext_lazy("opportunity", "In contact")
        PITCH = "pitch", pgettext_lazy("opportunity", "Pitch")
        OFFER = "offer", pgettext_lazy("opportunity", "Offer")
        WON = "won", pgettext_lazy("opportunity", "Won")
        LOST = "lost", pgettext_lazy("opportunity", "Lost")

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="opportunities", verbose_name=_("client")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ORGANIC)
    title = models.CharField(_("title"), max_length=120, validators=[line_validator])
    income = MoneyField(_("income"))
    month = models.DateField(_("month"))
    probability = RateField(_("chance"), validators=RATE)
    stage = models.CharField(_("stage"), max_length=8, choices=Stage, default=Stage.LEAD)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("owner"))
    next_step = models.CharField(
        _("next step"), max_length=200, blank=True, validators=[line_validator]
    )
    next_on = models.DateField(_("next step on"), null=True, blank=True)
    closed_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["month", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1), name="opportunity_chance"
            ),
            models.CheckConstraint(
                condition=~Q(stage="lost") | ~Q(closed_reason=""),
                name="opportunity_lost_has_reason",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="opportunity_first_of_month"),
            models.CheckConstraint(condition=Q(income__gt=0), name="opportunity_has_income"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("budgets:opportunity_detail", args=[self.pk])

    @property
    def is_closed(self):
        return self.stage in CLOSED

    @property
    def weighted(self):
        """Income by its chance (6.5)."""
        return cents(self.income * self.probability)

    @property
    def tone(self):
        return {"won": "green", "lost": "red"}.get(self.stage, "accent")

    def is_late(self, day):
        """Is the next step past its day (R90)?"""
        return not self.is_closed and self.next_on is not None and self.next_on < day


class AccountCost(EditedRow):
    """What a client costs the house in a month besides its papers: entered by finance (6.7)."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff")
        OTHER = "other", pgettext_lazy("cost", "Other")

    client = models.ForeignKey(Client, models.PROTECT, related_name="account_costs")
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    amount = MoneyField(_("amount"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = MoneyQuerySet.as_manager()

    class Meta:
        verbose_name = _("account cost")
        verbose_name_plural = _("account costs")
        ordering = ["-month", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["client", "month", "kind"], name="account_cost_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="account_cost_first_of_month"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="account_cost_amount"),
        ]

    def __str__(self):
        return f"{self.client.code} {self.month:%Y-%m} {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("budgets:account_cost_update", args=[self.pk])
