from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models.document import Document

MOST_PAGES = 999


class LetterQuerySet(ScopedQuerySet):
    def visible_to(self, user, at=None):
        """Letters of one's clients and one's own of the agency; a department sees none (4.1)."""
        if not user.is_authenticated or user.is_department:
            return self.none()
        if user.sees_all_clients:
            return self
        own = Q(client__isnull=True, created_by=user)
        return self.filter(own | Q(pk__in=super().visible_to(user, at).values("pk")))

    def drafts(self):
        return self.filter(state=Letter.State.DRAFT)

    def worded(self, words):
        """Whose number, addressee, subject or text holds each of the words."""
        rows = self
        for word in words.split():
            found = Q(number__icontains=word.replace("-", "/")) | Q(subject__icontains=word)
            found |= Q(to__icontains=word) | Q(company__icontains=word) | Q(body__icontains=word)
            rows = rows.filter(found)
        return rows


class Letter(EditedRow, FormKeyed):
    """A fax (传真) that leaves the house, or a memo (便笺) that stays in it (R68)."""

    class Kind(models.TextChoices):
        FAX = "fax", _("Fax")
        MEMO = "memo", _("Memo")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")

    class Channel(models.TextChoices):
        FAX = "fax", _("Fax")
        MAIL = "mail", _("Mail")
        HAND = "hand", _("By hand")
        MESSENGER = "messenger", _("Messenger")

    class Language(models.TextChoices):
        ZH = "zh", _("Chinese")
        EN = "en", _("English")
        BOTH = "both", _("Both")

    # Empty: a paper of the agency itself, numbered HQ/….
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="letters",
        verbose_name=_("client"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    language = models.CharField(_("language"), max_length=4, choices=Language, default=Language.ZH)
    number = models.CharField(_("number"), max_length=40, blank=True, editable=False)
    to = models.CharField(_("to"), max_length=200, validators=[line_validator])
    company = models.CharField(
        _("company"), max_length=120, blank=True, validators=[line_validator]
    )
    fax_number = models.CharField(
        _("fax number"), max_length=40, blank=True, validators=[line_validator]
    )
    copy = models.CharField(_("copies to"), max_length=200, blank=True, validators=[line_validator])
    job_number = models.CharField(
        _("job number"), max_length=20, blank=True, validators=[line_validator]
    )
    subject = models.CharField(_("subject"), max_length=160, validators=[line_validator])
    body = models.TextField(_("text"), validators=[plain_validator])
    # Of the fax with what is enclosed; empty: its own, counted when it is printed.
    pages = models.PositiveSmallIntegerField(
        _("pages in all"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PAGES)],
    )  # fmt: skip
    wished_on = models.DateField(_("wished by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.DRAFT, editable=False
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    sent_via = models.CharField(_("sent by way of"), max_length=10, choices=Channel, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("paper", "letter")
        verbose_name_plural = pgettext_lazy("paper", "letters")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "-created_at"], name="letter_of_client"),
            models.Index(fields=["-created_at", "-id"], name="letter_by_date"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="letter_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number="", document__isnull=True)
                | ~Q(number="") & Q(state="issued", document__isnull=False),
                name="letter_issued_is_filed",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_via="") | ~Q(sent_via="") & Q(
                    state="issued", sent_at__isnull=False
                ),
                name="letter_sent_is_issued",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.number} {self.subject}".strip()

    def get_absolute_url(self):
        return reverse("archives:letter_detail", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_fax(self):
        return self.kind == self.Kind.FAX
