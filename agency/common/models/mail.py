import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agency.common.models.base import Row


class OutboxMailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=OutboxMail.State.QUEUED)

    def due(self, at):
        """Waiting, and its time has come: the longest due first."""
        return self.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "pk")

    def doubtful(self):
        """Sent, answer not seen: a person decides (C2)."""
        return self.filter(state=OutboxMail.State.HELD)

    def stuck(self):
        """Ended without reaching the recipient, as far as we know."""
        state = OutboxMail.State
        return self.filter(state__in=[state.HELD, state.FAILED, state.BOUNCED])


class OutboxMail(Row):
    """One mail to one recipient, written in the transaction of the verb that wants it sent (C1).

    `key` says what may be sent once. Subject and bodies are frozen; a client link in them is a
    placeholder that settings.MAIL_HOOK fills while sending. `attachments` is a list of
    {"name", "sha256"}, the bytes come from settings.MAIL_ATTACH.
    """

    class Kind(models.TextChoices):
        CLIENT_PAPER = "client_paper", _("Paper for a client")
        INTERNAL = "internal", _("Internal")

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        CLAIMED = "claimed", _("Taken by a sender")
        DATA = "data", _("Being sent")
        HANDED = "handed", _("Handed over")
        FAILED = "failed", _("Failed")
        HELD = "held", _("Sent, answer not seen")
        VOID = "void", _("Not needed any more")
        BOUNCED = "bounced", pgettext_lazy("mail", "Came back")

    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    to = models.CharField(_("to"), max_length=254)
    client_code = models.CharField(_("client"), max_length=6, blank=True)
    contact_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.INTERNAL)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    lease_owner = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # how often the message could not even be put together
    faults = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    handed_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    server_reply = models.TextField(_("answer of the mail server"), blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state="queued"), name="mail_due"
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["claimed", "data"]),
                name="mail_leased",
            ),
            models.Index(
                fields=["client_code"],
                condition=Q(state__in=["held", "failed", "bounced"]),
                name="mail_stuck",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="handed") | Q(handed_at__isnull=False),
                name="mail_handed_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["claimed", "data"])
                | Q(lease_owner__isnull=False, lease_until__isnull=False),
                name="mail_in_hand_has_lease",
            ),
        ]

    @property
    def reply_text(self):
        """Why it stands there: our own words in the reader's language, a server's as it came."""
        return gettext(self.server_reply) if self.server_reply else ""

    def __str__(self):
        return f"{self.subject} → {self.to}"

    @property
    def is_for_client(self):
        return self.kind == self.Kind.CLIENT_PAPER


def new_message_id(host):
    """A Message-ID that stays with the mail through every try, without its angle brackets."""
    return f"{uuid.uuid4()}@{host}"
