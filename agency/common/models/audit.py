from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntryQuerySet(models.QuerySet):
    def of(self, subject):
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class AuditEntry(models.Model):
    """Who did what to what, and when: one chain, insert only (C12). Written by `audit()` alone."""

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("on behalf of"),
    )
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    client_code = models.CharField(_("client"), max_length=6, blank=True)
    verb = models.CharField(_("act"), max_length=40)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    label = models.CharField(_("what"), max_length=200)
    changes = models.JSONField(_("changes"), default=dict)
    ip = models.GenericIPAddressField(_("address"), null=True)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_of_subject"),
            models.Index(fields=["client_code", "-id"], name="audit_of_client"),
        ]

    def __str__(self):
        return f"{self.verb} {self.label}"
