from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.scope import ScopedQuerySet
from agency.common.fields import MoneyField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from jobs.models.brief import Brief, Department
from jobs.models.estimate import Estimate
from jobs.models.job import FOR_SUPPLIERS, Job, ordered_from
from jobs.models.line import EstimateLine
from jobs.models.supplier import Supplier


class StartOrderQuerySet(ScopedQuerySet):
    client_path = "job__client"

    def visible_to(self, user, at=None):
        """Orders of one's clients; a department sees its own (4.1)."""
        if user.is_authenticated and user.role == User.Role.DEPARTMENT:
            return self.filter(ordered_from(user), job__in=Job.objects.visible_to(user, at))
        return super().visible_to(user, at)

    def open(self):
        return self.filter(state__in=[StartOrder.State.GIVEN, StartOrder.State.RECEIVED])

    def of_department(self, department):
        return self.filter(department=department)


class StartOrder(EditedRow, FormKeyed):
    """The AE's instruction to begin, to one department or one supplier (R53, R57)."""

    class Kind(models.TextChoices):
        PLANNING = "planning", _("Planning")
        CREATIVE = "creative", _("Creative")
        MEDIA = "media", _("Media")
        PRODUCTION = "production", _("Production")
        SUPPLIER = "supplier", _("Supplier")

    class State(models.TextChoices):
        GIVEN = "given", _("Given")
        RECEIVED = "received", _("Received")
        DONE = "done", _("Done")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    job = models.ForeignKey(Job, models.PROTECT, related_name="start_orders")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    department = models.CharField(_("department"), max_length=10, choices=Department, blank=True)
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="start_orders",
        verbose_name=_("supplier"),
    )
    to = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="start_orders",
        verbose_name=_("to"),
    )
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="start_orders")
    text = models.TextField(_("what"), validators=[plain_validator])
    due_on = models.DateField(_("by when"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.GIVEN)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.TextField(blank=True, validators=[plain_validator])
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = StartOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("start order")
        verbose_name_plural = _("start orders")
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(
                fields=["department", "due_on"],
                condition=Q(state__in=["given", "received"]),
                name="order_open_of_department",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="supplier", supplier__isnull=False)
                | (~Q(kind="supplier") & ~Q(department="")),
                name="order_to_department_or_supplier",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="order_done_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(withdraw_reason=""),
                name="order_withdrawn_has_reason",
            ),
        ]

    @property
    def taken_by(self):
        """The department whose people take it."""
        return self.department or FOR_SUPPLIERS

    def __str__(self):
        return f"{self.get_kind_display()} · {self.receiver}"

    def get_absolute_url(self):
        return reverse("jobs:order_detail", args=[self.pk])

    @property
    def client(self):
        return self.job.client

    @property
    def receiver(self):
        return self.supplier or self.to or self.get_department_display()

    @property
    def is_open(self):
        return self.state in (self.State.GIVEN, self.State.RECEIVED)


class CostQuerySet(ScopedQuerySet):
    client_path = "job__client"

    def orders(self):
        return self.filter(kind=Cost.Kind.ORDER)

    def bills(self):
        return self.filter(kind=Cost.Kind.BILL)


class Cost(EditedRow, FormKeyed):
    """An order to a supplier or his bill, against a line of the signed estimate (R57, R59)."""

    class Kind(models.TextChoices):
        ORDER = "order", _("Order")
        BILL = "bill", _("Bill")

    job = models.ForeignKey(Job, models.PROTECT, related_name="costs")
    line = models.ForeignKey(
        EstimateLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="costs",
        verbose_name=_("estimate line"),
    )
    start_order = models.ForeignKey(
        StartOrder, models.PROTECT, null=True, blank=True, related_name="costs"
    )
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="costs",
        verbose_name=_("supplier"),
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.ORDER)
    # A bill answers an order: completion wants one for each ordered cost (9.4).
    order = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="bills")
    number = models.CharField(_("number"), max_length=40, blank=True, validators=[line_validator])
    on = models.DateField(_("on"))
    amount = MoneyField(_("amount"))
    # Above the line's cost: the AM who let it pass (R59).
    over_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CostQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="cost_has_amount"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount:,.2f}"

    @property
    def client(self):
        return self.job.client


class ErrorNoteQuerySet(ScopedQuerySet):
    client_path = "job__client"


class ErrorNote(EditedRow, FormKeyed):
    """A mistake found after the signature: kind, amount, who noticed (R59)."""

    class Kind(models.TextChoices):
        OMISSION = "omission", _("Omission")
        SUM = "sum", _("Sum")
        PRICE = "price", _("Price")
        SPEC = "spec", _("Specification")
        PROOF = "proof", _("Proofreading")
        DATE = "date", _("Date")
        OTHER = "other", _("Other")

    job = models.ForeignKey(Job, models.PROTECT, related_name="error_notes")
    estimate = models.ForeignKey(
        Estimate, models.PROTECT, null=True, blank=True, related_name="error_notes"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OMISSION)
    amount = MoneyField(_("amount"), null=True, blank=True)
    noticed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noticed by")
    )
    found_on = models.DateField(_("found on"))
    text = models.TextField(_("what happened"), validators=[plain_validator])

    objects = ErrorNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("error note")
        verbose_name_plural = _("error notes")
        ordering = ["-found_on", "-pk"]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.text[:60]}"
