from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact, User
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import plain_validator
from jobs.models.job import Job


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user, at=None):
        """Questions on the jobs one sees."""
        return self.filter(job__in=Job.objects.visible_to(user, at))

    def open(self):
        return self.filter(answered_at__isnull=True)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)


class Question(EditedRow, FormKeyed):
    """Ask when unclear: one answerer, one date, one answer (R79)."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="questions")
    # The row it is about (a brief, an estimate, a timeline); empty: the job.
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.TextField(_("question"), validators=[plain_validator])
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answerer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("by when"))
    answer = models.TextField(_("answer"), blank=True, validators=[plain_validator])
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["answered_at", "due_on", "pk"]
        indexes = [
            models.Index(
                fields=["answerer", "due_on"],
                condition=Q(answered_at__isnull=True),
                name="question_open_of_user",
            ),
            models.Index(
                fields=["due_on"], condition=Q(answered_at__isnull=True), name="question_open_due"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answerer__isnull=False, contact__isnull=True)
                | Q(answerer__isnull=True, contact__isnull=False),
                name="question_has_one_answerer",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="question_answer_has_words",
            ),
        ]

    def __str__(self):
        return self.text[:80]

    def get_absolute_url(self):
        return f"{self.job.get_absolute_url()}#questions"
