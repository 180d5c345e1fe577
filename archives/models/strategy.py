from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Brand, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import plain_validator
from archives.models.competitor import Competitor
from archives.models.document import Document


class StrategyEntryQuerySet(ScopedQuerySet):
    client_path = "brand__client"

    def counting(self):
        """What is or was in force: a summary counts once it is signed (R82)."""
        return self.filter(~Q(kind=StrategyEntry.Kind.SUMMARY) | Q(signed_at__isnull=False))

    def unsigned(self):
        """Summaries that wait for the AD; the next draft took the place of an older one."""
        return self.filter(kind=StrategyEntry.Kind.SUMMARY, is_waiting=True)

    def notice_due(self, at):
        return self.unsigned().filter(next_notice_at__lte=at)


class StrategyEntry(EditedRow, FormKeyed):
    """What was true of a brand from a day on (R42). A new entry follows; old words stay."""

    class Kind(models.TextChoices):
        FACTS = "facts", pgettext_lazy("strategy entry", "Facts")
        KEY_POINTS = "key_points", _("Key points")
        DEVELOPMENT = "development", _("Development strategy")
        CREATIVE = "creative", _("Creative strategy")
        SUMMARY = "summary", _("Brand strategy summary")
        COMPETITOR_CREATIVE = "competitor_creative", _("Competitor's creative strategy")

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="strategy")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    competitor = models.ForeignKey(
        Competitor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="strategy",
        verbose_name=_("competitor"),
    )
    valid_from = models.DateField(_("in force from"))
    text = models.TextField(pgettext_lazy("strategy entry", "words"), validators=[plain_validator])
    documents = models.ManyToManyField(
        Document, related_name="strategy", blank=True, verbose_name=_("papers")
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    # A summary from its draft until it is signed or another draft takes its place.
    is_waiting = models.BooleanField(default=False, editable=False)
    # When the summary is to be signed by.
    due_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StrategyEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy entry")
        verbose_name_plural = _("strategy entries")
        ordering = ["-valid_from", "-pk"]
        indexes = [
            models.Index(fields=["brand", "-valid_from", "-id"], name="strategy_of_brand"),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(is_waiting=True),
                name="strategy_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["brand"],
                condition=Q(is_waiting=True),
                name="strategy_one_draft_a_brand",
            ),
            models.CheckConstraint(
                condition=Q(kind="competitor_creative", competitor__isnull=False)
                | (~Q(kind="competitor_creative") & Q(competitor__isnull=True)),
                name="strategy_of_competitor_names_it",
                violation_error_message=_("Name the competitor whose creative strategy it is."),
                violation_error_code="competitor",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(kind="summary", signed_by__isnull=False, signed_at__isnull=False),
                name="strategy_signed_is_summary",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("author")),
                name="strategy_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(is_waiting=False) | Q(kind="summary", signed_by__isnull=True),
                name="strategy_waiting_is_unsigned_summary",
            ),
        ]

    def __str__(self):
        return f"{self.subject} · {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("archives:strategy_detail", args=[self.pk])

    @property
    def subject(self):
        """Whose strategy it is: the brand's or a competitor's."""
        return self.competitor or self.brand

    @property
    def is_summary(self):
        return self.kind == self.Kind.SUMMARY

    @property
    def counts(self):
        return not self.is_summary or self.signed_at is not None

    @property
    def slot(self):
        """Of each the newest is in force: a kind, or a competitor's creative strategy."""
        return (self.kind, self.competitor_id)
