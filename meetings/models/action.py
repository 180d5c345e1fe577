from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, Row
from agency.common.texts import line_validator, plain_validator
from jobs.models import Job
from meetings.models.report import ContactReport, Mark, ReportPoint


class ActionPointQuerySet(ScopedQuerySet):
    client_path = "report__client"

    def visible_to(self, user, at=None):
        """Actions of one's clients, and the live ones one owns oneself (4.2: own)."""
        found = super().visible_to(user, at)
        if not user.is_authenticated or user.is_admin or user.sees_all_clients:
            return found
        own = Q(user=user, is_live=True) if user.is_active else Q(pk__in=[])
        return self.filter(Q(pk__in=found.values("pk")) | own)

    def live(self):
        """Of an issued report: a draft's actions have no reminders and stand in no list (3.3)."""
        return self.filter(is_live=True)

    def open(self):
        return self.live().filter(state=ActionPoint.State.OPEN)

    def of_user(self, user):
        return self.filter(user=user)

    def of_contact(self, contact):
        return self.filter(contact=contact)

    def notice_due(self, at):
        return self.filter(next_notice_at__lte=at)

    def overdue(self, day):
        return self.open().filter(due_on__lt=day)


class ActionPoint(EditedRow):
    """What somebody does by a date: exactly one owner, staff or contact (R19, R27)."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("action point", "Open")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    report = models.ForeignKey(ContactReport, models.PROTECT, related_name="actions")
    point = models.ForeignKey(ReportPoint, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    text = models.CharField(_("what"), max_length=300, validators=[line_validator])
    # Both empty only while a draft is typed; issue refuses it (R19), and so does a constraint.
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="action_points"
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="action_points"
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    is_live = models.BooleanField(default=False, editable=False)
    moved = models.PositiveSmallIntegerField(_("times moved"), default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.TextField(blank=True, validators=[plain_validator])
    agreed_with = models.CharField(max_length=120, blank=True, validators=[line_validator])
    # In a draft revision: the live row that this one will be taken over by.
    origin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="drafts"
    )
    mark = models.CharField(
        max_length=8, choices=Mark, default=Mark.NONE, blank=True, editable=False
    )
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(
                fields=["user", "due_on"],
                condition=Q(state="open", is_live=True),
                name="action_open_of_user",
            ),
            models.Index(
                fields=["contact", "due_on"],
                condition=Q(state="open", is_live=True),
                name="action_open_of_contact",
            ),
            models.Index(
                fields=["due_on"], condition=Q(state="open", is_live=True), name="action_open_due"
            ),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="action_next_notice",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(contact__isnull=True),
                name="action_at_most_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(is_live=False)
                | (
                    (Q(user__isnull=False) | Q(contact__isnull=False))
                    & Q(due_on__isnull=False, first_due_on__isnull=False)
                ),
                name="action_live_has_owner_and_date",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("meetings:action_detail", args=[self.pk])

    @property
    def owner(self):
        return self.user or self.contact

    def is_overdue(self, day):
        return self.state == self.State.OPEN and self.due_on < day


class ActionLog(Row):
    """What happened to an action point; insert only."""

    action = models.ForeignKey(ActionPoint, models.PROTECT, related_name="logs")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(blank=True, validators=[plain_validator])
    old_due = models.DateField(null=True, blank=True)
    new_due = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.action} {self.at:%Y-%m-%d}"
