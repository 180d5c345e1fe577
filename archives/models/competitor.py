from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Brand
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator


class CompetitorQuerySet(ScopedQuerySet):
    client_path = "brand__client"


class Competitor(EditedRow, FormKeyed):
    """A house that a brand of ours competes with (2, D6)."""

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="competitors")
    name = models.CharField(_("name"), max_length=80, validators=[line_validator])
    name_en = models.CharField(
        _("name in English"), max_length=80, blank=True, validators=[line_validator]
    )

    objects = CompetitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("competitor")
        verbose_name_plural = _("competitors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "name"],
                name="competitor_name_once_a_brand",
                violation_error_message=_("The brand has a competitor of this name already."),
                violation_error_code="name",
            )
        ]

    def __str__(self):
        return self.name
