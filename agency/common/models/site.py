import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.common.models.base import Row

STOPPED_AFTER = timedelta(minutes=3)
DOWN_AFTER = timedelta(hours=1)
KEPT = timedelta(days=90)


class Instance(Row):
    """This site. One row: a restored copy gets a new id and a paused outbox (B5)."""

    is_only = models.BooleanField(default=True, unique=True, editable=False)
    instance_id = models.UUIDField(default=uuid.uuid4, editable=False)
    site_url = models.CharField(_("address of the site"), max_length=200)
    mail_paused = models.BooleanField(_("mail paused"), default=False)
    clock_trusted_at = models.DateTimeField(null=True, blank=True)
    clock_trusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.CheckConstraint(condition=models.Q(is_only=True), name="instance_one_row")
        ]

    def __str__(self):
        return self.site_url

    @classmethod
    def load(cls):
        """The one row, made when there is none yet."""
        row, _created = cls.objects.get_or_create(
            is_only=True, defaults={"site_url": settings.SITE_URL}
        )
        return row

    @property
    def may_send(self):
        """Not paused, and not a copy under another address. In development the port may change."""
        at_home = self.site_url == settings.SITE_URL or settings.DEBUG
        return at_home and not self.mail_paused


class RateCount(models.Model):
    """A bucket of tokens: in the database, so that an emptied cache resets nothing (C19)."""

    key = models.CharField(max_length=120, unique=True)
    tokens = models.DecimalField(max_digits=12, decimal_places=3)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("rate count")
        verbose_name_plural = _("rate counts")

    def __str__(self):
        return self.key


class HeartbeatQuerySet(models.QuerySet):
    def newest(self):
        return self.order_by("-at").first()

    def stopped_since(self, at):
        """Since when the clock stands still; None while it beats (C4)."""
        last = self.filter(at__lte=at).newest()
        if last:
            return last.at if at - last.at > STOPPED_AFTER else None
        site = Instance.objects.first()
        return site.created_at if site and at - site.created_at > STOPPED_AFTER else None

    def downtime(self, start, end):
        """How long the system was down between the two instants: gaps of over an hour (5.5)."""
        before = self.filter(at__lte=start).newest()
        beats = list(
            self.filter(at__gt=start, at__lt=end).order_by("at").values_list("at", flat=True)
        )
        if before:
            beats.insert(0, before.at)
        if not beats:
            return timedelta(0)
        gaps = zip(beats, [*beats[1:], end], strict=True)
        lost = (until - max(since, start) for since, until in gaps if until - since > DOWN_AFTER)
        return sum(lost, timedelta(0))

    def outdated(self, at):
        return self.filter(at__lt=at - KEPT)


class Heartbeat(models.Model):
    """One beat of the clock on one host. `is_good`: its time could be trusted (B1)."""

    at = models.DateTimeField(_("at"))
    host = models.CharField(_("host"), max_length=100)
    boot_id = models.CharField(max_length=40, blank=True)
    boot_s = models.DecimalField(max_digits=14, decimal_places=3)
    db_gap_s = models.DecimalField(max_digits=14, decimal_places=3)
    backlog = models.PositiveIntegerField(default=0)
    oldest_due = models.DateTimeField(null=True, blank=True)
    is_good = models.BooleanField(default=True)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["at", "host"], name="heartbeat_once_an_instant")
        ]

    def __str__(self):
        return f"{self.host} {self.at:%Y-%m-%d %H:%M}"
