from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.scope import ScopedQuerySet, local_day, on_day
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator

RESERVED_CODE = "HQ"
MOST_GB = 100_000


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

    def served_by(self, user, at):
        """Clients the person is assigned to today, without those he stands in for."""
        day = local_day(at)
        return self.filter(on_day(day, "assignments__"), assignments__user=user)

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
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROSPECT)
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
    quota_gb = models.PositiveIntegerField(
        _("room for files in GB"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_GB)],
        help_text=_("Empty: as in the agency settings."),
    )
    no_media = models.BooleanField(_("no media work"), default=False)
    health_note = models.TextField(
        _("note on the account"), blank=True, validators=[plain_validator]
    )

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2,6}$"), name="client_code_form"
            ),
            models.CheckConstraint(
                condition=~Q(code=RESERVED_CODE),
                name="client_code_not_house",
                violation_error_message=_("This code is the agency's own."),
                violation_error_code="code",
            ),
            models.CheckConstraint(
                condition=Q(fiscal_start_month__gte=1, fiscal_start_month__lte=12),
                name="client_fiscal_month",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("accounts:client_detail", args=[self.pk])

    @property
    def is_closed(self):
        return self.status == self.Status.CLOSED

    def get_display_name(self, language):
        return self.name_en if language == "en" and self.name_en else self.name
