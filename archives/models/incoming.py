from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.scope import scope
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.kinds import Kind
from archives.models.document import Document, kinds_shown_to


class IncomingQuerySet(models.QuerySet):
    def visible_to(self, user, at=None):
        """What one put there oneself, and what came for a client that one files for."""
        if not user.is_authenticated or user.is_admin:
            return self.none()
        clients = scope(user, at)
        if clients is None:
            return self
        mine = Q(owner=user)
        if kinds_shown_to(user) is not None:  # a department files for its own jobs (4.2)
            return self.filter(mine)
        return self.filter(mine | Q(client__in=clients))

    def waiting(self):
        return self.filter(state=Incoming.State.WAITING)

    def unread(self):
        """Waiting, and its text not looked for yet."""
        return self.waiting().filter(read_at__isnull=True)


class Incoming(EditedRow, FormKeyed):
    """A file that came in and is still to be filed: its bytes are kept, its facts are guessed."""

    class Source(models.TextChoices):
        DROP = "drop", _("Dropped here")
        MAIL = "mail", _("Mail")
        CABINET = "cabinet", _("Old cabinet")

    class State(models.TextChoices):
        WAITING = "waiting", _("To be filed")
        FILED = "filed", pgettext_lazy("incoming file", "Filed")
        DISCARDED = "discarded", _("Not kept")

    source = models.CharField(_("came by"), max_length=8, choices=Source)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    name = models.CharField(_("file name"), max_length=160)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    mime = models.CharField(max_length=100, blank=True)
    is_scanned = models.BooleanField(default=False)
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client")
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, blank=True)
    job_number = models.CharField(
        _("job number"), max_length=20, blank=True, validators=[line_validator]
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True, validators=[line_validator])
    text = models.TextField(blank=True, editable=False)
    pages = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # When the text was looked for; empty: the clock has it still to do.
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])

    objects = IncomingQuerySet.as_manager()

    class Meta:
        verbose_name = _("file to be filed")
        verbose_name_plural = _("files to be filed")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="incoming_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(document__isnull=False),
                name="incoming_filed_has_paper",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("archives:incoming_list")
