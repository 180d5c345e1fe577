from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Brand, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models.document import Document


class BrainstormQuerySet(ScopedQuerySet):
    client_path = "brand__client"

    def unrecorded(self):
        return self.filter(document__isnull=True)

    def notice_due(self, at):
        return self.unrecorded().filter(next_notice_at__lte=at)


class Brainstorm(EditedRow, FormKeyed):
    """People, a question, ideas: its record is the most complete trace of the brand (R43)."""

    brand = models.ForeignKey(Brand, models.PROTECT, related_name="brainstorms")
    job_number = models.CharField(
        _("job number"), max_length=20, blank=True, validators=[line_validator]
    )
    on = models.DateTimeField(_("begins"))
    ended_at = models.DateTimeField(_("ends"))
    chair = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("chair"))
    # Why somebody below the account manager has the chair (R82, R83).
    chair_reason = models.TextField(
        _("reason for this chair"), blank=True, validators=[plain_validator]
    )
    people = models.ManyToManyField(User, related_name="brainstorms", verbose_name=_("people"))
    question = models.TextField(_("question"), validators=[plain_validator])
    next_step = models.TextField(_("next step"), blank=True, validators=[plain_validator])
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="brainstorms"
    )
    # Empty while the record is being written, and again while it is being corrected.
    filed_at = models.DateTimeField(_("record filed"), null=True, blank=True)
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BrainstormQuerySet.as_manager()

    class Meta:
        verbose_name = _("brainstorm")
        verbose_name_plural = _("brainstorms")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["brand", "-on"], name="brainstorm_of_brand"),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(document__isnull=True),
                name="brainstorm_unrecorded",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gt=F("on")),
                name="brainstorm_ends_after_it_begins",
                violation_error_message=_("The end lies before the beginning."),
                violation_error_code="ended_at",
            ),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | Q(document__isnull=False),
                name="brainstorm_filed_has_paper",
            ),
        ]

    def __str__(self):
        return self.question.strip().splitlines()[0][:80] if self.question.strip() else ""

    def get_absolute_url(self):
        return reverse("archives:brainstorm_detail", args=[self.pk])


class IdeaQuerySet(ScopedQuerySet):
    client_path = "brainstorm__brand__client"


class Idea(EditedRow, FormKeyed):
    """Recorded under the name of whoever had it (R74)."""

    brainstorm = models.ForeignKey(Brainstorm, models.PROTECT, related_name="ideas")
    by = models.ForeignKey(User, models.PROTECT, related_name="ideas", verbose_name=_("whose"))
    text = models.TextField(_("idea"), validators=[plain_validator])
    is_chosen = models.BooleanField(_("chosen"), default=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:80]
