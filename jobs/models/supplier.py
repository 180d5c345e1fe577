from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator


class SupplierQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class Supplier(EditedRow, FormKeyed):
    """An outside house that works for the agency; of no one client."""

    class Kind(models.TextChoices):
        PRINT = "print", _("Print")
        FILM = "film", _("Film")
        PHOTO = "photo", _("Photo")
        DIGITAL = "digital", _("Digital")
        EVENT = "event", _("Event")
        MEDIA = "media", _("Media")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=120, unique=True, validators=[line_validator])
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PRINT)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[line_validator])
    tax_number = models.CharField(
        _("tax number"), max_length=40, blank=True, validators=[line_validator]
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = SupplierQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ["name"]

    def __str__(self):
        return self.name
