from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Brand, User
from accounts.models.scope import ScopedQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models.ad import Ad
from archives.models.competitor import Competitor
from archives.models.document import Document


class ObservationQuerySet(ScopedQuerySet):
    client_path = "brand__client"

    def of_client(self, client):
        return self.filter(brand__client=client)

    def between(self, first, last):
        """Of these days, both inclusive, in the order of the days."""
        return self.filter(on__range=(first, last)).order_by("on", "pk")

    def evidenced(self):
        """With something of the archive to show (R49)."""
        return self.filter(Q(document__isnull=False) | Q(ad__isnull=False))

    def beside(self):
        """With what a row of a list shows."""
        return self.select_related(
            "brand__client", "competitor", "document", "ad", "seen_by"
        ).defer("document__text")


class Observation(EditedRow, FormKeyed):
    """What somebody has seen of a brand's market or of a competitor, on any day (R48)."""

    class Kind(models.TextChoices):
        MARKET = "market", pgettext_lazy("observation", "Market")
        PRICE = "price", pgettext_lazy("observation", "Price")
        LAUNCH = "launch", pgettext_lazy("observation", "Launch")
        CAMPAIGN = "campaign", pgettext_lazy("observation", "Campaign")
        MEDIA = "media", pgettext_lazy("observation", "Media")
        PRESS = "press", pgettext_lazy("observation", "Press")

    brand = models.ForeignKey(
        Brand, models.PROTECT, related_name="observations", verbose_name=_("brand")
    )
    competitor = models.ForeignKey(
        Competitor, models.PROTECT, null=True, blank=True, related_name="observations"
    )
    on = models.DateField(pgettext_lazy("observation", "on"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(pgettext_lazy("observation", "text"), validators=[plain_validator])
    source = models.CharField(_("source"), max_length=120, validators=[line_validator])
    spend = MoneyField(_("estimated spend"), null=True, blank=True)
    ad = models.ForeignKey(Ad, models.PROTECT, null=True, blank=True, related_name="observations")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="observations"
    )
    seen_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["brand", "-on"], name="observation_of_brand")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="observation_has_text"),
            models.CheckConstraint(condition=~Q(source=""), name="observation_has_source"),
            models.CheckConstraint(
                condition=Q(spend__isnull=True) | Q(spend__gte=0), name="observation_spend_positive"
            ),
        ]

    def __str__(self):
        return f"{self.about}: {self.text}"[:80]

    def get_absolute_url(self):
        return reverse("archives:observation_detail", args=[self.pk])

    @property
    def client(self):
        return self.brand.client

    @property
    def about(self):
        """Whom it is about: the competitor, or the market of the brand."""
        return self.competitor or self.brand

    @property
    def shown(self):
        """What of the archive shows it: a paper or an ad."""
        return self.document or self.ad

    @property
    def has_evidence(self):
        return bool(self.document_id or self.ad_id)
