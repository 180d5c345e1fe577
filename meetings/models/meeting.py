from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from jobs.models import Job
from meetings.background import background_validator


class MeetingQuerySet(ScopedQuerySet):
    def sit_down(self):
        return self.filter(kind__in=[Meeting.Kind.FACE, Meeting.Kind.VIDEO])

    def ahead(self):
        return self.filter(state__in=Meeting.AHEAD)

    def invited(self):
        """Planned and told to those invited, neither held nor called off."""
        return self.filter(state__in=Meeting.INVITED)

    def end_missing(self, at):
        """Planned, over, and nobody has said whether it was held (R15, 5.3)."""
        return self.invited().filter(planned_end__lte=at)

    def newest(self):
        """What the client's page shows: the last dozen, with all it says of them."""
        return self.select_related("ae", "report").order_by("-starts_at", "-pk")[:12]

    def coming(self):
        """The next one that people are invited to, as a list of at most one."""
        return self.invited().filter(planned_end__gt=Now()).order_by("starts_at", "pk")[:1]

    def attended_by(self, user):
        """Where the person is expected, whoever's client it is: his own part of it."""
        return self.filter(attendees__user=user)

    def of_user(self, user):
        return self.filter(Q(ae=user) | Q(attendees__user=user)).distinct()

    def between(self, start, end):
        return self.filter(starts_at__gte=start, starts_at__lt=end)


class Meeting(EditedRow, FormKeyed):
    """A meeting with a client (会晤) of one of four kinds (Z8)."""

    class Kind(models.TextChoices):
        FACE = "face", _("Sit-down meeting")
        VIDEO = "video", _("Video meeting")
        CALL = "call", _("Call")
        WRITTEN = "written", _("Written exchange")

    class Purpose(models.TextChoices):
        WORK = "work", _("Work")
        PRESENTATION = "presentation", _("Presentation")
        REGULAR = "regular", _("Regular meeting")
        REVIEW = "review", _("Review")
        OTHER = "other", _("Other")

    class Place(models.TextChoices):
        OURS = "ours", _("At our house")
        CLIENT = "client", _("At the client's")
        ELSEWHERE = "elsewhere", _("Elsewhere")
        ONLINE = "online", _("Online")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PLANNED = "planned", _("Planned")
        AGENDA_SENT = "agenda_sent", _("Agenda sent")
        HELD = "held", _("Held")
        NOT_HELD = "not_held", _("Not held")
        CANCELLED = "cancelled", _("Cancelled")

    class Result(models.TextChoices):
        NONE = "none", pgettext_lazy("presentation", "Not known yet")
        WON = "won", pgettext_lazy("presentation", "Won")
        LOST = "lost", pgettext_lazy("presentation", "Lost")
        REVISE = "revise", pgettext_lazy("presentation", "To be revised")

    class EndSource(models.TextChoices):
        PLANNED = "planned", _("Planned end")
        ENTERED = "entered", _("Entered")
        BUTTON = "button", _("Ended by button")

    AHEAD = ("draft", "planned", "agenda_sent")
    INVITED = ("planned", "agenda_sent")

    client = models.ForeignKey(Client, models.PROTECT, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    purpose = models.CharField(_("purpose"), max_length=14, choices=Purpose, default=Purpose.WORK)
    title = models.CharField(_("title"), max_length=120, validators=[line_validator])
    objective = models.TextField(_("objective"), blank=True, validators=[plain_validator])
    place = models.CharField(_("place"), max_length=10, choices=Place, default=Place.OURS)
    address = models.CharField(
        _("where exactly"), max_length=200, blank=True, validators=[line_validator]
    )
    starts_at = models.DateTimeField(_("starts"))
    planned_end = models.DateTimeField(_("planned end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    report_due_at = models.DateTimeField(_("report due"), null=True, blank=True)
    # The last end beyond doubt (planned, logged or confirmed): what a later one is measured from.
    base_end = models.DateTimeField(null=True, blank=True, editable=False)
    end_source = models.CharField(max_length=8, choices=EndSource, blank=True)
    # A later end by more than two hours waits here until the AM confirms it (3.1 correct_end).
    claimed_end = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    claimed_reason = models.TextField(blank=True, validators=[plain_validator])
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    chair = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chair")
    )
    ae = models.ForeignKey(
        User, models.PROTECT, related_name="meetings", verbose_name=_("AE in charge")
    )
    report = models.ForeignKey(
        "meetings.ContactReport",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
    )
    moved_from = models.DateTimeField(null=True, blank=True)
    # The first of its series, in each of the others.
    series = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="later_ones"
    )
    # Planned or moved to less than two hours before its start, and who asked for it (R6).
    is_urgent = models.BooleanField(_("urgent"), default=False)
    urgent_by = models.CharField(
        _("asked for by"), max_length=120, blank=True, validators=[line_validator]
    )
    background = models.TextField(
        _("background"), blank=True, validators=[plain_validator, background_validator]
    )
    # How the client was asked for topics without a link (R4), and when he was asked at all.
    topics_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    topics_note = models.CharField(
        _("asked for topics"), max_length=200, blank=True, validators=[line_validator]
    )
    # The last sending before the start is the one that counts (R5).
    agenda_revision = models.PositiveSmallIntegerField(default=0, editable=False)
    agenda_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    agenda_late_reason = models.TextField(
        _("late reason"), blank=True, validators=[plain_validator]
    )
    agenda_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agenda_internal_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What stands on the agenda that was sent last: the contact's page shows it, and it says
    # whether the plan has changed since.
    agenda_shown = models.JSONField(default=dict, blank=True, editable=False)
    held_without_agenda = models.BooleanField(default=False, editable=False)
    rehearsed_on = models.DateField(_("rehearsed on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result, default=Result.NONE)
    # When the clock has something to say of what lacks before it (5.3).
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Its start, where the press had not been looked at by then (R8), or not everybody phoned (R10).
    press_missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    calls_missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the AE was asked to say how it ended; a move clears it (5.3).
    end_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "-starts_at", "-id"], name="meeting_of_client"),
            models.Index(fields=["-starts_at", "-id"], name="meeting_by_time"),
            models.Index(fields=["ae", "-starts_at"], name="meeting_of_ae"),
            models.Index(
                fields=["planned_end"],
                condition=Q(state__in=["planned", "agenda_sent"]),
                name="meeting_awaiting_end",
            ),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="meeting_next_notice",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["face", "video"]) | Q(planned_end__isnull=False),
                name="meeting_sit_down_has_end",
            ),
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True) | Q(planned_end__gt=F("starts_at")),
                name="meeting_planned_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at")),
                name="meeting_ended_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(ended_at__isnull=False),
                name="meeting_held_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="agenda_sent")
                | Q(agenda_sent_at__isnull=False, agenda_document__isnull=False),
                name="meeting_agenda_sent_is_filed",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:meeting_detail", args=[self.pk])

    @property
    def is_sit_down(self):
        return self.kind in (self.Kind.FACE, self.Kind.VIDEO)

    @property
    def planned_minutes(self):
        return int((self.planned_end - self.starts_at).total_seconds() // 60)


class AttendeeQuerySet(models.QuerySet):
    def without_task(self):
        """Ours of whom nobody has said what they are there for (R1)."""
        return self.filter(user__isnull=False, task="")

    def unconfirmed(self):
        """Ours who have not said "my task is on it" (R3)."""
        return self.filter(user__isnull=False, agreed_at__isnull=True).exclude(task="")


class Attendee(Row):
    """Somebody at a meeting, ours with a task (R1) or the client's."""

    class Reply(models.TextChoices):
        NONE = "none", pgettext_lazy("invitation", "No answer yet")
        YES = "yes", pgettext_lazy("invitation", "Accepted")
        NO = "no", pgettext_lazy("invitation", "Declined")
        MAYBE = "maybe", pgettext_lazy("invitation", "Maybe")

    class Call(models.TextChoices):
        NONE = "none", pgettext_lazy("call before", "Not phoned")
        REACHED = "reached", pgettext_lazy("call before", "Reached")
        ON_WAY = "on_way", pgettext_lazy("call before", "On the way")
        MISSED = "missed", pgettext_lazy("call before", "Not reached")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    task = models.CharField(_("task"), max_length=200, blank=True, validators=[line_validator])
    present = models.BooleanField(_("present"), default=True)
    is_presenter = models.BooleanField(_("presents"), default=False)
    # "My task is on it" (R3).
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reply = models.CharField(_("reply"), max_length=8, choices=Reply, default=Reply.NONE)
    replied_at = models.DateTimeField(null=True, blank=True, editable=False)
    call = models.CharField(_("call before"), max_length=8, choices=Call, default=Call.NONE)
    called_at = models.DateTimeField(null=True, blank=True, editable=False)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, contact__isnull=True)
                | Q(user__isnull=True, contact__isnull=False),
                name="attendee_is_one_person",
            ),
            models.UniqueConstraint(fields=["meeting", "user"], name="attendee_user_once"),
            models.UniqueConstraint(fields=["meeting", "contact"], name="attendee_contact_once"),
        ]

    def __str__(self):
        return str(self.user or self.contact)

    @property
    def arrived_late(self):
        """After the start (R11)."""
        return self.arrived_at is not None and self.arrived_at > self.meeting.starts_at


