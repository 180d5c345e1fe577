from decimal import Decimal
from functools import lru_cache

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import AgencySettings
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField, QuantityField, RateField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator
from archives.models import Document
from jobs.models.estimate import ZERO, Estimate
from jobs.models.job import Deliverable
from jobs.models.supplier import Supplier


class UnitPriceField(models.DecimalField):
    """Decimal(14,4): what one unit costs, to a hundredth of a cent."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 14, 4
        super().__init__(*args, **kwargs)


class LineQuerySet(MoneyQuerySet):
    client_path = "estimate__job__client"

    def with_quotes(self):
        """Each with `asked`: how many suppliers have quoted; rows so asked for can be locked."""
        return self.annotate(asked=_asked())

    def with_limit(self):
        """Each with the house's `quotes_above`; None where there is no house yet."""
        return self.annotate(quotes_above=_limit())


@lru_cache
def _asked():
    quotes = SupplierQuote.objects.filter(line=OuterRef("pk")).order_by().values("line")
    return Coalesce(Subquery(quotes.annotate(count=Count("pk")).values("count")), 0)


@lru_cache
def _limit():
    return Subquery(AgencySettings.objects.values("quotes_above")[:1])


class EstimateLine(EditedRow, FormKeyed):
    """One line: what, how much, at what cost, at what price (6.1). Cost and price are computed."""

    estimate = models.ForeignKey(Estimate, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(_("position"))
    group = models.CharField(_("group"), max_length=60, blank=True, validators=[line_validator])
    deliverable = models.ForeignKey(
        Deliverable,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("deliverable"),
    )
    text = models.CharField(
        pgettext_lazy("line", "what"), max_length=200, validators=[line_validator]
    )
    quantity = QuantityField(_("quantity"), default=Decimal("1"))
    unit = models.CharField(_("unit"), max_length=20, validators=[line_validator])
    unit_cost = UnitPriceField(_("unit cost"), default=Decimal("0"))
    markup_rate = RateField(_("markup"), default=Decimal("0.1765"))
    # The client's price of one unit; takes the place of cost and markup.
    fixed_price = UnitPriceField(_("fixed price"), null=True, blank=True)
    vat_rate = RateField(_("VAT"), default=Decimal("0.0600"))
    is_optional = models.BooleanField(_("optional"), default=False)
    chosen = models.BooleanField(_("chosen"), default=True)
    cost = MoneyField(_("cost"), default=ZERO)
    price = MoneyField(_("price"), default=ZERO)
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("supplier"),
    )
    # The share of the cost that has been told of already: 0, 80 or 100 percent (R59).
    told_used = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("estimate line")
        verbose_name_plural = _("estimate lines")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="line_has_quantity"),
            models.CheckConstraint(
                condition=Q(is_optional=True) | Q(chosen=True),
                name="line_only_options_are_left_out",
            ),
            models.CheckConstraint(
                condition=Q(vat_rate__gte=0) & Q(vat_rate__lt=1), name="line_vat_is_a_rate"
            ),
            models.CheckConstraint(
                condition=Q(markup_rate__gte=0), name="line_markup_not_negative"
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def counts(self):
        """In the sums: everything but options that were not chosen."""
        return self.chosen


class SupplierQuote(EditedRow):
    """What a supplier asks for a line; three for outside costs above the limit (R78)."""

    line = models.ForeignKey(EstimateLine, models.CASCADE, related_name="quotes")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="quotes")
    amount = MoneyField(_("amount"))
    on = models.DateField(_("on"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    chosen = models.BooleanField(_("chosen"), default=False)

    class Meta:
        verbose_name = _("supplier quote")
        ordering = ["amount", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "supplier"], name="quote_once_a_supplier"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(chosen=True), name="quote_one_chosen"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="quote_has_amount"),
        ]

    def __str__(self):
        return f"{self.supplier}: {self.amount}"
