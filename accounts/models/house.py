from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.client import MOST_GB
from accounts.models.contract import Terms
from agency.common.context import once
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow
from agency.common.texts import line_validator


class AgencySettings(Terms, EditedRow):
    """The house: what stands in letterheads, and counts where a contract is silent. One row."""

    name = models.CharField(_("name"), max_length=120, default="", validators=[line_validator])
    name_en = models.CharField(
        _("name in English"), max_length=120, blank=True, validators=[line_validator]
    )
    address = models.CharField(
        _("address"), max_length=200, blank=True, validators=[line_validator]
    )
    postcode = models.CharField(
        _("postcode"), max_length=12, blank=True, validators=[line_validator]
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[line_validator])
    fax = models.CharField(_("fax"), max_length=40, blank=True, validators=[line_validator])
    website = models.CharField(_("website"), max_length=80, blank=True, validators=[line_validator])
    tax_number = models.CharField(
        _("tax number"), max_length=40, blank=True, validators=[line_validator]
    )
    bank = models.CharField(_("bank"), max_length=200, blank=True, validators=[line_validator])
    logo_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    quiet_from = models.TimeField(_("quiet from"), default="22:00")
    quiet_to = models.TimeField(_("quiet until"), default="07:30")
    quotes_above = MoneyField(_("three quotes above"), default=Decimal("20000.00"))
    quota_gb = models.PositiveIntegerField(
        _("room for a client's files in GB"),
        default=50,
        validators=[MaxValueValidator(MOST_GB)],
        help_text=_("Uploads that go beyond it are refused; what the house issues never is."),
    )
    group_mail = models.EmailField(_("agency mailbox"), blank=True)
    is_only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("agency settings")
        verbose_name_plural = _("agency settings")
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="agency_settings_one_row")
        ]

    def __str__(self):
        return self.name

    @classmethod
    def load(cls):
        """The one row, made with defaults when there is none yet; asked once a page."""
        return cls.found() or once("house made", cls._made)

    @classmethod
    def found(cls):
        """The row, or None before the first page that wants its terms."""
        return once("house", cls.objects.first)

    @classmethod
    def _made(cls):
        row, is_new = cls.objects.get_or_create(is_only=True)
        if is_new:
            # The defaults of its times are texts until they are read back.
            row.refresh_from_db()
        return row
