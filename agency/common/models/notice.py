from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.common.models.base import Row
from agency.common.models.mail import OutboxMail


class NotificationQuerySet(models.QuerySet):
    def of(self, user):
        """What the person is shown; dropped slots never are (5.5)."""
        return self.filter(recipient=user, is_dropped=False)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def about(self, subject):
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def undigested(self):
        """Told in the page, its mail still to come in the one mail after a standstill (5.5)."""
        return self.filter(awaits_digest=True, mail__isnull=True)


class Notification(Row):
    """A notice to one person, once for its key. Written by `notify()` alone."""

    class Level(models.TextChoices):
        INFO = "info", _("For information")
        REMIND = "remind", _("Reminder")
        BREACH = "breach", _("Overdue")
        ESCALATION = "escalation", _("Escalation")

    key = models.CharField(max_length=200, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications"
    )
    client_code = models.CharField(_("client"), max_length=6, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(_("what"), max_length=200)
    path = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.INFO)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mail = models.ForeignKey(
        OutboxMail, models.PROTECT, null=True, blank=True, related_name="notifications"
    )
    is_dropped = models.BooleanField(default=False)
    awaits_digest = models.BooleanField(default=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_of_person"),
            models.Index(fields=["subject_type", "subject_id"], name="notice_about"),
            models.Index(
                fields=["recipient"],
                condition=Q(awaits_digest=True, mail__isnull=True),
                name="notice_undigested",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def is_late(self):
        return self.level in (self.Level.BREACH, self.Level.ESCALATION)
