from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from meetings.models.meeting import AgendaItem, Meeting


class OfMeeting(ScopedQuerySet):
    client_path = "meeting__client"


class PrepItemQuerySet(OfMeeting):
    def lacking(self):
        """Required, and neither attached nor said not to be needed (R7)."""
        return self.filter(required=True, not_needed="", documents=None)


class VenueItemQuerySet(OfMeeting):
    def lacking(self):
        """Open, but for what is done only when the client comes (R9)."""
        return self.filter(done_at=None).exclude(kind=VenueItem.Kind.MET)


class TimeRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Room(EditedRow):
    """A meeting room of the house."""

    name = models.CharField(_("name"), max_length=60, unique=True, validators=[line_validator])
    seats = models.PositiveSmallIntegerField(_("seats"))
    equipment = models.CharField(
        _("equipment"), max_length=200, blank=True, validators=[line_validator]
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(seats__gt=0), name="room_has_seats")]

    def __str__(self):
        return self.name


class RoomBooking(Row):
    """A room for a meeting; two that overlap are refused by the database (R9)."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="bookings")
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="booking")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("room booking")
        verbose_name_plural = _("room bookings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="booking_in_order"
            ),
            ExclusionConstraint(
                name="booking_of_room_once",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    (TimeRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.room}: {self.meeting}"


class PrepItem(EditedRow):
    """One kind of paper that the preparation pack holds, or why it is not needed (R7)."""

    class Kind(models.TextChoices):
        LAST_REPORT = "last_report", _("Last contact report")
        BUDGET = "budget", _("Newest budget summary")
        WORK = "work", _("Work in progress, TV scripts")
        ADS = "ads", _("Related print and TV ads")
        REFERENCES = "references", _("References and clippings")
        QUOTES = "quotes", _("Production quotes")
        SCHEDULE = "schedule", _("Production schedule")
        SAMPLES = "samples", _("Samples of proposed media")
        APPROVALS = "approvals", _("Proofs of approval")
        GUIDELINES = "guidelines", _("The client's ad guidelines")

    REQUIRED = ("last_report", "budget", "work", "ads", "references")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="preparations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    required = models.BooleanField(_("required"), default=False)
    documents = models.ManyToManyField(Document, blank=True, related_name="+")
    not_needed = models.TextField(_("not needed because"), blank=True, validators=[plain_validator])

    objects = PrepItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("preparation")
        verbose_name_plural = _("preparations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="preparation_kind_once"),
        ]

    def __str__(self):
        return self.get_kind_display()


class VenueItem(EditedRow):
    """One thing that must be ready where the meeting takes place (R9)."""

    class Kind(models.TextChoices):
        ROOM = "room", _("Room booked")
        AV = "av", _("Screen and sound tested")
        RECEPTION = "reception", _("Reception told: names and forms of address")
        MET = "met", _("Client met at reception")
        CATERING = "catering", _("Refreshments or working lunch")
        LIGHTS = "lights", _("Room set, lights")
        CLEAR = "clear", _("Unrelated things removed")
        AGENDAS = "agendas", _("Agenda at each seat, and one spare")
        SEATS = "seats", _("Best seats for client and presenters")
        PAPERS = "papers", _("Papers in order")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="venue_items")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True, validators=[line_validator])

    objects = VenueItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue item")
        verbose_name_plural = _("venue items")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="venue_kind_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_by__isnull=False),
                name="venue_done_by_somebody",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class PressCheck(EditedRow, FormKeyed):
    """What the press says of client, products and category on the day of a meeting (R8)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="press_checks"
    )
    client = models.ForeignKey(Client, models.PROTECT, related_name="press_checks")
    on = models.DateTimeField(_("looked at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sources = models.TextField(_("sources looked at"), validators=[plain_validator])
    finding = models.TextField(_("findings"), blank=True, validators=[plain_validator])
    nothing_new = models.BooleanField(_("nothing new"), default=False)
    no_surprise = models.BooleanField(_("no unknown new situation"), default=False)
    asked = models.ManyToManyField(
        User, blank=True, related_name="+", verbose_name=_("asked of those who do not attend")
    )
    # The clipping that its finding was filed as.
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("press check")
        verbose_name_plural = _("press checks")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nothing_new=True) | ~Q(finding=""), name="press_check_finds_or_says_so"
            ),
        ]

    def __str__(self):
        return f"{self.client.code} {self.on:%Y-%m-%d}"


class HoldLine(EditedRow):
    """A line typed while the meeting is held: a decision, a conclusion or an action (R13).

    The key is given by the page, so that a line sent twice after a lost network is one row.
    """

    class Kind(models.TextChoices):
        DECISION = "d", _("Decision")
        CONCLUSION = "c", _("Conclusion")
        ACTION = "a", _("Action")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="hold_lines")
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="hold_lines"
    )
    key = models.UUIDField(unique=True)
    kind = models.CharField(_("kind"), max_length=1, choices=Kind)
    text = models.CharField(max_length=2000, validators=[plain_validator])
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    is_removed = models.BooleanField(default=False)
    # When it went into the draft of the report: it goes there once.
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("line of a meeting")
        verbose_name_plural = _("lines of a meeting")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(contact__isnull=True),
                name="hold_line_at_most_one_owner",
            ),
        ]

    def __str__(self):
        return self.text