class AgendaItemQuerySet(models.QuerySet):
    def on_agenda(self):
        """Without the topics that wait for another meeting (R4)."""
        return self.filter(postponed_reason="")

    def postponed(self):
        return self.exclude(postponed_reason="")


class AgendaItem(EditedRow):
    """One item of a sit-down meeting: what, how long, who speaks, and what came of it (R14)."""

    class Source(models.TextChoices):
        US = "us", _("Ours")
        CLIENT = "client", _("Client topic")
        CARRIED = "carried", _("Carried item")

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("agenda item", "Open")
        CONCLUDED = "concluded", _("Concluded")
        CARRIED = "carried", _("Carried over")
        DROPPED = "dropped", _("Dropped")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("item"), max_length=200, validators=[line_validator])
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    speaker = models.ForeignKey(
        Attendee,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("speaker"),
    )
    is_disputed = models.BooleanField(_("disputed"), default=False)
    source = models.CharField(max_length=8, choices=Source, default=Source.US)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    # Why a topic of the client's waits: he reads it (R4).
    postponed_reason = models.TextField(_("why it waits"), blank=True, validators=[plain_validator])
    asked_by = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    # Seconds spoken on it so far, and since when its timer runs.
    spent = models.PositiveIntegerField(default=0)
    running_since = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    notes = models.TextField(_("notes"), blank=True, validators=[plain_validator])
    conclusion = models.TextField(_("conclusion"), blank=True, validators=[plain_validator])

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="agenda_item_takes_time"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_client_topic(self):
        """Asked for by the client, now or at the meeting it was carried over from."""
        return self.source == self.Source.CLIENT or self.asked_by_id is not None
