from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, Contact, User
from agency.common.models.base import EditedRow, Row
from agency.common.texts import line_validator, plain_validator
from archives.models.signed import SignedReport, SignedReportQuerySet, signed_constraints
from jobs.models import Job
from meetings import copyguard


class StatusReportQuerySet(SignedReportQuerySet):
    def visible_to(self, user, at=None):
        """Those of one's clients; a department sees none (4.1)."""
        if not user.is_authenticated or user.is_department:
            return self.none()
        return super().visible_to(user, at)

    def in_time(self):
        """Both had signed by the due time: the system, not they, says when it leaves (5.5)."""
        return self.filter(revision=1, issued_at__isnull=False, signed_at__lte=F("due_at"))

    def late(self, at):
        missed = Q(signed_at__gt=F("due_at")) | Q(signed_at__isnull=True, due_at__lt=at)
        return self.filter(missed, revision=1)

    def to_send(self, at):
        """Signed by both, and their time has come (R30)."""
        return self.filter(state=StatusReport.State.SIGNED, due_at__lte=at)

    def before(self, report):
        """The last issued report of an earlier week: what this one follows (8.4)."""
        rows = self.issued().filter(client=report.client_id, week__lt=report.week)
        return rows.order_by("-week").first()


class StatusReport(SignedReport):
    """The weekly status report (工作状况报告) of a client: `week` is its Monday (R28-R32, 3.4)."""

    PERIOD = ("week",)

    client = models.ForeignKey(Client, models.PROTECT, related_name="status_reports")
    week = models.DateField(_("week"))
    summary = models.TextField(_("summary"), blank=True, validators=[plain_validator])
    # Why more than half of the lines say what they said last week (8.6); internal.
    copy_note = models.TextField(
        _("why so much is unchanged"), blank=True, validators=[plain_validator]
    )
    # SHA-256 of the words both have signed: nothing else is ever sent (Z17).
    signed_digest = models.CharField(max_length=64, blank=True, editable=False)
    # [{source_key, title, reason}] of lines taken out: the clock does not bring them back.
    removed = models.JSONField(default=list, blank=True, editable=False)

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly status report")
        verbose_name_plural = _("weekly status reports")
        ordering = ["-week", "client", "-revision"]
        indexes = [
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="status_next_notice",
            ),
            # What the clock sends: signed and due.
            models.Index(fields=["due_at"], condition=Q(state="signed"), name="status_to_send"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "week", "revision"], name="status_revision_once"
            ),
            models.UniqueConstraint(
                fields=["client", "week"],
                condition=Q(state__in=["draft", "submitted", "signed"]),
                name="status_one_unissued",
            ),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="status_on_monday"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(author__isnull=False, submitted_at__isnull=False),
                name="status_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"])
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="status_signed_by_somebody",
            ),
            *signed_constraints("status"),
        ]

    def __str__(self):
        year, week, _day = self.week.isocalendar()
        name = self.number or f"{self.client.code} {year}-W{week:02}"
        return f"{name}/R{self.revision}" if self.revision > 1 else name

    def get_absolute_url(self):
        return reverse("meetings:status_detail", args=[self.pk])

    def is_late(self, at):
        """Not signed by both at its due time; signed in time, it may leave later (5.5)."""
        return self.is_first and (self.signed_at or at) > self.due_at


class StatusLine(EditedRow):
    """One piece of work in a weekly status report: where it stands, what comes next (section 8)."""

    class Section(models.TextChoices):
        RESEARCH = "research", _("Research")
        MEDIA = "media", pgettext_lazy("status report", "Media")
        FINANCE = "finance", _("Finance")
        CREATIVE = "creative", _("Creative")

    report = models.ForeignKey(StatusReport, models.CASCADE, related_name="lines")
    section = models.CharField(_("section"), max_length=10, choices=Section)
    position = models.PositiveSmallIntegerField()
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    source_key = models.CharField(max_length=80, blank=True)
    title = models.CharField(_("work"), max_length=120, validators=[line_validator])
    current = models.TextField(_("where it stands"), blank=True, validators=[plain_validator])
    next_step = models.TextField(_("what comes next"), blank=True, validators=[plain_validator])
    next_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    next_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+"
    )
    next_on = models.DateField(_("by when"), null=True, blank=True)
    touched_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The line of the last issued report that it follows (8.4), read-only beside it.
    former = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="later")
    unchanged_reason = models.TextField(
        _("why nothing changed"), blank=True, validators=[plain_validator]
    )
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Reports in a row, this one included, that confirmed it as unchanged (R32).
    unchanged_run = models.PositiveSmallIntegerField(default=0)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    similarity = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    # The section has no work; `current` says why (R28).
    is_empty_section = models.BooleanField(default=False)
    # The work has ended: said once more here, and not carried into the next week.
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a status report")
        verbose_name_plural = _("lines of a status report")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "source_key"],
                condition=~Q(source_key=""),
                name="status_line_source_once",
            ),
            models.UniqueConstraint(
                fields=["report", "section"],
                condition=Q(is_empty_section=True),
                name="status_empty_section_once",
            ),
            models.CheckConstraint(
                condition=Q(next_user__isnull=True) | Q(next_contact__isnull=True),
                name="status_line_at_most_one_person",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def words(self):
        """What the copy guard compares (8.4)."""
        return f"{self.current}\n{self.next_step}"

    @property
    def is_written(self):
        return bool(self.current.strip() and self.next_step.strip())

    @property
    def is_free(self):
        """Typed by a person: no job, paper or action point stands behind it."""
        return self.source_key.startswith("free:")

    @property
    def verdict(self):
        """copied, hint or free (8.5)."""
        return copyguard.verdict(self.similarity)

    @property
    def is_copied(self):
        return self.verdict == copyguard.COPIED

    @property
    def is_confirmed(self):
        """Said to be unchanged since last week, with a reason."""
        return bool(self.unchanged_reason)

    @property
    def next_by(self):
        return self.next_user or self.next_contact


class StatusLineDay(Row):
    """What a line said on a day: changed, or confirmed as unchanged with a reason (8.7)."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Changed")
        CONFIRMED = "confirmed", _("Confirmed unchanged")

    line = models.ForeignKey(StatusLine, models.CASCADE, related_name="days")
    day = models.DateField()
    at = models.DateTimeField()
    current = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("day of a status line")
        verbose_name_plural = _("days of a status line")
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["line", "day"], name="status_line_day_once")]

    def __str__(self):
        return f"{self.line}: {self.day}"
