from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow
from agency.common.texts import plain_validator
from archives.models.document import Document


class SignedReportQuerySet(ScopedQuerySet):
    def issued(self):
        return self.filter(state=SignedReport.State.ISSUED)

    def unissued(self):
        return self.filter(state__in=SignedReport.UNISSUED)

    def notice_due(self, at):
        return self.unissued().filter(next_notice_at__lte=at)

    def in_time(self):
        return self.filter(revision=1, issued_at__lte=F("due_at"))

    def late(self, at):
        """Issued after the due time, or not issued and past it."""
        return self.filter(
            Q(issued_at__gt=F("due_at")) | Q(issued_at__isnull=True, due_at__lt=at), revision=1
        )


class SignedReport(EditedRow):
    """A report that AE and AM make together: the AE signs it, then another person (3.4, 3.13)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", pgettext_lazy("monthly report", "With the account manager")
        SIGNED = "signed", _("Signed")
        ISSUED = "issued", pgettext_lazy("monthly report", "Issued")
        SUPERSEDED = "superseded", _("Superseded")

    UNISSUED = (State.DRAFT, State.SUBMITTED, State.SIGNED)

    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    due_at = models.DateTimeField(_("due"))
    # [{field, old, new}] of what the account manager changed after the AE's signature.
    corrections = models.JSONField(default=list, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    late_reason = models.TextField(_("late reason"), blank=True, validators=[plain_validator])
    return_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    # Why a revision takes the place of the one before it.
    revise_reason = models.TextField(
        _("reason of the revision"), blank=True, validators=[plain_validator]
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    internal_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    PERIOD = ()  # the fields that say what it is about: a client has one report of each

    class Meta:
        abstract = True

    @property
    def revisions(self):
        """All of the same client and period, this one among them."""
        period = {name: getattr(self, name) for name in self.PERIOD}
        return type(self).objects.filter(client=self.client_id, **period)

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_first(self):
        """A revision has no due time of its own: punctual is who issued the first in time."""
        return self.revision == 1

    @property
    def state_tone(self):
        return {"issued": "green", "signed": "amber"}.get(self.state)

    def is_late(self, at):
        """Not issued by its due time, or not yet and that time has passed (5.4)."""
        return self.is_first and (self.issued_at or at) > self.due_at


def signed_constraints(name):
    """What holds for every report of this kind; `name` stands before each constraint's."""
    return [
        models.CheckConstraint(
            condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("author")),
            name=f"{name}_signed_by_another",
        ),
        models.CheckConstraint(
            condition=~Q(state__in=["issued", "superseded"])
            | Q(
                signed_by__isnull=False,
                issued_at__isnull=False,
                document__isnull=False,
                internal_document__isnull=False,
            ),
            name=f"{name}_issued_is_whole",
        ),
    ]
