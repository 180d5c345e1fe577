from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow
from agency.common.texts import plain_validator
from archives.models.competitor import Competitor
from archives.models.observation import Observation
from archives.models.signed import SignedReport, SignedReportQuerySet, signed_constraints


class QuarterlyQuerySet(MoneyQuerySet, SignedReportQuerySet):
    """A department sees none (4.2)."""


class QuarterlyReport(SignedReport):
    """The market and competitor report (市场及竞争季报) of a client's quarter (R48, R49, 3.13)."""

    PERIOD = ("year", "quarter")
    TEXTS = ("market", "meaning", "proposal", "note_internal")
    PARTS = ("market", "meaning", "proposal")

    client = models.ForeignKey(Client, models.PROTECT, related_name="quarterly_reports")
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    market = models.TextField(_("the market"), blank=True, validators=[plain_validator])
    meaning = models.TextField(_("what it means"), blank=True, validators=[plain_validator])
    proposal = models.TextField(_("what we propose"), blank=True, validators=[plain_validator])
    note_internal = models.TextField(_("internal note"), blank=True, validators=[plain_validator])

    objects = QuarterlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly report")
        verbose_name_plural = _("quarterly reports")
        ordering = ["-year", "-quarter", "client", "-revision"]
        indexes = [
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="quarterly_next_notice",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "year", "quarter", "revision"], name="quarterly_revision_once"
            ),
            models.UniqueConstraint(
                fields=["client", "year", "quarter"],
                condition=Q(state__in=["draft", "submitted", "signed"]),
                name="quarterly_one_unissued",
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="quarterly_1_to_4"),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    Q(author__isnull=False, submitted_at__isnull=False)
                    & ~Q(market="")
                    & ~Q(meaning="")
                    & ~Q(proposal="")
                ),
                name="quarterly_submitted_is_whole",
            ),
            *signed_constraints("quarterly"),
        ]

    def __str__(self):
        name = self.number or f"{self.client.code} {self.period}"
        return f"{name}/R{self.revision}" if self.revision > 1 else name

    def get_absolute_url(self):
        return reverse("archives:quarterly_detail", args=[self.pk])

    @property
    def period(self):
        """2026-Q3."""
        return f"{self.year}-Q{self.quarter}"


class CompetitorRow(EditedRow):
    """What one competitor did in the quarter, and what of the archive shows it (R49)."""

    TEXTS = ("campaign", "media", "message")

    report = models.ForeignKey(QuarterlyReport, models.CASCADE, related_name="rows")
    competitor = models.ForeignKey(Competitor, models.PROTECT, related_name="+")
    campaign = models.TextField(_("campaign"), blank=True, validators=[plain_validator])
    media = models.TextField(_("media"), blank=True, validators=[plain_validator])
    message = models.TextField(
        pgettext_lazy("competitor", "message"), blank=True, validators=[plain_validator]
    )
    spend = MoneyField(_("estimated spend"), null=True, blank=True)
    observations = models.ManyToManyField(Observation, related_name="rows", blank=True)
    nothing_seen = models.BooleanField(_("nothing seen"), default=False)

    class Meta:
        verbose_name = _("competitor in a quarterly report")
        verbose_name_plural = _("competitors in a quarterly report")
        ordering = ["competitor__brand__name", "competitor__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "competitor"], name="competitor_row_once"),
            models.CheckConstraint(
                condition=Q(spend__isnull=True) | Q(spend__gte=0), name="competitor_row_spend"
            ),
        ]

    def __str__(self):
        return str(self.competitor)
