from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Contact, User
from accounts.models.scope import ScopedQuerySet
from agency.common.fields import MoneyField, RateField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import plain_validator
from archives.models import ClientAnswer, Document
from jobs.models.approval import Approval
from jobs.models.brief import Brief
from jobs.models.job import Job

ZERO = Decimal("0.00")


class EstimateQuerySet(ScopedQuerySet):
    client_path = "job__client"

    def visible_to(self, user, at=None):
        """Estimates of one's clients; a department sees none (4.2)."""
        if not user.is_authenticated or user.role == User.Role.DEPARTMENT:
            return self.none()
        return super().visible_to(user, at)

    def signed(self):
        return self.filter(state=Estimate.State.SIGNED)

    def running(self):
        """On their way through the chain: neither draft nor ended."""
        return self.filter(state__in=Estimate.RUNNING)

    def unsigned(self):
        """Not ended and not signed: at most one of a base or change at a time."""
        return self.filter(state__in=[Estimate.State.DRAFT, *Estimate.RUNNING])

    def notice_due(self, at):
        return self.filter(next_notice_at__lte=at)

    def expired(self, at):
        return self.filter(state=Estimate.State.SENT, expires_at__lte=at)


class Estimate(EditedRow, FormKeyed):
    """The production estimate (制作费预估) and change orders (R55–R61); frozen at submission."""

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

    class ScopeAnswer(models.TextChoices):
        """The AE's answer when the brief of a signed estimate changed (3.7)."""

        NONE = "", "–"
        ASKED = "asked", _("Change order needed?")
        YES = "yes", _("Change order drafted")
        NO = "no", _("No change order needed")

    RUNNING = (State.SUBMITTED, State.MANAGER_OK, State.DIRECTOR_OK, State.APPROVED, State.SENT)

    job = models.ForeignKey(Job, models.PROTECT, related_name="estimates")
    number = models.CharField(_("number"), max_length=40, blank=True)
    change = models.PositiveSmallIntegerField(_("change order"), default=0)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="estimates")
    brief_changed = models.BooleanField(_("brief changed"), default=False)
    currency = models.CharField(_("currency"), max_length=3)
    contingency_rate = RateField(_("contingency"), default=Decimal("0.0000"))
    # The contract's rate: that of the contingency, and what a new line begins with.
    vat_rate = RateField(_("VAT"), default=Decimal("0.0600"))
    markup_rate = RateField(_("markup"), default=Decimal("0.1765"))
    subtotal = MoneyField(_("subtotal"), default=ZERO)
    contingency = MoneyField(_("contingency"), default=ZERO)
    net = MoneyField(_("net"), default=ZERO)
    vat = MoneyField(_("VAT"), default=ZERO)
    total = MoneyField(_("total"), default=ZERO)
    cost = MoneyField(_("cost"), default=ZERO)
    note_client = models.TextField(
        _("note to the client"), blank=True, validators=[plain_validator]
    )
    note_internal = models.TextField(_("internal note"), blank=True, validators=[plain_validator])
    # Why there are fewer than three quotes for a dear line (R78).
    quotes_reason = models.TextField(
        _("reason without three quotes"), blank=True, validators=[plain_validator]
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="estimates")
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
    signed_by = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="signed_estimates"
    )
    # Set with the signature; earlier while a paper signature waits for its second person.
    answer = models.ForeignKey(
        ClientAnswer, models.PROTECT, null=True, blank=True, related_name="+"
    )
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)
    # Change orders whose lines a whole new estimate takes in: they give way with the base (3.6).
    includes = models.ManyToManyField("self", symmetrical=False, related_name="+", blank=True)
    # An account manager's word, after the expiry, that the costs still hold (renewal).
    costs_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    costs_confirmed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    scope_answer = models.CharField(
        max_length=5, choices=ScopeAnswer, default=ScopeAnswer.NONE, blank=True
    )
    scope_reason = models.TextField(blank=True, validators=[plain_validator])
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EstimateQuerySet.as_manager()

    class Meta:
        verbose_name = _("production estimate")
        verbose_name_plural = _("production estimates")
        ordering = ["job", "change", "-revision"]
        indexes = [
            models.Index(fields=["state", "step_due_at"], name="estimate_by_state"),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="estimate_next_notice",
            ),
            models.Index(
                fields=["expires_at"], condition=Q(state="sent"), name="estimate_sent_expiry"
            ),
            models.Index(fields=["signed_at"], name="estimate_signed"),
            models.Index(fields=["submitted_at", "id"], name="estimate_by_submission"),
            models.Index(
                fields=["job"], condition=Q(scope_answer="asked"), name="estimate_scope_asked"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "change", "revision"], name="estimate_revision_once"
            ),
            models.UniqueConstraint(
                fields=["number", "revision"],
                condition=~Q(number=""),
                name="estimate_number_once",
            ),
            # Signed bases: one in force; the old one gives way in the same transaction.
            models.UniqueConstraint(
                fields=["job", "change"],
                condition=Q(state="signed"),
                name="estimate_one_signed",
            ),
            models.UniqueConstraint(
                fields=["job", "change"],
                condition=Q(
                    state__in=[
                        *["draft", "submitted", "manager_ok", "director_ok", "approved", "sent"]
                    ]
                ),
                name="estimate_one_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(signed_at__isnull=False, signed_by__isnull=False, answer__isnull=False),
                name="estimate_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="estimate_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | (~Q(number="") & ~Q(data_sha256="")),
                name="estimate_submitted_is_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "signed"])
                | Q(client_document__isnull=False, internal_document__isnull=False),
                name="estimate_sent_has_papers",
            ),
            models.CheckConstraint(
                condition=Q(net=F("subtotal") + F("contingency")), name="estimate_net_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(total=F("net") + F("vat")), name="estimate_total_adds_up"
            ),
        ]

    def __str__(self):
        label = self.number or str(_("Production estimate"))
        return f"{label}/R{self.revision}" if self.revision > 1 else label

    def get_absolute_url(self):
        return reverse("jobs:estimate_detail", args=[self.pk])

    @property
    def client(self):
        return self.job.client

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_change_order(self):
        return self.change > 0

    @property
    def margin(self):
        return self.subtotal - self.cost

    @property
    def waits_for_second_person(self):
        """A signature on paper has been recorded and nobody else has confirmed it yet."""
        return self.state == self.State.SENT and self.answer_id is not None


class EstimateApproval(Approval):
    """A step of an estimate's chain, once each; bound to the data that were approved."""

    estimate = models.ForeignKey(Estimate, models.PROTECT, related_name="approvals")
    data_sha256 = models.CharField(max_length=64)

    class Meta(Approval.Meta):
        verbose_name = _("approval")
        constraints = [
            *Approval.Meta.constraints,
            models.UniqueConstraint(fields=["estimate", "step"], name="approval_once_a_step"),
            models.UniqueConstraint(
                fields=["estimate", "by"],
                condition=Q(by__isnull=False) & ~Q(step="client"),
                name="approval_by_different_people",
            ),
        ]
