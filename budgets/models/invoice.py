from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client, Contract, User
from accounts.models.scope import MoneyQuerySet
from agency.common.fields import MoneyField, QuantityField, RateField
from agency.common.models.base import EditedRow, FormKeyed
from agency.common.texts import line_validator, plain_validator
from archives.models import Document
from budgets.models.budget import ZERO, Category
from budgets.models.plan import MediaLine, MediaPlan
from jobs.models import Estimate, EstimateLine, Job, Supplier

TONES = {
    "draft": "accent", "checked": "amber", "issued": "amber", "part_paid": "amber",
    "paid": "green", "credited": "", "void": "",
}  # fmt: skip


class InvoiceQuerySet(MoneyQuerySet):
    def out(self):
        """Issued, whatever came of it since: what counts as billed (6.3)."""
        return self.filter(issued_at__isnull=False)

    def receivable(self):
        """Ours, issued and not yet wholly paid or credited (6.6)."""
        return self.filter(RECEIVABLE)

    def overdue(self, day):
        return self.receivable().filter(due_on__lt=day)


class Invoice(EditedRow, FormKeyed):
    """What is billed against a signed paper; frozen at issue (3.9); a credit note is below 0."""

    class Kind(models.TextChoices):
        PRODUCTION = "production", _("Production invoice")
        MEDIA = "media", _("Media invoice")
        COMMISSION = "commission", _("Commission invoice")
        FEE = "fee", _("Fee invoice")
        CREDIT = "credit", _("Credit note")

    class Issuer(models.TextChoices):
        AGENCY = "agency", _("The agency")
        MEDIA_OWNER = "media_owner", _("The media owner")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CHECKED = "checked", pgettext_lazy("invoice", "Checked")
        ISSUED = "issued", pgettext_lazy("invoice", "Issued")
        PART_PAID = "part_paid", pgettext_lazy("invoice", "Part paid")
        PAID = "paid", pgettext_lazy("invoice", "Paid")
        CREDITED = "credited", pgettext_lazy("invoice", "Credited")
        VOID = "void", _("Void")

    OWED = (State.ISSUED, State.PART_PAID)
    OUT = (State.ISSUED, State.PART_PAID, State.PAID, State.CREDITED)

    number = models.CharField(_("number"), max_length=40, blank=True)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="invoices", verbose_name=_("client")
    )
    job = models.ForeignKey(Job, models.PROTECT, related_name="invoices", verbose_name=_("job"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    issuer = models.CharField(_("issuer"), max_length=11, choices=Issuer, default=Issuer.AGENCY)
    estimate = models.ForeignKey(
        Estimate, models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    plan = models.ForeignKey(
        MediaPlan, models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    # Who issued it, or, of commission outside the client's budget, who owes it.
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
        verbose_name=_("media owner"),
    )
    credits = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="credit_notes"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    currency = models.CharField(_("currency"), max_length=3)
    # The month of a fee or of a media owner's run; the first of it.
    month = models.DateField(_("month"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    category = models.CharField(_("category"), max_length=10, choices=Category)
    # False: commission that the media owner pays, billed to him and no part of the client's year.
    in_budget = models.BooleanField(_("in the client's budget"), default=True)
    net = MoneyField(_("net"), default=ZERO)
    vat = MoneyField(_("VAT"), default=ZERO)
    total = MoneyField(_("total"), default=ZERO)
    # Third-party cost of what is billed: an estimate's cost in proportion, the media payable (6.7).
    cost = MoneyField(_("cost"), default=ZERO)
    paid = MoneyField(_("paid"), default=ZERO)
    credited = MoneyField(_("credited"), default=ZERO)
    po_number = models.CharField(
        _("PO number"), max_length=40, blank=True, validators=[line_validator]
    )
    fapiao_number = models.CharField(
        _("fapiao number"), max_length=40, blank=True, validators=[line_validator]
    )
    note_client = models.TextField(
        _("note to the client"), blank=True, validators=[plain_validator]
    )
    reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    author = models.ForeignKey(User, models.PROTECT, related_name="invoices")
    # Whoever changed its lines: an author, who does not check it.
    editors = models.ManyToManyField(User, related_name="+", blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    control_total = MoneyField(_("control total"), null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.TextField(_("reason"), blank=True, validators=[plain_validator])
    next_notice_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["budget_year", "client", "issued_at"], name="invoice_of_a_year"),
            models.Index(fields=["client", "-issued_on", "-id"], name="invoice_of_client"),
            models.Index(fields=["-issued_on", "-id"], name="invoice_by_date"),
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=["issued", "part_paid"]),
                name="invoice_open_due",
            ),
            models.Index(
                fields=["client"],
                condition=Q(issuer="agency", state__in=["issued", "part_paid"]) & ~Q(kind="credit"),
                name="invoice_owed_by",
            ),
            models.Index(
                fields=["next_notice_at"],
                condition=Q(next_notice_at__isnull=False),
                name="invoice_next_notice",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number="") & Q(issuer="agency"),
                name="invoice_number_once",
            ),
            models.UniqueConstraint(
                fields=["supplier", "number"],
                condition=Q(issuer="media_owner") & ~Q(number="") & ~Q(kind="credit"),
                name="invoice_owner_number_once",
            ),
            models.CheckConstraint(
                condition=Q(credited__lte=0, credited__gte=-F("total")) | Q(kind="credit"),
                name="invoice_credited_up_to_total",
            ),
            models.CheckConstraint(
                condition=Q(kind="credit", credits__isnull=False)
                | (~Q(kind="credit") & Q(credits__isnull=True)),
                name="invoice_credit_of_another",
            ),
            models.CheckConstraint(
                condition=Q(kind="credit", net__lte=0, vat__lte=0, total__lt=0)
                | (~Q(kind="credit") & Q(net__gte=0, vat__gte=0)),
                name="invoice_sign_by_kind",
            ),
            models.CheckConstraint(
                condition=Q(total=F("net") + F("vat")), name="invoice_total_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("issued_on")),
                name="invoice_due_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "checked", "void"], issued_at__isnull=True)
                | Q(
                    state__in=["issued", "part_paid", "paid", "credited"],
                    issued_at__isnull=False,
                    issued_on__isnull=False,
                    document__isnull=False,
                ),
                name="invoice_issued_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("author")),
                name="invoice_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(kind="credit") | Q(paid__lte=F("total"), paid__gte=0),
                name="invoice_not_overpaid",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | ~Q(void_reason=""), name="invoice_void_has_reason"
            ),
        ]

    def __str__(self):
        return self.number or str(self.get_kind_display())

    def get_absolute_url(self):
        return reverse("budgets:invoice_detail", args=[self.pk])

    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def open_amount(self):
        """Total, less what was credited (negative) and paid (3.9)."""
        return self.total + self.credited - self.paid if self.state in self.OUT else ZERO

    @property
    def tone(self):
        """The colour of the state's badge."""
        return TONES.get(self.state, "")

    @property
    def is_receivable(self):
        """As RECEIVABLE says it to the database."""
        is_ours = self.issuer == self.Issuer.AGENCY and self.kind != self.Kind.CREDIT
        return is_ours and self.state in self.OWED

    def is_overdue(self, day):
        return self.state in self.OWED and self.due_on is not None and self.due_on < day


# A credit note owes nothing, and stays issued for ever.
RECEIVABLE = Q(issuer=Invoice.Issuer.AGENCY, state__in=Invoice.OWED) & ~Q(kind=Invoice.Kind.CREDIT)


class InvoiceLine(EditedRow):
    """One row of an invoice; its net counts, whatever quantity and unit price say."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(_("position"))
    text = models.CharField(
        pgettext_lazy("line", "what"), max_length=200, validators=[line_validator]
    )
    quantity = QuantityField(_("quantity"), default=Decimal("1"))
    unit_price = models.DecimalField(
        _("unit price"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    net = MoneyField(_("net"))
    vat_rate = RateField(_("VAT"), default=Decimal("0.0600"))
    estimate_line = models.ForeignKey(
        EstimateLine, models.PROTECT, null=True, blank=True, related_name="invoice_lines"
    )
    # The estimate whose contingency is billed.
    contingency_of = models.ForeignKey(
        Estimate, models.PROTECT, null=True, blank=True, related_name="+"
    )
    media_line = models.ForeignKey(
        MediaLine, models.PROTECT, null=True, blank=True, related_name="invoice_lines"
    )

    class Meta:
        verbose_name = _("invoice line")
        verbose_name_plural = _("invoice lines")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text
