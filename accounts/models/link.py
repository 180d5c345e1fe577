from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.contact import Contact
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import Row


class ClientLinkQuerySet(ScopedQuerySet):
    client_path = "contact__client"

    def open(self):
        return self.filter(state=ClientLink.State.OPEN)

    def of(self, subject):
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class ClientLink(Row):
    """A door for one contact to one paper, without an account (C9, C10, domain.md 3.10)."""

    class Purpose(models.TextChoices):
        SIGN = "sign", _("Sign")
        RETURN = "return", _("Return")
        TOPICS = "topics", _("Topics")
        VIEW = "view", _("View")
        TIMELINE = "timeline", _("Timeline")
        FACTS = "facts", _("Facts")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        USED = "used", _("Used")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Revoked")

    subject_type = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="links")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    expires_at = models.DateTimeField(_("expires"))
    needs_code = models.BooleanField(default=False)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_passed_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)
    ip = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)

    objects = ClientLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("client link")
        verbose_name_plural = _("client links")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="link_of_subject"),
            models.Index(fields=["expires_at"], condition=Q(state="open"), name="link_open_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose__in=["sign", "return"]) | ~Q(sha256=""),
                name="link_binds_to_what_is_shown",
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} · {self.contact}"


class LinkToken(models.Model):
    """One mail, one token; only its hash is kept, so no live token is ever stored (C9)."""

    link = models.ForeignKey(ClientLink, models.PROTECT, related_name="tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    minted_at = models.DateTimeField()

    class Meta:
        ordering = ["minted_at"]

    def __str__(self):
        return f"{self.link} {self.minted_at:%Y-%m-%d %H:%M}"
