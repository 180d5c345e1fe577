from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.contact import Contact
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import plain_validator


class ContactNoteQuerySet(ScopedQuerySet):
    client_path = "contact__client"

    def spoken(self):
        """What was said from person to person; a letter is not spoken."""
        return self.exclude(channel=ContactNote.Channel.WRITTEN)


class ContactNote(EditedRow, FormKeyed):
    """What was talked about with a contact, and when: the team may read it (R75)."""

    class Channel(models.TextChoices):
        MEET = "meet", pgettext_lazy("contact note", "Met")
        CALL = "call", pgettext_lazy("contact note", "Phoned")
        WRITTEN = "written", pgettext_lazy("contact note", "Written")
        SOCIAL = "social", pgettext_lazy("contact note", "Social occasion")

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="talks")
    on = models.DateField(_("day"))
    channel = models.CharField(_("how"), max_length=8, choices=Channel)
    text = models.TextField(_("what it was about"), validators=[plain_validator])

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact note")
        verbose_name_plural = _("contact notes")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["contact", "-on"], name="note_of_contact")]

    def __str__(self):
        return f"{self.contact} {self.on}"

    def get_absolute_url(self):
        return reverse("accounts:contact_detail", args=[self.contact_id])
