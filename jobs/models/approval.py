from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact, User
from agency.common.fields import MoneyField
from agency.common.models.base import Row
from agency.common.texts import plain_validator


class Approval(Row):
    """One signature of the chain author → manager → director → client (Z12); insert only."""

    class Step(models.TextChoices):
        MANAGER = "manager", _("Account manager")
        DIRECTOR = "director", _("Director's office")
        DIRECTOR2 = "director2", _("Second director")
        CLIENT = "client", _("Client")

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    step = models.CharField(_("step"), max_length=10, choices=Step)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    behalf_of = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    control_total = MoneyField(_("control total"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(reason=""),
                name="%(class)s_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(step="client", contact__isnull=False)
                | (~Q(step="client") & Q(by__isnull=False, contact__isnull=True)),
                name="%(class)s_by_who_may",
            ),
        ]

    def __str__(self):
        return f"{self.get_step_display()}: {self.get_decision_display()}"

    @property
    def person(self):
        return self.contact or self.by
