from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.scope import ScopedQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, Row
from agency.common.texts import plain_validator
from archives.models import Ad, Document
from jobs.models.brief import Department
from jobs.models.job import Job


class CompletionFormQuerySet(ScopedQuerySet):
    client_path = "job__client"


class CompletionForm(EditedRow):
    """The completion form (工作完成表): its approval closes the job (3.11)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")

    job = models.OneToOneField(Job, models.PROTECT, related_name="completion")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    delivered_on = models.DateField(_("delivered on"))
    ads = models.ManyToManyField(Ad, related_name="+", blank=True)
    no_ad_reason = models.TextField(
        _("reason without an ad"), blank=True, validators=[plain_validator]
    )
    signed_total = MoneyField(_("signed"), default=0)
    cost_total = MoneyField(_("cost"), default=0)
    deviation = models.TextField(
        _("why the cost is above the estimate"), blank=True, validators=[plain_validator]
    )
    unbilled_reason = models.TextField(
        _("reason without an invoice"), blank=True, validators=[plain_validator]
    )
    lessons = models.TextField(_("lessons"), blank=True, validators=[plain_validator])
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    returned_reason = models.TextField(blank=True, validators=[plain_validator])
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CompletionFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("completion form")
        verbose_name_plural = _("completion forms")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="completion_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="completion_approved_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{_('Completion form')} {self.job}"

    def get_absolute_url(self):
        return reverse("jobs:completion_detail", args=[self.job_id])

    @property
    def client(self):
        return self.job.client


class CoopRating(Row):
    """How a department found the cooperation on a closed job: 1 to 5, with words (R75)."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="ratings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    department = models.CharField(_("department"), max_length=10, choices=Department)
    stars = models.PositiveSmallIntegerField(_("stars"))
    words = models.TextField(_("words"), blank=True, validators=[plain_validator])

    class Meta:
        verbose_name = _("cooperation rating")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "by"], name="rating_once_a_person"),
            models.CheckConstraint(
                condition=Q(stars__gte=1) & Q(stars__lte=5), name="rating_one_to_five"
            ),
        ]

    def __str__(self):
        return f"{self.job} {self.stars}"


class ReviewNote(Row):
    """The director's word on the strategy or the creative work of a campaign (R84)."""

    class Kind(models.TextChoices):
        STRATEGY = "strategy", _("Strategy")
        CREATIVE = "creative", _("Creative work")

    job = models.ForeignKey(Job, models.PROTECT, related_name="review_notes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.TextField(_("note"), validators=[plain_validator])
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("review note")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return self.text[:80]
