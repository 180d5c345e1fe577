"""What every table has (domain.md section 2)."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Row(models.Model):
    """When and by whom the row was made; nobody means the system."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


class EditedRow(Row):
    """A row edited on a screen: the form carries the version it was shown with (C7)."""

    row_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class FormKeyed(models.Model):
    """A row made by a form: the same form sent twice makes one row (B2)."""

    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        abstract = True
