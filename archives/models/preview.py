from django.db import models
from django.db.models import Q

from agency.common.models.base import Row
from archives.models.document import Document


class Preview(Row):
    """What a filed paper looks like, drawn by us: the bytes lie in the store like a paper's."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="preview")
    # Empty: nothing could be drawn, and it is not tried again.
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "preview"
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="") | Q(width__gt=0, height__gt=0), name="preview_has_size"
            )
        ]

    def __str__(self):
        return self.sha256[:12]
