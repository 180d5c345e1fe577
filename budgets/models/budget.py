from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Brand, Client, Contact
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from budgets.years import year_text

ZERO = Decimal("0.00")
MONTHS = tuple(f"m{number:02}" for number in range(1, 13))


class Category(models.TextChoices):
    """What the client's money is for; each has a budget of its own."""

    MEDIA = "media", _("Media")
    PRODUCTION = "production", _("Production")
    FEE = "fee", _("Fee")


class BudgetQuerySet(MoneyQuerySet):
    def authorised(self):
        return self.filter(state=AnnualBudget.State.AUTHORISED)

    def in_force_at(self, at):
        """The version that counted at the instant: authorised and not yet replaced (6.3)."""
        rows = self.filter(authorised_at__lte=at)
        return rows.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))


class AnnualBudget(EditedRow, FormKeyed):
    """What a client means to spend in its fiscal year, by category and brand (R33)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AUTHORISED = "authorised", pgettext_lazy("budget", "Authorised")
        SUPERSEDED = "superseded", _("Superseded")

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="budgets", verbose_name=_("client")
    )
    # The client's fiscal year, named by the calendar year of its first month.
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.TextField(_("reason of the change"), blank=True, validators=[plain_validator])
    authorised_by = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("authorised by"),
    )
    authorised_on = models.DateField(_("authorised on"), null=True, blank=True)
    # The instant at which it was entered: from then on it counts (6.3).
    authorised_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    proof = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    po_number = models.CharField(
        _("PO number"), max_length=40, blank=True, validators=[line_validator]
    )

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual budget")
        verbose_name_plural = _("annual budgets")
        ordering = ["client", "-year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "year", "version"], name="budget_version_once"
            ),
            models.UniqueConstraint(
                fields=["client", "year"],
                condition=Q(state="authorised"),
                name="budget_one_authorised",
            ),
            models.UniqueConstraint(
                fields=["client", "year"], condition=Q(state="draft"), name="budget_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(
                    authorised_by__isnull=False,
                    authorised_on__isnull=False,
                    authorised_at__isnull=False,
                    proof__isnull=False,
                ),
                name="budget_authorised_with_proof",
            ),
            models.CheckConstraint(
                condition=~Q(state="superseded") | Q(superseded_at__isnull=False),
                name="budget_superseded_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.client.code} {self.year} v{self.version}"

    def get_absolute_url(self):
        return reverse("budgets:budget_detail", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def total(self):
        """The sum of its lines."""
        return self.lines.aggregate(total=models.Sum("amount", default=ZERO))["total"]

    @property
    def year_text(self):
        return year_text(self.client, self.year)


class BudgetLine(EditedRow):
    """A category's share, of one brand or of all, spread over the months of the fiscal year."""

    budget = models.ForeignKey(AnnualBudget, models.CASCADE, related_name="lines")
    category = models.CharField(_("category"), max_length=10, choices=Category)
    brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand")
    )
    amount = MoneyField(_("amount"), default=ZERO)
    m01 = MoneyField(default=ZERO)
    m02 = MoneyField(default=ZERO)
    m03 = MoneyField(default=ZERO)
    m04 = MoneyField(default=ZERO)
    m05 = MoneyField(default=ZERO)
    m06 = MoneyField(default=ZERO)
    m07 = MoneyField(default=ZERO)
    m08 = MoneyField(default=ZERO)
    m09 = MoneyField(default=ZERO)
    m10 = MoneyField(default=ZERO)
    m11 = MoneyField(default=ZERO)
    m12 = MoneyField(default=ZERO)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["category", "brand", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "category", "brand"],
                name="budget_line_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative"),
            models.CheckConstraint(
                condition=Q(amount=sum((F(name) for name in MONTHS[1:]), F(MONTHS[0]))),
                name="budget_line_spread_adds_up",
            ),
        ]

    def __str__(self):
        return f"{self.get_category_display()}: {self.amount}"

    @property
    def months(self):
        """The twelve planned sums, from the first month of the fiscal year."""
        return [getattr(self, name) for name in MONTHS]
