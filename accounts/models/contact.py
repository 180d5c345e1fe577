from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.client import Client
from accounts.models.scope import ScopedQuerySet
from accounts.models.user import User
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator


class ContactQuerySet(ScopedQuerySet):
    def active(self):
        return self.filter(is_active=True)

    def reachable(self):
        """May be written to: active, with an e-mail address."""
        return self.active().exclude(email="")


class Contact(EditedRow, FormKeyed):
    """A person at the client (联络人). Has no account: acts by link only (3.10)."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="contacts")
    name = models.CharField(
        pgettext_lazy("person", "name"), max_length=60, validators=[line_validator]
    )
    address_as = models.CharField(
        _("form of address"),
        max_length=40,
        validators=[line_validator],
        help_text=_("As one speaks to this person, e.g. 陈总."),
    )
    title = models.CharField(
        pgettext_lazy("person", "title"), max_length=60, blank=True, validators=[line_validator]
    )
    department = models.CharField(
        _("department"), max_length=60, blank=True, validators=[line_validator]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    mobile = models.CharField(_("mobile"), max_length=30, blank=True, validators=[line_validator])
    fax = models.CharField(_("fax"), max_length=30, blank=True, validators=[line_validator])
    messenger = models.CharField(
        _("messenger"), max_length=60, blank=True, validators=[line_validator]
    )
    language = models.CharField(
        _("language"), max_length=2, choices=User.Language, default=User.Language.ZH
    )
    is_key = models.BooleanField(_("key contact"), default=False)
    can_sign = models.BooleanField(_("may sign"), default=False)
    sign_limit = MoneyField(
        _("signs up to"), null=True, blank=True, help_text=_("Empty means no limit.")
    )
    gets_reports = models.BooleanField(_("gets contact reports"), default=True)
    gets_status = models.BooleanField(_("gets weekly status reports"), default=False)
    gets_budget = models.BooleanField(_("gets monthly budget reports"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    ended_on = models.DateField(pgettext_lazy("person", "ended on"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True, validators=[plain_validator])

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-is_active", "-is_key", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(can_sign=False) | ~Q(email=""),
                name="contact_signer_has_email",
                violation_error_message=_("Who may sign needs an e-mail address."),
                violation_error_code="email",
            ),
            models.UniqueConstraint(
                fields=["client", "email"],
                condition=~Q(email=""),
                name="contact_email_once_a_client",
                violation_error_message=_("Another contact of this client has this address."),
                violation_error_code="email",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("accounts:contact_detail", args=[self.pk])
