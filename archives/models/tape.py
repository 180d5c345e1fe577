from django.db import models
from django.db.models import FilteredRelation, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, User
from accounts.models.scope import ScopedQuerySet, scope
from agency.common.models.base import EditedRow, FormKeyed, Row
from agency.common.texts import line_validator, plain_validator
from archives.models.ad import Ad
from archives.models.competitor import Competitor
from archives.wording import length_text


class TapeQuerySet(ScopedQuerySet):
    def visible_to(self, user, at=None):
        """Tapes of one's clients, and those of the competitors of their brands."""
        clients = scope(user, at)
        if clients is None:
            return self
        own = Q(client__in=clients)
        return self.filter(own | Q(competitor__brand__client__in=clients))

    def with_owner(self):
        """All that a row shows of whose it is."""
        return self.select_related("client", "competitor__brand__client")

    def with_loan(self):
        """`loan`: the one that runs, if one does; a tape has never two."""
        is_out = Q(loans__back_at__isnull=True)
        rows = self.annotate(loan=FilteredRelation("loans", condition=is_out))
        return rows.select_related("loan__borrower")

    def of_account(self, client):
        """Of the client and of the competitors of its brands."""
        return self.filter(Q(client=client) | Q(competitor__brand__client=client))

    def worded(self, words):
        """Tapes with each of the words in number, title, shelf or the competitor's name."""
        tapes = self
        for word in words:
            found = Q(number__icontains=word) | Q(title__icontains=word)
            found |= Q(shelf__icontains=word) | Q(competitor__name__icontains=word)
            tapes = tapes.filter(found | Q(client__name__icontains=word))
        return tapes

    def overdue(self, day):
        """Out, and to be back before the day."""
        return self.filter(state=Tape.State.OUT, loans__back_at__isnull=True, loans__due_on__lt=day)


class Tape(EditedRow, FormKeyed):
    """A tape of the library: the client's, or one with a competitor's ads (R47)."""

    class Owner(models.TextChoices):
        CLIENT = "client", _("Client")
        COMPETITOR = "competitor", _("Competitor")

    class Format(models.TextChoices):
        BETACAM = "betacam", _("Betacam")
        DVCAM = "dvcam", _("DVCAM")
        U_MATIC = "u_matic", _("U-matic")
        VHS = "vhs", _("VHS")
        FILM = "film", pgettext_lazy("tape", "Film")
        FILE = "file", pgettext_lazy("tape", "File on disk")

    class State(models.TextChoices):
        IN = "in", pgettext_lazy("tape", "On the shelf")
        OUT = "out", pgettext_lazy("tape", "Lent")
        LOST = "lost", pgettext_lazy("tape", "Lost")
        DISCARDED = "discarded", pgettext_lazy("tape", "Discarded")

    TONES = {State.OUT: "amber", State.LOST: "red"}

    number = models.CharField(_("number"), max_length=20, unique=True)
    owner = models.CharField(_("whose"), max_length=10, choices=Owner)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="tapes")
    competitor = models.ForeignKey(
        Competitor, models.PROTECT, null=True, blank=True, related_name="tapes"
    )
    format = models.CharField(_("format"), max_length=8, choices=Format)
    title = models.CharField(_("title"), max_length=200, validators=[line_validator])
    content = models.TextField(_("content"), blank=True, validators=[plain_validator])
    length_s = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    recorded_on = models.DateField(_("recorded"), null=True, blank=True)
    shelf = models.CharField(_("place on the shelf"), max_length=20, validators=[line_validator])
    ad = models.ForeignKey(Ad, models.PROTECT, null=True, blank=True, related_name="tapes")
    is_master = models.BooleanField(_("master"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.IN)
    # Why it is lost or discarded.
    state_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])

    loan = None  # of a tape asked `with_loan` that is lent: the loan that runs

    objects = TapeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tape")
        verbose_name_plural = _("tapes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner="client", client__isnull=False, competitor__isnull=True)
                | Q(owner="competitor", client__isnull=True, competitor__isnull=False),
                name="tape_of_client_xor_competitor",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["lost", "discarded"]) | ~Q(state_reason=""),
                name="tape_gone_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("archives:tape_detail", args=[self.pk])

    @property
    def account(self):
        """The client whose people keep it: a competitor's is kept for the brand it is about."""
        return self.client or self.competitor.brand.client

    @property
    def owner_name(self):
        return str(self.competitor or self.client)

    @property
    def length(self):
        return length_text(self.length_s)

    def is_overdue(self, day):
        """Out, and its loan was to end before the day."""
        return self.state == self.State.OUT and self.loan.due_on < day

    def state_text(self, day):
        return _("Overdue") if self.is_overdue(day) else self.get_state_display()

    def tone_on(self, day):
        return "red" if self.is_overdue(day) else self.TONES.get(self.state, "")


class TapeLoanQuerySet(models.QuerySet):
    def visible_to(self, user, at=None):
        return self.filter(tape__in=Tape.objects.visible_to(user, at))

    def running(self):
        """The tape is with its borrower; of a lost one nobody is asked to bring it back."""
        return self.filter(back_at__isnull=True, tape__state=Tape.State.OUT)

    def overdue(self, day):
        return self.running().filter(due_on__lt=day)

    def notice_due(self, at):
        return self.running().filter(next_notice_at__lte=at)

    def with_tape(self):
        return self.select_related(
            "tape__client__group", "tape__competitor__brand__client__group", "borrower"
        )


class TapeLoan(Row):
    """A tape is with somebody of ours until a day (R47)."""

    tape = models.ForeignKey(Tape, models.PROTECT, related_name="loans")
    borrower = models.ForeignKey(
        User, models.PROTECT, related_name="tape_loans", verbose_name=_("borrower")
    )
    purpose = models.CharField(
        _("what for"), max_length=200, blank=True, validators=[line_validator]
    )
    out_at = models.DateTimeField(_("lent"))
    due_on = models.DateField(_("back by"))
    back_at = models.DateTimeField(_("back"), null=True, blank=True)
    # The next instant at which the clock has something to say of it; empty: nothing.
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)

    objects = TapeLoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("tape loan")
        verbose_name_plural = _("tape loans")
        ordering = ["-out_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tape"], condition=Q(back_at__isnull=True), name="tape_lent_once"
            )
        ]

    def __str__(self):
        return f"{self.tape} → {self.borrower}"

    def get_absolute_url(self):
        return self.tape.get_absolute_url()
