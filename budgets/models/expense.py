"""What the department may spend, and who asks to spend it (费用申请, R86, 3.14)."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Assignment, Client, User
from accounts.models.scope import local_day
from accounts.models.user import RANKS
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import plain_validator
from archives.models import Document
from budgets.models.business import Opportunity

MANAGEMENT = 5  # the step above a GAD


class ExpenseKind(models.TextChoices):
    OFFICE = "office", _("Office supplies")
    TRANSPORT = "transport", _("Transport")
    ENTERTAINMENT = "entertainment", _("Entertainment")
    NEW_BUSINESS = "new_business", _("New business")


class ExpenseBudget(EditedRow):
    """What the department may spend in a month on one kind (R86)."""

    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    kind = models.CharField(_("kind"), max_length=13, choices=ExpenseKind)
    # Empty until it is set.
    amount = MoneyField(_("amount"), null=True, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # What the AM proposes, until the AD has set the amount.
    proposed = MoneyField(_("proposed"), null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("expense budget")
        verbose_name_plural = _("expense budgets")
        ordering = ["-year", "-month", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month", "kind"], name="expense_budget_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, set_by__isnull=True)
                | Q(amount__gte=0, set_by__isnull=False),
                name="expense_budget_amount",
            ),
            models.CheckConstraint(
                condition=Q(proposed__isnull=True, proposed_by__isnull=True)
                | Q(proposed__gte=0, proposed_by__isnull=False),
                name="expense_budget_proposal",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="expense_budget_month"
            ),
        ]

    def __str__(self):
        return f"{self.year}-{self.month:02} {self.get_kind_display()}"


class ExpenseRequestQuerySet(models.QuerySet):
    def visible_to(self, user, at=None):
        """One's own; what people below one ask for; all of them for finance and management.

        A request with a client is known above its author on that client, one without a client
        above him on any client that he serves. A draft is its author's alone.
        """
        if not (user.is_authenticated and user.is_active) or user.is_department or user.is_admin:
            return self.none()
        sent = ~Q(state=ExpenseRequest.State.DRAFT)
        if user.sees_all_clients:
            return self.filter(Q(author=user) | sent)
        above = Q(decided_by=user) | _above(user, local_day(at))
        return self.filter(Q(author=user) | sent & above)

    def of_month(self, year, month):
        return self.filter(on__year=year, on__month=month)

    def asked(self):
        return self.filter(state=ExpenseRequest.State.REQUESTED)

    def counted(self):
        """What takes from the month's budget: approved, spent, booked; spent and too much, too."""
        excess = Q(state=ExpenseRequest.State.REQUESTED, spent__isnull=False)
        return self.filter(Q(state__in=ExpenseRequest.COUNTED) | excess)

    def used(self):
        """{kind: sum}: what was spent, else what was approved (3.14)."""
        return self.counted().sums()

    def sums(self):
        rows = self.order_by().values_list("kind")
        return dict(rows.annotate(sum=Sum(Coalesce("spent", "amount"))))

    def waiting_for_receipt(self, day):
        """Approved, its day is past, and no receipt is here."""
        return self.filter(state=ExpenseRequest.State.APPROVED, on__lt=day)


def _above(user, day):
    """Condition: the person stands above the author, himself or for somebody absent (4.4)."""
    today = Assignment.objects.on(day)
    found = Q(client__group__head=user)
    headed = today.filter(client__group__head=user).values("user")
    found |= Q(client=None, author__in=headed)
    for role in [role for role, rank in RANKS.items() if 1 < rank <= user.rank]:
        posts = Assignment.objects.held_by(user.pk, day).filter(role=role).values("client")
        below = [name for name, rank in RANKS.items() if rank < RANKS[role]]
        peers = today.filter(client=OuterRef("client"), user=OuterRef("author"))
        found |= Q(client__in=posts) & ~Exists(peers.exclude(role__in=below))
        served = today.filter(client__in=posts, role__in=below)
        found |= Q(client=None, author__in=served.values("user"))
    return found


class ExpenseRequest(EditedRow, FormKeyed):
    """A request to spend the department's money (费用申请), decided by the next rank (R86)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REQUESTED = "requested", pgettext_lazy("expense", "Requested")
        APPROVED = "approved", pgettext_lazy("expense", "Approved")
        REFUSED = "refused", _("Refused")
        SPENT = "spent", pgettext_lazy("expense", "Spent")
        BOOKED = "booked", pgettext_lazy("expense", "Booked")
        CANCELLED = "cancelled", _("Cancelled")

    COUNTED = (State.APPROVED, State.SPENT, State.BOOKED)
    TONES = {"requested": "amber", "approved": "green", "refused": "red", "spent": "amber"}

    number = models.CharField(_("number"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=13, choices=ExpenseKind)
    client = models.ForeignKey(
        Client,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("client"),
    )
    opportunity = models.ForeignKey(
        Opportunity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("opportunity"),
    )
    on = models.DateField(_("on"))
    amount = MoneyField(_("amount"))
    purpose = models.TextField(_("purpose"), validators=[plain_validator])
    people = models.TextField(_("who"), blank=True, validators=[plain_validator])
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(User, models.PROTECT, related_name="expense_requests")
    # Whose decision it is: 2 AM, 3 AD, 4 GAD, 5 management; set while it is asked for.
    level = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    requested_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    spent = MoneyField(_("spent"), null=True, blank=True)
    receipt = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("expense", "receipt"),
    )
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    is_afterwards = models.BooleanField(_("afterwards"), default=False)
    booked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    booked_at = models.DateTimeField(null=True, blank=True)

    objects = ExpenseRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("expense request")
        verbose_name_plural = _("expense requests")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["-on", "-id"], name="expense_by_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="expense_number_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_has_amount"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="expense_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind="entertainment") | ~Q(people=""),
                name="expense_entertains_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="expense_refused_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["spent", "booked"])
                | Q(spent__isnull=False, receipt__isnull=False),
                name="expense_spent_has_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state="requested") | Q(level__gte=2, level__lte=MANAGEMENT),
                name="expense_asked_of_somebody",
            ),
        ]

    def __str__(self):
        return self.number or self.get_kind_display()

    def get_absolute_url(self):
        return reverse("budgets:expense_detail", args=[self.pk])

    @property
    def state_tone(self):
        return self.TONES.get(self.state, "accent" if self.state == "draft" else "")

    @property
    def is_excess(self):
        """The money is spent, and it was too much: asked for once more (3.14)."""
        return self.state == self.State.REQUESTED and self.spent is not None

    @property
    def counts(self):
        """What it takes from the month's budget, or would take."""
        return self.amount if self.spent is None else self.spent
