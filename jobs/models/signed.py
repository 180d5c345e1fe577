from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact, User
from agency.common.fields import MoneyField, RateField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import plain_validator
from archives.models import ClientAnswer, Document

ZERO = Decimal("0.00")


class SignedPaperQuerySet(models.QuerySet):
    """Mixin, put first: signed papers by how far they have come."""

    def signed(self):
        return self.filter(state=SignedPaper.State.SIGNED)

    def running(self):
        """On their way through the chain: neither draft nor ended."""
        return self.filter(state__in=SignedPaper.RUNNING)

    def to_approve(self):
        """Submitted, and a yes of our own side is still to come."""
        return self.filter(state__in=SignedPaper.TO_APPROVE)

    def unsigned(self):
        """Not ended and not signed: at most one of a base, change or plan at a time."""
        return self.filter(state__in=[SignedPaper.State.DRAFT, *SignedPaper.RUNNING])

    def notice_due(self, at):
        return self.filter(next_notice_at__lte=at)

    def expired(self, at):
        return self.filter(state=SignedPaper.State.SENT, expires_at__lte=at)

    def in_force_at(self, at):
        """Signed by the instant and not yet replaced then (6.3)."""
        rows = self.filter(signed_at__lte=at)
        return rows.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))


class SignedPaper(EditedRow, FormKeyed):
    """What goes author → manager → director → client, and is frozen at submission (Z12, 3.6):
    production estimates with their change orders, and media plans (3.8).

    The class below names job, brief, author, signed_by and its approvals, and what it adds up.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("With the account manager")
        MANAGER_OK = "manager_ok", _("With the director's office")
        DIRECTOR_OK = "director_ok", _("With the second director")
        APPROVED = "approved", _("Approved")
        SENT = "sent", _("With the client")
        SIGNED = "signed", _("Signed")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")
        SUPERSEDED = "superseded", _("Superseded")

    # Where the chain learns in what this kind of paper differs: path of a PaperKind.
    paper_kind = ""
    TO_APPROVE = (State.SUBMITTED, State.MANAGER_OK, State.DIRECTOR_OK)
    RUNNING = (*TO_APPROVE, State.APPROVED, State.SENT)

    number = models.CharField(_("number"), max_length=40, blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    brief_changed = models.BooleanField(_("brief changed"), default=False)
    currency = models.CharField(_("currency"), max_length=3)
    vat_rate = RateField(_("VAT"), default=Decimal("0.0600"))
    vat = MoneyField(_("VAT"), default=ZERO)
    total = MoneyField(_("total"), default=ZERO)
    note_client = models.TextField(
        _("note to the client"), blank=True, validators=[plain_validator]
    )
    note_internal = models.TextField(_("internal note"), blank=True, validators=[plain_validator])
    editors = models.ManyToManyField(User, related_name="+", blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    # SHA-256 of the frozen data as sorted-key JSON: what every step approves.
    data_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    control_total = MoneyField(_("control total"), null=True, blank=True)
    step_due_at = models.DateTimeField(_("step due"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_to = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signer")
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    # The end of that day in the client's zone: from this instant on it is expired.
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    client_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    internal_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    # Set with the signature; earlier while a paper signature waits for its second person.
    answer = models.ForeignKey(
        ClientAnswer, models.PROTECT, null=True, blank=True, related_name="+"
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    # An account manager's word, after the expiry, that the costs still hold (renewal).
    costs_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    costs_confirmed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def client(self):
        return self.job.client

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def waits_for_second_person(self):
        """A signature on paper has been recorded and nobody else has confirmed it yet."""
        return self.state == self.State.SENT and self.answer_id is not None
