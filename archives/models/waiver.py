from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import Row
from agency.common.texts import plain_validator
from archives.kinds import Kind


class Waiver(Row):
    """A paper a job may go without: the AM's reason (R40, 9.4)."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="waivers")
    job_number = models.CharField(max_length=20)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    reason = models.TextField(_("reason"), validators=[plain_validator])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "job_number", "kind"], name="waiver_once_a_paper"
            )
        ]

    def __str__(self):
        return f"{self.job_number} {self.get_kind_display()}"
