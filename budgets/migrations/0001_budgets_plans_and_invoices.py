"""Budgets, media plans, invoices and expenses."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agency.common.fields
import agency.common.texts
from agency.common.operations import CreateModels

TABLES = [
    migrations.CreateModel(
        name="AnnualBudget",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("year", models.PositiveSmallIntegerField(verbose_name="year")),
            ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("authorised", "Authorised"),
                        ("superseded", "Superseded"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("currency", models.CharField(max_length=3, verbose_name="currency")),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason of the change",
                ),
            ),
            (
                "authorised_on",
                models.DateField(blank=True, null=True, verbose_name="authorised on"),
            ),
            ("authorised_at", models.DateTimeField(blank=True, null=True)),
            ("superseded_at", models.DateTimeField(blank=True, null=True)),
            (
                "po_number",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="PO number",
                ),
            ),
            (
                "authorised_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.contact",
                    verbose_name="authorised by",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="budgets",
                    to="accounts.client",
                    verbose_name="client",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "proof",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                    verbose_name="proof",
                ),
            ),
        ],
        options={
            "verbose_name": "annual budget",
            "verbose_name_plural": "annual budgets",
            "ordering": ["client", "-year", "-version"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("client", "year", "version"), name="budget_version_once"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "authorised")),
                    fields=("client", "year"),
                    name="budget_one_authorised",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("client", "year"),
                    name="budget_one_draft",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"),
                        models.Q(
                            ("authorised_at__isnull", False),
                            ("authorised_by__isnull", False),
                            ("authorised_on__isnull", False),
                            ("proof__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="budget_authorised_with_proof",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "superseded"), _negated=True),
                        ("superseded_at__isnull", False),
                        _connector="OR",
                    ),
                    name="budget_superseded_has_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Opportunity",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            (
                "kind",
                models.CharField(
                    choices=[("organic", "Additional business"), ("new", "New business")],
                    default="organic",
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            (
                "title",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="title",
                ),
            ),
            (
                "income",
                agency.common.fields.MoneyField(
                    decimal_places=2, max_digits=14, verbose_name="income"
                ),
            ),
            ("month", models.DateField(verbose_name="month")),
            (
                "probability",
                agency.common.fields.RateField(
                    decimal_places=4,
                    max_digits=6,
                    validators=[
                        django.core.validators.MinValueValidator(Decimal("0")),
                        django.core.validators.MaxValueValidator(Decimal("1")),
                    ],
                    verbose_name="chance",
                ),
            ),
            (
                "stage",
                models.CharField(
                    choices=[
                        ("lead", "Lead"),
                        ("contact", "In contact"),
                        ("pitch", "Pitch"),
                        ("offer", "Offer"),
                        ("won", "Won"),
                        ("lost", "Lost"),
                    ],
                    default="lead",
                    max_length=8,
                    verbose_name="stage",
                ),
            ),
            (
                "next_step",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="next step",
                ),
            ),
            ("next_on", models.DateField(blank=True, null=True, verbose_name="next step on")),
            (
                "closed_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "next_notice_at",
                models.DateTimeField(blank=True, db_index=True, editable=False, null=True),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="opportunities",
                    to="accounts.client",
                    verbose_name="client",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "owner",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="owner",
                ),
            ),
        ],
        options={
            "verbose_name": "opportunity",
            "verbose_name_plural": "opportunities",
            "ordering": ["month", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("probability__gte", 0), ("probability__lte", 1)),
                    name="opportunity_chance",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("stage", "lost"), _negated=True),
                        models.Q(("closed_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="opportunity_lost_has_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(("month__day", 1)), name="opportunity_first_of_month"
                ),
                models.CheckConstraint(
                    condition=models.Q(("income__gt", 0)), name="opportunity_has_income"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AccountCost",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("month", models.DateField(verbose_name="month")),
            (
                "kind",
                models.CharField(
                    choices=[("staff", "Staff"), ("other", "Other")],
                    max_length=5,
                    verbose_name="kind",
                ),
            ),
            (
                "amount",
                agency.common.fields.MoneyField(
                    decimal_places=2, max_digits=14, verbose_name="amount"
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="account_costs",
                    to="accounts.client",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "entered_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "account cost",
            "verbose_name_plural": "account costs",
            "ordering": ["-month", "kind"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("client", "month", "kind"), name="account_cost_once"
                ),
                models.CheckConstraint(
                    condition=models.Q(("month__day", 1)), name="account_cost_first_of_month"
                ),
                models.CheckConstraint(
                    condition=models.Q(("amount__gte", 0)), name="account_cost_amount"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ExpenseBudget",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("year", models.PositiveSmallIntegerField(verbose_name="year")),
            ("month", models.PositiveSmallIntegerField(verbose_name="month")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("office", "Office supplies"),
                        ("transport", "Transport"),
                        ("entertainment", "Entertainment"),
                        ("new_business", "New business"),
                    ],
                    max_length=13,
                    verbose_name="kind",
                ),
            ),
            (
                "amount",
                agency.common.fields.MoneyField(
                    blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="amount"
                ),
            ),
            (
                "proposed",
                agency.common.fields.MoneyField(
                    blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="proposed"
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "proposed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "set_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "expense budget",
            "verbose_name_plural": "expense budgets",
            "ordering": ["-year", "-month", "kind"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("year", "month", "kind"), name="expense_budget_once"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("amount__isnull", True), ("set_by__isnull", True)),
                        models.Q(("amount__gte", 0), ("set_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="expense_budget_amount",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("proposed__isnull", True), ("proposed_by__isnull", True)),
                        models.Q(("proposed__gte", 0), ("proposed_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="expense_budget_proposal",
                ),
                models.CheckConstraint(
                    condition=models.Q(("month__gte", 1), ("month__lte", 12)),
                    name="expense_budget_month",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="MediaPlan",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
            ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("submitted", "With the account manager"),
                        ("manager_ok", "With the director's office"),
                        ("director_ok", "With the second director"),
                        ("approved", "Approved"),
                        ("sent", "With the client"),
                        ("signed", "Signed"),
                        ("refused", "Refused"),
                        ("withdrawn", "Withdrawn"),
                        ("expired", "Expired"),
                        ("superseded", "Superseded"),
                    ],
                    default="draft",
                    max_length=12,
                    verbose_name="state",
                ),
            ),
            ("brief_changed", models.BooleanField(default=False, verbose_name="brief changed")),
            ("currency", models.CharField(max_length=3, verbose_name="currency")),
            (
                "vat_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.0600"), max_digits=6, verbose_name="VAT"
                ),
            ),
            (
                "vat",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="VAT"
                ),
            ),
            (
                "total",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="total"
                ),
            ),
            (
                "note_client",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="note to the client",
                ),
            ),
            (
                "note_internal",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="internal note",
                ),
            ),
            ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
            ("data_sha256", models.CharField(blank=True, editable=False, max_length=64)),
            (
                "control_total",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="control total",
                ),
            ),
            ("step_due_at", models.DateTimeField(blank=True, null=True, verbose_name="step due")),
            ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
            ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ("expires_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
            ("superseded_at", models.DateTimeField(blank=True, null=True)),
            ("costs_confirmed_at", models.DateTimeField(blank=True, null=True)),
            (
                "closed_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "title",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="title",
                ),
            ),
            (
                "mode",
                models.CharField(
                    choices=[("included", "Commission included"), ("on_top", "Commission on top")],
                    default="included",
                    max_length=10,
                    verbose_name="commission",
                ),
            ),
            (
                "billing",
                models.CharField(
                    choices=[
                        ("agency", "Billed by the agency"),
                        ("direct", "Billed by the media owner"),
                    ],
                    default="agency",
                    max_length=10,
                    verbose_name="billing",
                ),
            ),
            (
                "commission_rate",
                agency.common.fields.RateField(
                    decimal_places=4,
                    default=Decimal("0.1500"),
                    max_digits=6,
                    verbose_name="commission",
                ),
            ),
            (
                "service_fee_rate",
                agency.common.fields.RateField(
                    decimal_places=4,
                    default=Decimal("0.0000"),
                    max_digits=6,
                    verbose_name="service fee",
                ),
            ),
            (
                "gross",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="rate card price",
                ),
            ),
            (
                "media_price",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="media price",
                ),
            ),
            (
                "commission",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="commission",
                ),
            ),
            (
                "service_fee",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="service fee",
                ),
            ),
            (
                "client_net",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="net"
                ),
            ),
            (
                "answer",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.clientanswer",
                ),
            ),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="media_plans",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "brief",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="jobs.brief",
                ),
            ),
            (
                "client_document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "costs_confirmed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "editors",
                models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "internal_document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="media_plans",
                    to="jobs.job",
                ),
            ),
            (
                "sent_to",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.contact",
                    verbose_name="signer",
                ),
            ),
            (
                "signed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signed_plans",
                    to="accounts.contact",
                ),
            ),
            (
                "submitted_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "supersedes",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="superseded_by",
                    to="budgets.mediaplan",
                ),
            ),
        ],
        options={
            "verbose_name": "media plan",
            "verbose_name_plural": "media plans",
            "ordering": ["job", "-revision"],
            "indexes": [
                models.Index(fields=["state", "step_due_at"], name="plan_by_state"),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="plan_next_notice",
                ),
                models.Index(
                    condition=models.Q(("state", "sent")),
                    fields=["expires_at"],
                    name="plan_sent_expiry",
                ),
                models.Index(fields=["signed_at"], name="plan_signed"),
                models.Index(fields=["submitted_at", "id"], name="plan_by_submission"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("job", "revision"), name="plan_version_once"),
                models.UniqueConstraint(
                    condition=models.Q(("number", ""), _negated=True),
                    fields=("number", "revision"),
                    name="plan_number_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "signed")), fields=("job",), name="plan_one_signed"
                ),
                models.UniqueConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            ["draft", "submitted", "manager_ok", "director_ok", "approved", "sent"],
                        )
                    ),
                    fields=("job",),
                    name="plan_one_unsigned",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "signed"), _negated=True),
                        models.Q(
                            ("answer__isnull", False),
                            ("signed_at__isnull", False),
                            ("signed_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="plan_signed_by_somebody",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["draft", "withdrawn"]),
                        models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="plan_submitted_has_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("submitted_at__isnull", True),
                        models.Q(
                            models.Q(("number", ""), _negated=True),
                            models.Q(("data_sha256", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="plan_submitted_is_numbered",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["sent", "signed"]), _negated=True),
                        models.Q(
                            ("client_document__isnull", False), ("internal_document__isnull", False)
                        ),
                        _connector="OR",
                    ),
                    name="plan_sent_has_papers",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            (
                                "client_net",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("media_price"), "+", models.F("service_fee")
                                ),
                            ),
                            ("mode", "included"),
                        ),
                        models.Q(
                            (
                                "client_net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("media_price"), "+", models.F("commission")
                                    ),
                                    "+",
                                    models.F("service_fee"),
                                ),
                            ),
                            ("mode", "on_top"),
                        ),
                        _connector="OR",
                    ),
                    name="plan_net_adds_up",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "total",
                            django.db.models.expressions.CombinedExpression(
                                models.F("client_net"), "+", models.F("vat")
                            ),
                        )
                    ),
                    name="plan_total_adds_up",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ClosedMonth",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("month", models.DateField(unique=True, verbose_name="month")),
            ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
            ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="reopened")),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "reopened_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "closed month",
            "verbose_name_plural": "closed months",
            "ordering": ["-month"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("month__day", 1)), name="closed_month_is_a_first"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("reopened_at__isnull", True),
                        models.Q(
                            ("reopened_by__isnull", False), models.Q(("reason", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="closed_month_reopened_by",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="BudgetLine",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            (
                "category",
                models.CharField(
                    choices=[("media", "Media"), ("production", "Production"), ("fee", "Fee")],
                    max_length=10,
                    verbose_name="category",
                ),
            ),
            (
                "amount",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="amount"
                ),
            ),
            (
                "m01",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m02",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m03",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m04",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m05",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m06",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m07",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m08",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m09",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m10",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m11",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "m12",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14
                ),
            ),
            (
                "brand",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.brand",
                    verbose_name="brand",
                ),
            ),
            (
                "budget",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="lines",
                    to="budgets.annualbudget",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "budget line",
            "verbose_name_plural": "budget lines",
            "ordering": ["category", "brand", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("budget", "category", "brand"),
                    name="budget_line_once",
                    nulls_distinct=False,
                ),
                models.CheckConstraint(
                    condition=models.Q(("amount__gte", 0)), name="budget_line_not_negative"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "amount",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.expressions.CombinedExpression(
                                                                django.db.models.expressions.CombinedExpression(
                                                                    django.db.models.expressions.CombinedExpression(
                                                                        models.F("m01"),
                                                                        "+",
                                                                        models.F("m02"),
                                                                    ),
                                                                    "+",
                                                                    models.F("m03"),
                                                                ),
                                                                "+",
                                                                models.F("m04"),
                                                            ),
                                                            "+",
                                                            models.F("m05"),
                                                        ),
                                                        "+",
                                                        models.F("m06"),
                                                    ),
                                                    "+",
                                                    models.F("m07"),
                                                ),
                                                "+",
                                                models.F("m08"),
                                            ),
                                            "+",
                                            models.F("m09"),
                                        ),
                                        "+",
                                        models.F("m10"),
                                    ),
                                    "+",
                                    models.F("m11"),
                                ),
                                "+",
                                models.F("m12"),
                            ),
                        )
                    ),
                    name="budget_line_spread_adds_up",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ExpenseRequest",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("office", "Office supplies"),
                        ("transport", "Transport"),
                        ("entertainment", "Entertainment"),
                        ("new_business", "New business"),
                    ],
                    max_length=13,
                    verbose_name="kind",
                ),
            ),
            ("on", models.DateField(verbose_name="on")),
            (
                "amount",
                agency.common.fields.MoneyField(
                    decimal_places=2, max_digits=14, verbose_name="amount"
                ),
            ),
            (
                "purpose",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="purpose"
                ),
            ),
            (
                "people",
                models.TextField(
                    blank=True, validators=[agency.common.texts.plain_validator], verbose_name="who"
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("requested", "Requested"),
                        ("approved", "Approved"),
                        ("refused", "Refused"),
                        ("spent", "Spent"),
                        ("booked", "Booked"),
                        ("cancelled", "Cancelled"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("level", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
            ("requested_at", models.DateTimeField(blank=True, null=True)),
            ("decided_at", models.DateTimeField(blank=True, null=True)),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "spent",
                agency.common.fields.MoneyField(
                    blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="spent"
                ),
            ),
            ("is_afterwards", models.BooleanField(default=False, verbose_name="afterwards")),
            ("booked_at", models.DateTimeField(blank=True, null=True)),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="expense_requests",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "booked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="expenses",
                    to="accounts.client",
                    verbose_name="client",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "decided_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "opportunity",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="expenses",
                    to="budgets.opportunity",
                    verbose_name="opportunity",
                ),
            ),
            (
                "receipt",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                    verbose_name="receipt",
                ),
            ),
        ],
        options={
            "verbose_name": "expense request",
            "verbose_name_plural": "expense requests",
            "ordering": ["-on", "-pk"],
            "indexes": [models.Index(fields=["-on", "-id"], name="expense_by_date")],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("number", ""), _negated=True),
                    fields=("number",),
                    name="expense_number_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(("amount__gt", 0)), name="expense_has_amount"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("decided_by__isnull", True),
                        models.Q(("decided_by", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="expense_decided_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "entertainment"), _negated=True),
                        models.Q(("people", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="expense_entertains_somebody",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "refused"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="expense_refused_has_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["spent", "booked"]), _negated=True),
                        models.Q(("receipt__isnull", False), ("spent__isnull", False)),
                        _connector="OR",
                    ),
                    name="expense_spent_has_receipt",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "requested"), _negated=True),
                        models.Q(("level__gte", 2), ("level__lte", 5)),
                        _connector="OR",
                    ),
                    name="expense_asked_of_somebody",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="MediaLine",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("position", models.PositiveIntegerField(verbose_name="position")),
            ("thread", models.UUIDField(db_index=True, editable=False)),
            (
                "medium",
                models.CharField(
                    choices=[
                        ("tv", "TV"),
                        ("radio", "Radio"),
                        ("newspaper", "Newspaper"),
                        ("magazine", "Magazine"),
                        ("print", "Print matter"),
                        ("outdoor", "Outdoor"),
                        ("digital", "Digital"),
                        ("collateral", "Collateral"),
                        ("event", "Event"),
                    ],
                    max_length=10,
                    verbose_name="medium",
                ),
            ),
            (
                "vehicle",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="vehicle",
                ),
            ),
            (
                "market",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="market",
                ),
            ),
            (
                "spec",
                models.CharField(
                    blank=True,
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="format",
                ),
            ),
            ("month", models.DateField(verbose_name="month")),
            ("runs", models.PositiveIntegerField(default=1, verbose_name="runs")),
            (
                "unit_gross",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="rate card price of a run",
                ),
            ),
            (
                "discount_rate",
                agency.common.fields.RateField(
                    decimal_places=4,
                    default=Decimal("0.0000"),
                    max_digits=6,
                    verbose_name="discount",
                ),
            ),
            (
                "fixed_price",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="agreed price",
                ),
            ),
            ("bonus_runs", models.PositiveIntegerField(default=0, verbose_name="bonus runs")),
            (
                "gross",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="rate card price",
                ),
            ),
            (
                "media_price",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="media price",
                ),
            ),
            (
                "commission",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="commission",
                ),
            ),
            (
                "service_fee",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="service fee",
                ),
            ),
            ("booked_on", models.DateField(blank=True, null=True, verbose_name="booked on")),
            (
                "run_ok",
                models.CharField(
                    choices=[
                        ("open", "Open"),
                        ("run", "Run"),
                        ("missed", "Missed"),
                        ("made_good", "Made good"),
                    ],
                    default="open",
                    max_length=10,
                    verbose_name="run",
                ),
            ),
            (
                "missed_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="why it was missed",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "made_good_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="makes_good",
                    to="budgets.medialine",
                ),
            ),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="lines",
                    to="budgets.mediaplan",
                ),
            ),
            (
                "proof",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                    verbose_name="proof",
                ),
            ),
            (
                "supplier",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="media_lines",
                    to="jobs.supplier",
                    verbose_name="media owner",
                ),
            ),
        ],
        options={
            "verbose_name": "media line",
            "verbose_name_plural": "media lines",
            "ordering": ["position", "pk"],
            "indexes": [
                models.Index(fields=["plan", "month"], name="media_line_by_month"),
                models.Index(fields=["month"], name="media_line_of_month"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("month__day", 1)), name="media_line_first_of_month"
                ),
                models.CheckConstraint(
                    condition=models.Q(("discount_rate__gte", 0), ("discount_rate__lte", 1)),
                    name="media_line_discount_is_a_rate",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("run_ok__in", ["run", "made_good"]), _negated=True),
                        ("proof__isnull", False),
                        _connector="OR",
                    ),
                    name="media_line_run_has_proof",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("run_ok", "missed"), _negated=True),
                        models.Q(("missed_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="media_line_missed_has_reason",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="MediaPlanApproval",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            (
                "step",
                models.CharField(
                    choices=[
                        ("manager", "Account manager"),
                        ("director", "Director's office"),
                        ("director2", "Second director"),
                        ("client", "Client"),
                    ],
                    max_length=10,
                    verbose_name="step",
                ),
            ),
            (
                "decision",
                models.CharField(
                    choices=[("approved", "Approved"), ("refused", "Refused")],
                    max_length=10,
                    verbose_name="decision",
                ),
            ),
            ("at", models.DateTimeField(verbose_name="at")),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "control_total",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="control total",
                ),
            ),
            ("data_sha256", models.CharField(max_length=64)),
            (
                "behalf_of",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "contact",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.contact",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "plan",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="approvals",
                    to="budgets.mediaplan",
                ),
            ),
        ],
        options={
            "verbose_name": "approval",
            "ordering": ["at", "pk"],
            "abstract": False,
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("decision", "refused"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="mediaplanapproval_refused_has_reason",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("contact__isnull", False), ("step", "client")),
                        models.Q(
                            models.Q(("step", "client"), _negated=True),
                            ("by__isnull", False),
                            ("contact__isnull", True),
                        ),
                        _connector="OR",
                    ),
                    name="mediaplanapproval_by_who_may",
                ),
                models.UniqueConstraint(fields=("plan", "step"), name="plan_approval_once_a_step"),
                models.UniqueConstraint(
                    condition=models.Q(
                        ("by__isnull", False), models.Q(("step", "client"), _negated=True)
                    ),
                    fields=("plan", "by"),
                    name="plan_approval_by_different",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Invoice",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("production", "Production invoice"),
                        ("media", "Media invoice"),
                        ("commission", "Commission invoice"),
                        ("fee", "Fee invoice"),
                        ("credit", "Credit note"),
                    ],
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            (
                "issuer",
                models.CharField(
                    choices=[("agency", "The agency"), ("media_owner", "The media owner")],
                    default="agency",
                    max_length=11,
                    verbose_name="issuer",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("checked", "Checked"),
                        ("issued", "Issued"),
                        ("part_paid", "Part paid"),
                        ("paid", "Paid"),
                        ("credited", "Credited"),
                        ("void", "Void"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("currency", models.CharField(max_length=3, verbose_name="currency")),
            ("month", models.DateField(blank=True, null=True, verbose_name="month")),
            ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
            ("issued_at", models.DateTimeField(blank=True, null=True)),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
            ("budget_year", models.PositiveSmallIntegerField(verbose_name="budget year")),
            (
                "category",
                models.CharField(
                    choices=[("media", "Media"), ("production", "Production"), ("fee", "Fee")],
                    max_length=10,
                    verbose_name="category",
                ),
            ),
            ("in_budget", models.BooleanField(default=True, verbose_name="in the client's budget")),
            (
                "net",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="net"
                ),
            ),
            (
                "vat",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="VAT"
                ),
            ),
            (
                "total",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="total"
                ),
            ),
            (
                "cost",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="cost"
                ),
            ),
            (
                "paid",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="paid"
                ),
            ),
            (
                "credited",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="credited",
                ),
            ),
            (
                "po_number",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="PO number",
                ),
            ),
            (
                "fapiao_number",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="fapiao number",
                ),
            ),
            (
                "note_client",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="note to the client",
                ),
            ),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            ("checked_at", models.DateTimeField(blank=True, null=True)),
            (
                "control_total",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="control total",
                ),
            ),
            (
                "void_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "checked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to="accounts.client",
                    verbose_name="client",
                ),
            ),
            (
                "contract",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to="accounts.contract",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "credits",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="credit_notes",
                    to="budgets.invoice",
                ),
            ),
            (
                "document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "editors",
                models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "estimate",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to="jobs.estimate",
                ),
            ),
            (
                "issued_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to="jobs.job",
                    verbose_name="job",
                ),
            ),
            (
                "plan",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to="budgets.mediaplan",
                ),
            ),
            (
                "supplier",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoices",
                    to="jobs.supplier",
                    verbose_name="media owner",
                ),
            ),
        ],
        options={
            "verbose_name": "invoice",
            "verbose_name_plural": "invoices",
            "ordering": ["-issued_on", "-pk"],
            "indexes": [
                models.Index(
                    fields=["budget_year", "client", "issued_at"], name="invoice_of_a_year"
                ),
                models.Index(fields=["client", "-issued_on", "-id"], name="invoice_of_client"),
                models.Index(fields=["-issued_on", "-id"], name="invoice_by_date"),
                models.Index(
                    condition=models.Q(("state__in", ["issued", "part_paid"])),
                    fields=["due_on"],
                    name="invoice_open_due",
                ),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="invoice_next_notice",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(
                        models.Q(("number", ""), _negated=True), ("issuer", "agency")
                    ),
                    fields=("number",),
                    name="invoice_number_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(
                        ("issuer", "media_owner"),
                        models.Q(("number", ""), _negated=True),
                        models.Q(("kind", "credit"), _negated=True),
                    ),
                    fields=("supplier", "number"),
                    name="invoice_owner_number_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            (
                                "credited__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("total"), "*", models.Value(-1)
                                ),
                            ),
                            ("credited__lte", 0),
                        ),
                        ("kind", "credit"),
                        _connector="OR",
                    ),
                    name="invoice_credited_up_to_total",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("credits__isnull", False), ("kind", "credit")),
                        models.Q(
                            models.Q(("kind", "credit"), _negated=True), ("credits__isnull", True)
                        ),
                        _connector="OR",
                    ),
                    name="invoice_credit_of_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("kind", "credit"), ("net__lte", 0), ("total__lt", 0), ("vat__lte", 0)
                        ),
                        models.Q(
                            models.Q(("kind", "credit"), _negated=True),
                            ("net__gte", 0),
                            ("vat__gte", 0),
                        ),
                        _connector="OR",
                    ),
                    name="invoice_sign_by_kind",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "total",
                            django.db.models.expressions.CombinedExpression(
                                models.F("net"), "+", models.F("vat")
                            ),
                        )
                    ),
                    name="invoice_total_adds_up",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("due_on__isnull", True),
                        ("due_on__gte", models.F("issued_on")),
                        _connector="OR",
                    ),
                    name="invoice_due_after_issue",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("issued_at__isnull", True), ("state__in", ["draft", "checked", "void"])
                        ),
                        models.Q(
                            ("document__isnull", False),
                            ("issued_at__isnull", False),
                            ("issued_on__isnull", False),
                            ("state__in", ["issued", "part_paid", "paid", "credited"]),
                        ),
                        _connector="OR",
                    ),
                    name="invoice_issued_is_whole",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("checked_by__isnull", True),
                        models.Q(("checked_by", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="invoice_checked_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("kind", "credit"),
                        models.Q(("paid__gte", 0), ("paid__lte", models.F("total"))),
                        _connector="OR",
                    ),
                    name="invoice_not_overpaid",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "void"), _negated=True),
                        models.Q(("void_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="invoice_void_has_reason",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="MonthlyReport",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("submitted", "With the account manager"),
                        ("signed", "Signed"),
                        ("issued", "Issued"),
                        ("superseded", "Superseded"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("due_at", models.DateTimeField(verbose_name="due")),
            ("corrections", models.JSONField(blank=True, default=list)),
            ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
            ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
            ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued")),
            (
                "late_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="late reason",
                ),
            ),
            (
                "return_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "revise_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason of the revision",
                ),
            ),
            ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("month", models.DateField(verbose_name="month")),
            ("cutoff_at", models.DateTimeField(verbose_name="cut-off")),
            ("rows", models.JSONField(blank=True, default=dict)),
            (
                "opportunities",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what we should propose",
                ),
            ),
            (
                "comment",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="comment",
                ),
            ),
            (
                "note_internal",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="internal note",
                ),
            ),
            (
                "over_note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what the client was told of the over-commitment",
                ),
            ),
            (
                "author",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "budget",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="monthly_reports",
                    to="budgets.annualbudget",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="monthly_reports",
                    to="accounts.client",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "internal_document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "issued_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "signed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "monthly budget report",
            "verbose_name_plural": "monthly budget reports",
            "ordering": ["-month", "client", "-revision"],
            "indexes": [
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="monthly_next_notice",
                )
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("client", "month", "revision"), name="monthly_revision_once"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state__in", ["draft", "submitted", "signed"])),
                    fields=("client", "month"),
                    name="monthly_one_unissued",
                ),
                models.CheckConstraint(
                    condition=models.Q(("month__day", 1)), name="monthly_first_of_month"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"),
                        models.Q(
                            ("author__isnull", False),
                            ("submitted_at__isnull", False),
                            models.Q(("opportunities", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="monthly_submitted_has_remark",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_by__isnull", True),
                        models.Q(("signed_by", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="monthly_signed_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["issued", "superseded"]), _negated=True),
                        models.Q(
                            ("document__isnull", False),
                            ("internal_document__isnull", False),
                            ("issued_at__isnull", False),
                            ("signed_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="monthly_issued_is_whole",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="InvoiceLine",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("position", models.PositiveIntegerField(verbose_name="position")),
            (
                "text",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="what",
                ),
            ),
            (
                "quantity",
                agency.common.fields.QuantityField(
                    decimal_places=3, default=Decimal("1"), max_digits=12, verbose_name="quantity"
                ),
            ),
            (
                "unit_price",
                models.DecimalField(
                    blank=True,
                    decimal_places=4,
                    max_digits=14,
                    null=True,
                    verbose_name="unit price",
                ),
            ),
            (
                "net",
                agency.common.fields.MoneyField(
                    decimal_places=2, max_digits=14, verbose_name="net"
                ),
            ),
            (
                "vat_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.0600"), max_digits=6, verbose_name="VAT"
                ),
            ),
            (
                "contingency_of",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="jobs.estimate",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "estimate_line",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoice_lines",
                    to="jobs.estimateline",
                ),
            ),
            (
                "invoice",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="lines",
                    to="budgets.invoice",
                ),
            ),
            (
                "media_line",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invoice_lines",
                    to="budgets.medialine",
                ),
            ),
        ],
        options={
            "verbose_name": "invoice line",
            "verbose_name_plural": "invoice lines",
            "ordering": ["position", "pk"],
        },
    ),
    migrations.CreateModel(
        name="Adjustment",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            (
                "category",
                models.CharField(
                    choices=[("media", "Media"), ("production", "Production"), ("fee", "Fee")],
                    max_length=10,
                    verbose_name="category",
                ),
            ),
            (
                "column",
                models.CharField(
                    choices=[
                        ("billed", "Billed"),
                        ("in_execution", "In execution"),
                        ("budget", "Budget"),
                    ],
                    max_length=12,
                    verbose_name="column",
                ),
            ),
            (
                "amount",
                agency.common.fields.MoneyField(
                    decimal_places=2, max_digits=14, verbose_name="amount"
                ),
            ),
            (
                "reason",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="reason"
                ),
            ),
            ("signed_at", models.DateTimeField(blank=True, null=True)),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="adjustments",
                    to="budgets.monthlyreport",
                ),
            ),
            (
                "signed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "adjustment",
            "verbose_name_plural": "adjustments",
            "ordering": ["pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("amount", 0), _negated=True), name="adjustment_has_amount"
                ),
                models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True), name="adjustment_has_reason"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_by__isnull", True),
                        models.Q(("signed_by", models.F("by")), _negated=True),
                        _connector="OR",
                    ),
                    name="adjustment_signed_by_another",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Payment",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("on", models.DateField(verbose_name="received on")),
            ("at", models.DateTimeField()),
            (
                "amount",
                agency.common.fields.MoneyField(
                    decimal_places=2, max_digits=14, verbose_name="amount"
                ),
            ),
            (
                "reference",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="reference",
                ),
            ),
            ("bank_key", models.CharField(blank=True, editable=False, max_length=64)),
            ("bank_part", models.PositiveSmallIntegerField(default=1, editable=False)),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "entered_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "invoice",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="payments",
                    to="budgets.invoice",
                ),
            ),
            (
                "reverses",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="reversal",
                    to="budgets.payment",
                ),
            ),
        ],
        options={
            "verbose_name": "payment",
            "verbose_name_plural": "payments",
            "ordering": ["on", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("amount", 0), _negated=True), name="payment_has_amount"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("amount__gt", 0), ("reverses__isnull", True)),
                        models.Q(
                            ("amount__lt", 0),
                            ("reverses__isnull", False),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="payment_negative_reverses",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("bank_key", ""), _negated=True),
                    fields=("bank_key", "bank_part"),
                    name="payment_bank_row_once",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Dunning",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("step", models.PositiveSmallIntegerField(verbose_name="step")),
            ("on", models.DateField(verbose_name="on")),
            (
                "kind",
                models.CharField(
                    choices=[("call", "Call"), ("letter", "Letter"), ("meeting", "Meeting")],
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            ("promise_on", models.DateField(blank=True, null=True, verbose_name="promised for")),
            (
                "text",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what was said",
                ),
            ),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "created_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "invoice",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="dunnings",
                    to="budgets.invoice",
                ),
            ),
        ],
        options={
            "verbose_name": "reminder of payment",
            "verbose_name_plural": "reminders of payment",
            "ordering": ["on", "pk"],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("budgets", "0001_initial"),
        ("budgets", "0003_ask_expenses_by_level"),
        ("budgets", "0004_media_line_missed_reason"),
        ("budgets", "0005_monthly_revisions_have_a_reason"),
        ("budgets", "0006_invoices_name_owner_and_editors"),
        ("budgets", "0008_hold_reminders_of_payment"),
        ("budgets", "0009_read_by_year"),
        ("budgets", "0010_split_bank_rows"),
        ("budgets", "0011_propose_expense_budgets"),
        ("budgets", "0012_share_signed_reports"),
    ]
    dependencies = [
        ("accounts", "0001_people_clients_and_contracts"),
        ("archives", "0001_papers_ads_and_brands"),
        ("jobs", "0001_jobs_estimates_and_timelines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
