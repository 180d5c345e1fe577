from django.contrib.postgres.aggregates import JSONBAgg
from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.models.client import Client
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator


class BrandQuerySet(ScopedQuerySet):
    def with_products(self):
        """`named_products`: [{pk, name}] of each brand by name, in the same statement."""
        row = JSONObject(pk="products__pk", name="products__name")
        there = Q(products__isnull=False)
        found = JSONBAgg(row, filter=there, order_by="products__name", default=[])
        return self.annotate(named_products=found)


class Brand(EditedRow, FormKeyed):
    client = models.ForeignKey(Client, models.PROTECT, related_name="brands")
    name = models.CharField(_("name"), max_length=80, validators=[line_validator])
    name_en = models.CharField(
        _("name in English"), max_length=80, blank=True, validators=[line_validator]
    )
    category = models.CharField(
        _("category"), max_length=60, blank=True, validators=[line_validator]
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "name"],
                name="brand_name_once_a_client",
                violation_error_message=_("The client has a brand of this name already."),
                violation_error_code="name",
            )
        ]

    def __str__(self):
        return self.name


class ProductQuerySet(ScopedQuerySet):
    client_path = "brand__client"


class Product(Row, FormKeyed):
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="products")
    name = models.CharField(_("name"), max_length=80, validators=[line_validator])
    launched_on = models.DateField(_("launched on"), null=True, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "name"],
                name="product_name_once_a_brand",
                violation_error_message=_("The brand has a product of this name already."),
                violation_error_code="name",
            )
        ]

    def __str__(self):
        return self.name
