import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import Row


def new_token():
    return secrets.token_hex(16)


class FolderPackQuerySet(ScopedQuerySet):
    def unready(self):
        return self.filter(ready_at__isnull=True)


class FolderPack(Row):
    """A large folder asked for as one ZIP: the clock packs it, piece by piece, for one person.

    The file lies beside the store on this machine under `token`, for some days.
    """

    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    job_number = models.CharField(max_length=20, blank=True)
    show = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, default=new_token, editable=False)
    # The last paper that is in the ZIP, and those whose files were not whole.
    done = models.BigIntegerField(default=0, editable=False)
    lost = models.JSONField(default=list, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)

    objects = FolderPackQuerySet.as_manager()

    class Meta:
        verbose_name = _("packed folder")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "job_number", "show", "by"],
                condition=models.Q(ready_at__isnull=True),
                name="folder_pack_asked_once",
            )
        ]

    def __str__(self):
        return f"{self.client.code} {self.job_number}".strip()
