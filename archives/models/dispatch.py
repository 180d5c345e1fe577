from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ClientLink, Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models import OutboxMail
from agency.common.models.base import Row
from archives.models.document import Document

TROUBLED = ("held", "failed", "bounced")
ENDED_BADLY = (*TROUBLED, "void")


class DispatchQuerySet(ScopedQuerySet):
    client_path = "document__client"

    def to_contacts(self):
        return self.filter(contact__isnull=False)

    def troubled(self):
        """Client papers whose mail nobody knows to have arrived (C2)."""
        return self.to_contacts().filter(mail__state__in=TROUBLED)

    def delivered(self):
        """Handed over, and the instant not noted here yet."""
        return self.filter(handed_at__isnull=True, mail__state=OutboxMail.State.HANDED)

    def stuck(self):
        """Ended otherwise than handed over, and that not noted here yet."""
        return self.filter(mail__state__in=ENDED_BADLY).exclude(noted_state=F("mail__state"))


class Dispatch(Row):
    """A paper on its way to one person. Its state is that of its mail."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        FAX = "fax", _("Fax")
        HAND = "hand", _("By hand")
        MESSENGER = "messenger", _("Messenger")

    class Purpose(models.TextChoices):
        FIRST = "first", _("First sending")
        REMINDER = "reminder", _("Reminder")

    document = models.ForeignKey(Document, models.PROTECT, related_name="dispatches")
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="dispatches"
    )
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    address = models.CharField(max_length=254, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.FIRST)
    key = models.CharField(max_length=200, unique=True)
    mail = models.OneToOneField(
        OutboxMail, models.PROTECT, null=True, blank=True, related_name="dispatch"
    )
    queued_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    # The mail's last state read by the clock, so that each end is told once.
    noted_state = models.CharField(max_length=10, blank=True, editable=False)
    link = models.ForeignKey(
        ClientLink, models.PROTECT, null=True, blank=True, related_name="dispatches"
    )

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispatch")
        ordering = ["queued_at", "pk"]
        indexes = [
            models.Index(
                fields=["mail"], condition=Q(handed_at__isnull=True), name="dispatch_on_its_way"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, user__isnull=True)
                | Q(contact__isnull=True, user__isnull=False),
                name="dispatch_to_one_person",
            ),
        ]

    def __str__(self):
        return f"{self.document} → {self.contact or self.user}"

    def get_absolute_url(self):
        return self.document.get_absolute_url()

    @property
    def state(self):
        """handed, queued, held, failed, void or bounced; by hand or fax: handed."""
        return self.mail.state if self.mail else OutboxMail.State.HANDED
