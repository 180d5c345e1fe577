from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import Row
from agency.common.texts import plain_validator
from archives.kinds import Kind

# No paper, and yet the client's folder is not complete without it (9.4).
KEY_CONTACT = "key_contact"


def waivable():
    """What a folder may go without, as the choices of a field."""
    return [*Kind.choices, (KEY_CONTACT, _("Key contact"))]


class WaiverQuerySet(ScopedQuerySet):
    def of_folder(self, client):
        """What the client's own folder goes without, whichever the job."""
        return self.filter(client=client, job_number="")

    def of_job(self, client, job_number):
        return self.filter(client=client, job_number=job_number)


class Waiver(Row):
    """What a job, or the client's own folder, may go without: the AM's reason (R40, 9.4).

    job_number: empty for the client's folder.
    """

    client = models.ForeignKey(Client, models.PROTECT, related_name="waivers")
    job_number = models.CharField(max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=waivable)
    reason = models.TextField(_("reason"), validators=[plain_validator])
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "job_number", "kind"], name="waiver_once_a_paper"
            )
        ]

    def __str__(self):
        return f"{self.job_number} {self.get_kind_display()}".strip()
