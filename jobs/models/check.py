from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.scope import ScopedQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from jobs.models.job import Job


class OutgoingCheckQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(state=OutgoingCheck.State.OPEN)

    def passed(self):
        return self.filter(state=OutgoingCheck.State.PASSED)

    def failed(self):
        return self.filter(state=OutgoingCheck.State.FAILED)

    def ended(self):
        return self.exclude(state=OutgoingCheck.State.OPEN)

    def first_looks(self):
        """Ended checks of things that had not been checked before (6.8)."""
        return self.ended().filter(follows__isnull=True)


class OutgoingCheck(EditedRow, FormKeyed):
    """The last check before anything leaves the house, of exactly one file (R71–R73)."""

    class Kind(models.TextChoices):
        CREATIVE = "creative", _("Creative work")
        MEDIA_PLAN = "media_plan", _("Media plan")
        INVOICE = "invoice", _("Invoice")
        TAPE = "tape", _("Tape")
        ESTIMATE = "estimate", _("Production estimate")

    class State(models.TextChoices):
        OPEN = "open", _("To be checked")
        PASSED = "passed", _("Passed")
        FAILED = "failed", pgettext_lazy("check", "Failed")

    client = models.ForeignKey(Client, models.PROTECT, related_name="outgoing_checks")
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="outgoing_checks"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="outgoing_checks"
    )
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    # Of the file, or of the paper's frozen client-face data as sorted-key JSON.
    sha256 = models.CharField(max_length=64)
    title = models.CharField(_("what"), max_length=200, validators=[line_validator])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.OPEN)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    checker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="outgoing_checks"
    )
    expected_total = MoneyField(_("total"), null=True, blank=True)
    control_total = MoneyField(_("control total"), null=True, blank=True)
    # {item: "yes" | "no" | "na"}; the items of each kind stand in jobs/items.py.
    items = models.JSONField(default=dict, blank=True)
    is_clean = models.BooleanField(default=False, editable=False)
    findings = models.TextField(_("findings"), blank=True, validators=[plain_validator])
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    # The failed check of the same thing; empty: the first look at it (R73).
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    paper = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OutgoingCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing check")
        verbose_name_plural = _("outgoing checks")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["sha256", "client"], name="check_of_file"),
            models.Index(fields=["author", "checked_at"], name="check_of_author"),
            models.Index(fields=["checker", "checked_at"], name="check_of_checker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("author")),
                name="check_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="passed")
                | (
                    Q(is_clean=True, checker__isnull=False, checked_at__isnull=False)
                    & (
                        Q(expected_total__isnull=True)
                        | Q(control_total__isnull=False, control_total=F("expected_total"))
                    )
                ),
                name="check_passed_is_clean",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(findings=""), name="check_failed_says_what"
            ),
            models.UniqueConstraint(
                fields=["sha256", "client"],
                condition=Q(state="passed"),
                name="check_passed_once_a_file",
            ),
            models.UniqueConstraint(
                fields=["sha256", "client"],
                condition=Q(state="open"),
                name="check_open_once_a_file",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("jobs:check_detail", args=[self.pk])
