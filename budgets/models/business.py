from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField, RateField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models import Document

RATE = [MinValueValidator(Decimal("0")), MaxValueValidator(Decimal("1"))]


class OpportunityQuerySet(MoneyQuerySet):
    def alive(self):
        return self.exclude(stage__in=["won", "lost"])


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


class ExpenseKind(models.TextChoices):
    OFFICE = "office", _("Office supplies")
    TRANSPORT = "transport", _("Transport")
    ENTERTAINMENT = "entertainment", _("Entertainment")
    NEW_BUSINESS = "new_business", _("New business")


class ExpenseBudget(EditedRow):
    """What the department may spend in a month on one kind (R86)."""

    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    kind = models.CharField(_("kind"), max_length=13, choices=ExpenseKind)
    amount = MoneyField(_("amount"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("expense budget")
        verbose_name_plural = _("expense budgets")
        ordering = ["-year", "-month", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month", "kind"], name="expense_budget_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="expense_budget_amount"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="expense_budget_month"
            ),
        ]

    def __str__(self):
        return f"{self.year}-{self.month:02} {self.get_kind_display()}"


class ExpenseRequest(EditedRow, FormKeyed):
    """A request to spend the department's money (费用申请), decided by the next rank (R86)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REQUESTED = "requested", pgettext_lazy("expense", "Requested")
        APPROVED = "approved", pgettext_lazy("expense", "Approved")
        REFUSED = "refused", _("Refused")
        SPENT = "spent", pgettext_lazy("expense", "Spent")
        BOOKED = "booked", pgettext_lazy("expense", "Booked")
        CANCELLED = "cancelled", _("Cancelled")

    number = models.CharField(_("number"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=13, choices=ExpenseKind)
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("client"),
    )
    opportunity = models.ForeignKey(
        Opportunity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("opportunity"),
    )
    on = models.DateField(_("on"))
    amount = MoneyField(_("amount"))
    purpose = models.TextField(_("purpose"), validators=[plain_validator])
    people = models.TextField(_("who"), blank=True, validators=[plain_validator])
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(User, models.PROTECT, related_name="expense_requests")
    requested_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    spent = MoneyField(_("spent"), null=True, blank=True)
    receipt = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("receipt"),
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    is_afterwards = models.BooleanField(_("afterwards"), default=False)
    booked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    booked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("expense request")
        verbose_name_plural = _("expense requests")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["-on", "-id"], name="expense_by_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="expense_number_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_has_amount"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="expense_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind="entertainment") | ~Q(people=""),
                name="expense_entertains_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="expense_refused_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["spent", "booked"])
                | Q(spent__isnull=False, receipt__isnull=False),
                name="expense_spent_has_receipt",
            ),
        ]

    def __str__(self):
        return self.number or self.get_kind_display()

    def get_absolute_url(self):
        return reverse("budgets:expense_detail", args=[self.pk])


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
