from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.scope import ScopedQuerySet, on_day
from agency.common.fields import MoneyField, RateField
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator

RESERVED_CODE = "HQ"


class AccountGroup(EditedRow):
    """A group of clients headed by a GAD (R91)."""

    name = models.CharField(_("name"), max_length=60, unique=True, validators=[line_validator])
    head = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name=_("head"), related_name="groups_headed"
    )

    class Meta:
        verbose_name = _("account group")
        verbose_name_plural = _("account groups")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ClientQuerySet(ScopedQuerySet):
    client_path = "pk"

    def at_work(self):
        return self.filter(status__in=[Client.Status.PROSPECT, Client.Status.ACTIVE])

    def archived(self):
        return self.filter(status=Client.Status.CLOSED)


class Client(EditedRow, FormKeyed):
    """A client of the agency with the terms of dealing that are the client's own."""

    class Status(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        ACTIVE = "active", _("Active")
        RESTING = "resting", _("Resting")
        CLOSED = "closed", _("Closed")

    class PaperLanguage(models.TextChoices):
        ZH = "zh", _("Chinese")
        EN = "en", _("English")
        BOTH = "both", _("Both languages")

    class ReportClock(models.TextChoices):
        ELAPSED = "elapsed", _("24 hours, weekends included")
        WORKING = "working", _("24 hours of working days")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    code = models.CharField(
        _("code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,6}$", _("Two to six capital letters."))],
        help_text=_("Two to six capital letters; stands in every paper's number, never changed."),
    )
    name = models.CharField(_("name"), max_length=120, unique=True, validators=[line_validator])
    name_en = models.CharField(
        _("name in English"), max_length=120, blank=True, validators=[line_validator]
    )
    sector = models.CharField(_("sector"), max_length=60, blank=True, validators=[line_validator])
    group = models.ForeignKey(
        AccountGroup, models.PROTECT, verbose_name=_("account group"), related_name="clients"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PROSPECT
    )
    timezone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="CNY",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters."))],
    )
    paper_language = models.CharField(
        _("language of papers"), max_length=4, choices=PaperLanguage, default=PaperLanguage.ZH
    )
    report_clock = models.CharField(
        _("clock of the contact report"),
        max_length=8,
        choices=ReportClock,
        default=ReportClock.ELAPSED,
        help_text=_("Counts for meetings that end after the change."),
    )
    # When report_clock was last changed: a meeting that ended earlier keeps the other one (Z1).
    report_clock_since = models.DateTimeField(null=True, blank=True, editable=False)
    status_weekday = models.PositiveSmallIntegerField(
        _("weekly report on"), choices=Weekday, default=Weekday.FRIDAY
    )
    status_time = models.TimeField(_("weekly report at"), default="17:00")
    fiscal_start_month = models.PositiveSmallIntegerField(
        _("fiscal year starts in month"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    sign_needs_code = models.BooleanField(_("signing needs a mailed code"), default=True)
    return_needs_code = models.BooleanField(_("returning needs a mailed code"), default=False)
    sign_expiry_days = models.PositiveSmallIntegerField(_("days to sign"), default=14)
    director_limit = MoneyField(
        _("limit above which a second director signs"), null=True, blank=True
    )
    no_media = models.BooleanField(_("no media work"), default=False)
    health_note = models.TextField(_("note on the account"), blank=True, validators=[plain_validator])

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{2,6}$"), name="client_code_form"),
            models.CheckConstraint(condition=~Q(code=RESERVED_CODE), name="client_code_not_house"),
            models.CheckConstraint(
                condition=Q(fiscal_start_month__gte=1, fiscal_start_month__lte=12),
                name="client_fiscal_month",
            ),
        ]

    def __str__(self):
        return self.name

    def get_display_name(self, language):
        return self.name_en if language == "en" and self.name_en else self.name


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


class ContractQuerySet(ScopedQuerySet):
    def covering(self, day):
        """In force on the day; the one with the latest start first."""
        return self.filter(on_day(day), is_archived=False).order_by("-starts_on", "-pk")


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
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="contract_days_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class AgencySettings(Terms, EditedRow):
    """The house: what stands in letterheads, and what counts where a contract is silent. One row."""

    name = models.CharField(_("name"), max_length=120, default="", validators=[line_validator])
    name_en = models.CharField(
        _("name in English"), max_length=120, blank=True, validators=[line_validator]
    )
    address = models.CharField(_("address"), max_length=200, blank=True, validators=[line_validator])
    postcode = models.CharField(_("postcode"), max_length=12, blank=True, validators=[line_validator])
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
        """The one row, made with defaults when there is none yet."""
        row, _created = cls.objects.get_or_create(is_only=True)
        return row


class Brand(EditedRow, FormKeyed):
    client = models.ForeignKey(Client, models.PROTECT, related_name="brands")
    name = models.CharField(_("name"), max_length=80, validators=[line_validator])
    name_en = models.CharField(
        _("name in English"), max_length=80, blank=True, validators=[line_validator]
    )
    category = models.CharField(_("category"), max_length=60, blank=True, validators=[line_validator])
    is_active = models.BooleanField(_("active"), default=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["client", "name"], name="brand_name_once_a_client")
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
            models.UniqueConstraint(fields=["brand", "name"], name="product_name_once_a_brand")
        ]

    def __str__(self):
        return self.name
