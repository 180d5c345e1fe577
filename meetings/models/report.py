from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import plain_validator
from archives.models import Document
from jobs.models import Job
from meetings.models.meeting import Meeting


class ContactReportQuerySet(ScopedQuerySet):
    def drafts(self):
        return self.filter(state=ContactReport.State.DRAFT)

    def issued(self):
        return self.exclude(state=ContactReport.State.DRAFT)

    def to_write(self):
        """Drafts, and reports objected to whose revision nobody has begun."""
        objected = Q(state=ContactReport.State.OBJECTED, superseded_by=None)
        return self.filter(Q(state=ContactReport.State.DRAFT) | objected)

    def in_force(self):
        """Issued, and no later revision stands in its place."""
        return self.issued().exclude(state=ContactReport.State.SUPERSEDED)

    def awaiting_return(self):
        return self.filter(state=ContactReport.State.ISSUED)

    def notice_due(self, at):
        """Rows whose next step of the ladder or of the return has come."""
        return self.filter(next_notice_at__lte=at)

    def titled(self):
        """With the title of the first meeting, by which a draft is called."""
        meetings = Meeting.objects.filter(report=OuterRef("pk")).order_by("starts_at", "pk")
        return self.annotate(first_title=Subquery(meetings.values("title")[:1]))

    def not_delivered(self):
        """Issued, and the returner's mail has not been handed over (R20)."""
        return self.awaiting_return().filter(delivered_at__isnull=True)

    def opinion_unread(self):
        return self.filter(opinion_told_at__isnull=False, opinion_read_at__isnull=True)

    def overdue(self, at):
        """Drafts whose deadline has passed; exactly at it is still on time (Z1)."""
        return self.drafts().filter(due_at__lt=at)


class ContactReport(EditedRow, FormKeyed):
    """The contact report (会晤报告): due 24 hours after the end, frozen once issued (R16–R26)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        ACCEPTED = "accepted", _("Accepted")
        OBJECTED = "objected", _("Objection")
        DEEMED_ACCEPTED = "deemed_accepted", _("Deemed accepted")
        SUPERSEDED = "superseded", _("Superseded")

    class Channel(models.TextChoices):
        MAIL = "mail", _("Mail")
        FAX = "fax", _("Fax")
        HAND = "hand", _("By hand")
        MESSENGER = "messenger", _("Messenger")

    number = models.CharField(_("number"), max_length=40, blank=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="contact_reports")
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT)
    # That of the meeting whose clock counts, so that figures by kind need no join (6.8).
    kind = models.CharField(_("kind"), max_length=8, choices=Meeting.Kind)
    clock_from = models.DateTimeField(_("clock runs from"))
    due_at = models.DateTimeField(_("due"))
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    author = models.ForeignKey(
        User, models.PROTECT, related_name="contact_reports", verbose_name=_("author")
    )
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returner = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("returner"),
    )
    channel = models.CharField(_("sent by"), max_length=10, choices=Channel, default=Channel.MAIL)
    no_action = models.BooleanField(_("no further action"), default=False)
    late_reason = models.TextField(
        _("reason for being late"), blank=True, validators=[plain_validator]
    )
    revise_reason = models.TextField(
        _("reason of the revision"), blank=True, validators=[plain_validator]
    )
    remark_internal = models.TextField(
        _("internal remark"), blank=True, validators=[plain_validator]
    )
    recipients = models.ManyToManyField(Contact, related_name="+", blank=True)
    readers = models.ManyToManyField(User, related_name="+", blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    internal_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    undelivered_at = models.DateTimeField(null=True, blank=True, editable=False)
    return_due_at = models.DateTimeField(_("return due"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned"), null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    opinion_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    opinion_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    opinion_read_at = models.DateTimeField(null=True, blank=True)
    opinion_read_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The next instant at which the clock has something to do with this row; empty: nothing.
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = ContactReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact report")
        verbose_name_plural = _("contact reports")
        ordering = ["-clock_from", "-pk"]
        indexes = [
            models.Index(fields=["client", "-clock_from"], name="report_of_client"),
            models.Index(fields=["due_at"], condition=Q(state="draft"), name="report_running"),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="report_next_notice",
            ),
            models.Index(
                fields=["opinion_told_at"],
                condition=Q(
                    opinion_told_at__isnull=False,
                    opinion_read_at__isnull=True,
                    opinion_reminded_at__isnull=True,
                ),
                name="report_opinion_unread",
            ),
            models.Index(
                fields=["return_due_at"], condition=Q(state="issued"), name="report_awaiting_return"
            ),
            models.Index(fields=["author", "due_at"], name="report_of_author"),
            models.Index(fields=["due_at"], condition=Q(revision=1), name="report_first_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "revision"],
                condition=~Q(number=""),
                name="report_number_and_revision_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_at__isnull=True)
                | (~Q(state="draft") & Q(issued_at__isnull=False)),
                name="report_issued_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(returner__isnull=False),
                name="report_issued_has_returner",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(number=""), name="report_issued_has_number"
            ),
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(document__isnull=True),
                name="report_draft_has_no_paper",
            ),
            models.CheckConstraint(
                condition=Q(return_due_at__isnull=True) | Q(delivered_at__isnull=False),
                name="report_return_runs_from_delivery",
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | Q(supersedes__isnull=False),
                name="report_revision_supersedes",
            ),
        ]

    def __str__(self):
        label = self.number or str(_("Contact report"))
        return f"{label}/R{self.revision}" if self.revision > 1 else label

    def get_absolute_url(self):
        return reverse("meetings:report_detail", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    def is_late(self, at):
        """Late from the first instant after the deadline (Z1); stays so once issued."""
        return (self.issued_at or at) > self.due_at


class Mark(models.TextChoices):
    """What a revision changed; empty on a first report and on what stayed (R23)."""

    NONE = "", "–"
    CHANGED = "changed", _("Changed")
    ADDED = "added", _("Added")
    DROPPED = "dropped", _("Dropped")


class ReportPoint(Row):
    """A point of the report; a problem says the way to solve it (R18)."""

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("Discussion point")
        DECISION = "decision", _("Decision")
        PROBLEM = "problem", _("Problem")
        OPINION = "opinion", _("Client opinion")
        INFO = "info", _("Information")

    report = models.ForeignKey(ContactReport, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(
        "meetings.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DISCUSSION)
    text = models.TextField(_("text"), validators=[plain_validator])
    solution = models.TextField(_("way to solve it"), blank=True, validators=[plain_validator])
    for_management = models.BooleanField(_("for management"), default=False)
    # When management was told of it: at once from a draft, else at issue (R25).
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    mark = models.CharField(
        max_length=8, choices=Mark, default=Mark.NONE, blank=True, editable=False
    )
    # In a revision: the point of the issued report that this one replaces.
    origin = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="revised_as"
    )

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text[:80]
