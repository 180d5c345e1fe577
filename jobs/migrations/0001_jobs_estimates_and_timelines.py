"""Jobs, estimates, timelines and checks."""

import uuid
from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agency.common.fields
import agency.common.texts
import jobs.models.line
from agency.common.operations import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Job",
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
            ("number", models.CharField(blank=True, max_length=20, verbose_name="job number")),
            (
                "title",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="title",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[("production", "Production"), ("media", "Media"), ("fee", "Fee")],
                    default="production",
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            ("makes_ads", models.BooleanField(default=True, verbose_name="makes ads")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("requested", "Requested"),
                        ("approved", "Approved"),
                        ("active", "Active"),
                        ("delivered", "Delivered"),
                        ("closed", "Closed"),
                        ("rejected", "Rejected"),
                        ("cancelled", "Cancelled"),
                    ],
                    default="requested",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("requested_at", models.DateTimeField(verbose_name="requested")),
            (
                "contract_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason without contract",
                ),
            ),
            ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
            ("due_on", models.DateField(verbose_name="due")),
            (
                "estimate_due_at",
                models.DateTimeField(blank=True, null=True, verbose_name="estimate due"),
            ),
            ("budget_year", models.PositiveSmallIntegerField(verbose_name="budget year")),
            ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered")),
            ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
            (
                "risk_note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="who bears the risk before the signature",
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
            ("archived_at", models.DateTimeField(blank=True, null=True, verbose_name="archived")),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "ae",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="jobs",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="AE",
                ),
            ),
            (
                "approved_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "brand",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="jobs",
                    to="accounts.brand",
                    verbose_name="brand",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="jobs",
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
                "product",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="jobs",
                    to="accounts.product",
                    verbose_name="product",
                ),
            ),
            (
                "requested_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "job",
            "verbose_name_plural": "jobs",
            "ordering": ["-requested_at", "-pk"],
            "indexes": [
                models.Index(fields=["client", "-requested_at", "-id"], name="job_of_client"),
                models.Index(fields=["-requested_at", "-id"], name="job_by_date"),
                models.Index(fields=["budget_year", "client"], name="job_of_year"),
                models.Index(
                    condition=models.Q(("state__in", ["requested", "approved", "active"])),
                    fields=["due_on"],
                    name="job_running_due",
                ),
                models.Index(
                    condition=models.Q(
                        ("archived_at__isnull", True),
                        ("state__in", ["requested", "approved", "active", "delivered"]),
                    ),
                    fields=["due_on", "id"],
                    name="job_at_work_due",
                ),
                models.Index(fields=["ae", "state"], name="job_of_ae"),
                models.Index(fields=["state", "-requested_at", "-id"], name="job_by_state"),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="job_next_notice",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("number", ""), _negated=True),
                    fields=("number",),
                    name="job_number_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("approved_at__isnull", True), ("number", "")),
                        models.Q(
                            models.Q(("number", ""), _negated=True), ("approved_at__isnull", False)
                        ),
                        _connector="OR",
                    ),
                    name="job_number_with_approval",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("state__in", ["approved", "active", "delivered", "closed"]),
                            _negated=True,
                        ),
                        ("approved_by__isnull", False),
                        _connector="OR",
                    ),
                    name="job_approved_by_somebody",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("approved_by__isnull", True),
                        models.Q(("approved_by", models.F("requested_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="job_approved_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        ("closed_at__isnull", False),
                        _connector="OR",
                    ),
                    name="job_closed_has_time",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Supplier",
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
                "name",
                models.CharField(
                    max_length=120,
                    unique=True,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("print", "Print"),
                        ("film", "Film"),
                        ("photo", "Photo"),
                        ("digital", "Digital"),
                        ("event", "Event"),
                        ("media", "Media"),
                        ("other", "Other"),
                    ],
                    default="print",
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            ("contact", models.CharField(blank=True, max_length=120, verbose_name="contact")),
            (
                "phone",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="phone",
                ),
            ),
            (
                "tax_number",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="tax number",
                ),
            ),
            ("is_active", models.BooleanField(default=True, verbose_name="active")),
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
            "verbose_name": "supplier",
            "verbose_name_plural": "suppliers",
            "ordering": ["name"],
        },
    ),
    migrations.CreateModel(
        name="TimelineTemplate",
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
                "name",
                models.CharField(
                    max_length=80,
                    unique=True,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
                ),
            ),
            (
                "name_en",
                models.CharField(
                    blank=True,
                    max_length=80,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name in English",
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
            "verbose_name": "timeline template",
            "verbose_name_plural": "timeline templates",
            "ordering": ["pk"],
        },
    ),
    migrations.CreateModel(
        name="JobLog",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("at", models.DateTimeField()),
            (
                "from_state",
                models.CharField(
                    blank=True,
                    choices=[
                        ("requested", "Requested"),
                        ("approved", "Approved"),
                        ("active", "Active"),
                        ("delivered", "Delivered"),
                        ("closed", "Closed"),
                        ("rejected", "Rejected"),
                        ("cancelled", "Cancelled"),
                    ],
                    max_length=10,
                ),
            ),
            (
                "to_state",
                models.CharField(
                    choices=[
                        ("requested", "Requested"),
                        ("approved", "Approved"),
                        ("active", "Active"),
                        ("delivered", "Delivered"),
                        ("closed", "Closed"),
                        ("rejected", "Rejected"),
                        ("cancelled", "Cancelled"),
                    ],
                    max_length=10,
                ),
            ),
            (
                "reason",
                models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
            ),
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
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="logs", to="jobs.job"
                ),
            ),
        ],
        options={
            "verbose_name": "job log",
            "ordering": ["at", "pk"],
        },
    ),
    migrations.CreateModel(
        name="Deliverable",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("position", models.PositiveSmallIntegerField(default=1)),
            (
                "name",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
                ),
            ),
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
                    default="print",
                    max_length=10,
                    verbose_name="medium",
                ),
            ),
            ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
            (
                "spec",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="specification",
                ),
            ),
            ("not_charged", models.BooleanField(default=False, verbose_name="not charged")),
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
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="deliverables",
                    to="jobs.job",
                ),
            ),
        ],
        options={
            "verbose_name": "deliverable",
            "verbose_name_plural": "deliverables",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("quantity__gt", 0)), name="deliverable_has_quantity"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Brief",
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
                    choices=[("job", "Job brief"), ("creative", "Creative brief")],
                    default="job",
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("in_force", "In force"),
                        ("superseded", "Superseded"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            (
                "background",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="background",
                ),
            ),
            (
                "objective",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="objective",
                ),
            ),
            (
                "audience",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="audience",
                ),
            ),
            (
                "message",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="message",
                ),
            ),
            (
                "tone",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="tone",
                ),
            ),
            (
                "mandatories",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="mandatories",
                ),
            ),
            (
                "budget",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="budget without VAT",
                ),
            ),
            (
                "strategy_try",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="strategy try",
                ),
            ),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason of the change",
                ),
            ),
            ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
            (
                "in_force_at",
                models.DateTimeField(blank=True, null=True, verbose_name="in force since"),
            ),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="briefs",
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
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="briefs",
                    to="jobs.job",
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
            (
                "strategy_by",
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
            "verbose_name": "brief",
            "verbose_name_plural": "briefs",
            "ordering": ["kind", "-version"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("job", "kind", "version"), name="brief_version_once"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "in_force")),
                    fields=("job", "kind"),
                    name="brief_one_in_force",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("job", "kind"),
                    name="brief_one_draft",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "creative"), ("state", "in_force"), _negated=True),
                        ("signed_by__isnull", False),
                        _connector="OR",
                    ),
                    name="brief_creative_is_signed",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"), ("in_force_at__isnull", False), _connector="OR"
                    ),
                    name="brief_in_force_has_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("version", 1),
                        models.Q(("reason", ""), _negated=True),
                        ("state", "draft"),
                        _connector="OR",
                    ),
                    name="brief_change_has_reason",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="OutgoingCheck",
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
            ("subject_type", models.CharField(blank=True, max_length=60)),
            ("subject_id", models.PositiveBigIntegerField(blank=True, null=True)),
            ("sha256", models.CharField(max_length=64)),
            (
                "title",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="what",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("creative", "Creative work"),
                        ("media_plan", "Media plan"),
                        ("invoice", "Invoice"),
                        ("tape", "Tape"),
                        ("estimate", "Production estimate"),
                    ],
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[("open", "To be checked"), ("passed", "Passed"), ("failed", "Failed")],
                    default="open",
                    max_length=6,
                    verbose_name="state",
                ),
            ),
            (
                "expected_total",
                agency.common.fields.MoneyField(
                    blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="total"
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
            ("items", models.JSONField(blank=True, default=dict)),
            ("is_clean", models.BooleanField(default=False, editable=False)),
            (
                "findings",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="findings",
                ),
            ),
            ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "checker",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="outgoing_checks",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="outgoing_checks",
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
                    related_name="outgoing_checks",
                    to="archives.document",
                ),
            ),
            (
                "follows",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="followed_by",
                    to="jobs.outgoingcheck",
                ),
            ),
            (
                "job",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="outgoing_checks",
                    to="jobs.job",
                ),
            ),
            (
                "paper",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
        ],
        options={
            "verbose_name": "outgoing check",
            "verbose_name_plural": "outgoing checks",
            "ordering": ["-created_at", "-pk"],
            "indexes": [
                models.Index(fields=["sha256", "client"], name="check_of_file"),
                models.Index(fields=["author", "checked_at"], name="check_of_author"),
                models.Index(fields=["checker", "checked_at"], name="check_of_checker"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("checker__isnull", True),
                        models.Q(("checker", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="check_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "passed"), _negated=True),
                        models.Q(
                            ("checked_at__isnull", False),
                            ("checker__isnull", False),
                            ("is_clean", True),
                            models.Q(
                                ("expected_total__isnull", True),
                                models.Q(
                                    ("control_total", models.F("expected_total")),
                                    ("control_total__isnull", False),
                                ),
                                _connector="OR",
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="check_passed_is_clean",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "failed"), _negated=True),
                        models.Q(("findings", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="check_failed_says_what",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "passed")),
                    fields=("sha256", "client"),
                    name="check_passed_once_a_file",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "open")),
                    fields=("sha256", "client"),
                    name="check_open_once_a_file",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CompletionForm",
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
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("submitted", "Submitted"),
                        ("approved", "Approved"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("delivered_on", models.DateField(verbose_name="delivered on")),
            (
                "no_ad_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason without an ad",
                ),
            ),
            (
                "signed_total",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=0, max_digits=14, verbose_name="signed"
                ),
            ),
            (
                "cost_total",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=0, max_digits=14, verbose_name="cost"
                ),
            ),
            (
                "deviation",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="why the cost is above the estimate",
                ),
            ),
            (
                "unbilled_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason without an invoice",
                ),
            ),
            (
                "lessons",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="lessons",
                ),
            ),
            ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
            (
                "returned_reason",
                models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
            ),
            ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved")),
            ("ads", models.ManyToManyField(blank=True, related_name="+", to="archives.ad")),
            (
                "approved_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
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
                "job",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="completion",
                    to="jobs.job",
                ),
            ),
        ],
        options={
            "verbose_name": "completion form",
            "verbose_name_plural": "completion forms",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("approved_by__isnull", True),
                        models.Q(("approved_by", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="completion_approved_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "approved"), _negated=True),
                        models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="completion_approved_by_somebody",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CoopRating",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            (
                "department",
                models.CharField(
                    choices=[
                        ("creative", "Creative department"),
                        ("media", "Media department"),
                        ("production", "Production department"),
                    ],
                    max_length=10,
                    verbose_name="department",
                ),
            ),
            ("stars", models.PositiveSmallIntegerField(verbose_name="stars")),
            (
                "words",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="words",
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
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ratings",
                    to="jobs.job",
                ),
            ),
        ],
        options={
            "verbose_name": "cooperation rating",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(fields=("job", "by"), name="rating_once_a_person"),
                models.CheckConstraint(
                    condition=models.Q(("stars__gte", 1), ("stars__lte", 5)),
                    name="rating_one_to_five",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReviewNote",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            (
                "kind",
                models.CharField(
                    choices=[("strategy", "Strategy"), ("creative", "Creative work")],
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="note"
                ),
            ),
            ("on", models.DateField(verbose_name="on")),
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
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="review_notes",
                    to="jobs.job",
                ),
            ),
        ],
        options={
            "verbose_name": "review note",
            "ordering": ["-on", "-pk"],
        },
    ),
    migrations.CreateModel(
        name="Question",
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
            ("subject_type", models.CharField(blank=True, max_length=60)),
            ("subject_id", models.PositiveBigIntegerField(blank=True, null=True)),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="question"
                ),
            ),
            ("due_on", models.DateField(verbose_name="by when")),
            (
                "answer",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="answer",
                ),
            ),
            ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            (
                "answered_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "answerer",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="questions",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "asked_by",
                models.ForeignKey(
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
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="questions",
                    to="jobs.job",
                ),
            ),
        ],
        options={
            "verbose_name": "question",
            "verbose_name_plural": "questions",
            "ordering": ["answered_at", "due_on", "pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("answered_at__isnull", True)),
                    fields=["answerer", "due_on"],
                    name="question_open_of_user",
                ),
                models.Index(
                    condition=models.Q(("answered_at__isnull", True)),
                    fields=["due_on"],
                    name="question_open_due",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("answerer__isnull", False), ("contact__isnull", True)),
                        models.Q(("answerer__isnull", True), ("contact__isnull", False)),
                        _connector="OR",
                    ),
                    name="question_has_one_answerer",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("answered_at__isnull", True),
                        models.Q(("answer", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="question_answer_has_words",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Suggestion",
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
                "idea",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="idea"
                ),
            ),
            (
                "origin",
                models.CharField(
                    choices=[
                        ("press", "Press check"),
                        ("competitor", "Competitor"),
                        ("budget", "Budget remark"),
                        ("brainstorm", "Brainstorm"),
                        ("client", "Client"),
                        ("other", "Other"),
                    ],
                    max_length=10,
                    verbose_name="origin",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("idea", "Idea"),
                        ("proposed", "Proposed"),
                        ("accepted", "Accepted"),
                        ("declined", "Declined"),
                    ],
                    default="idea",
                    max_length=8,
                    verbose_name="state",
                ),
            ),
            ("proposed_on", models.DateField(blank=True, null=True, verbose_name="proposed on")),
            ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
            (
                "result",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="result",
                ),
            ),
            (
                "value",
                agency.common.fields.MoneyField(
                    blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="value"
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
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="suggestions",
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
                "job",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="suggestion",
                    to="jobs.job",
                    verbose_name="job",
                ),
            ),
        ],
        options={
            "verbose_name": "suggestion",
            "verbose_name_plural": "suggestions",
            "ordering": ["-created_at", "-pk"],
            "indexes": [
                models.Index(fields=["client", "-created_at"], name="suggestion_of_client")
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("proposed_on__isnull", True), ("state", "idea")),
                        models.Q(
                            models.Q(("state", "idea"), _negated=True),
                            ("proposed_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="suggestion_proposed_has_day",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["accepted", "declined"]), _negated=True),
                        ("decided_on__isnull", False),
                        _connector="OR",
                    ),
                    name="suggestion_decided_has_day",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "declined"), _negated=True),
                        models.Q(("result", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="suggestion_declined_has_result",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("job__isnull", True), ("state", "accepted"), _connector="OR"
                    ),
                    name="suggestion_of_job_accepted",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Timeline",
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
            ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("current", "Current"),
                        ("superseded", "Superseded"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason of the change",
                ),
            ),
            ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
            ("new_version_due_on", models.DateField(blank=True, editable=False, null=True)),
            ("new_version_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
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
                    related_name="timelines",
                    to="jobs.job",
                ),
            ),
            (
                "published_by",
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
            "verbose_name": "timeline",
            "verbose_name_plural": "timelines",
            "ordering": ["-version"],
            "indexes": [
                models.Index(
                    condition=models.Q(("new_version_due_on__isnull", False)),
                    fields=["new_version_due_on"],
                    name="timeline_new_version_due",
                )
            ],
            "constraints": [
                models.UniqueConstraint(fields=("job", "version"), name="timeline_version_once"),
                models.UniqueConstraint(
                    condition=models.Q(("state", "current")),
                    fields=("job",),
                    name="timeline_one_current",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "draft")),
                    fields=("job",),
                    name="timeline_one_draft",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"),
                        models.Q(
                            ("client_document__isnull", False),
                            ("internal_document__isnull", False),
                            ("published_at__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="timeline_published_has_papers",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="TemplateRow",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("position", models.PositiveSmallIntegerField()),
            (
                "name",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="step",
                ),
            ),
            (
                "name_en",
                models.CharField(
                    blank=True,
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="step in English",
                ),
            ),
            (
                "days_before",
                models.PositiveSmallIntegerField(verbose_name="working days before the due date"),
            ),
            (
                "days_long",
                models.PositiveSmallIntegerField(default=1, verbose_name="working days long"),
            ),
            (
                "owner",
                models.CharField(
                    choices=[
                        ("account", "Account service"),
                        ("creative", "Creative department"),
                        ("media", "Media department"),
                        ("production", "Production department"),
                        ("supplier", "Supplier"),
                        ("client", "Client"),
                    ],
                    default="account",
                    max_length=10,
                    verbose_name="owner",
                ),
            ),
            ("client_visible", models.BooleanField(default=False, verbose_name="client sees it")),
            (
                "needs",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what the client provides",
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
                "template",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="rows",
                    to="jobs.timelinetemplate",
                ),
            ),
        ],
        options={
            "verbose_name": "row of a template",
            "ordering": ["position", "pk"],
        },
    ),
    migrations.CreateModel(
        name="Fact",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("position", models.PositiveSmallIntegerField(default=1)),
            (
                "name",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="fact or material",
                ),
            ),
            (
                "needed_for",
                models.CharField(
                    choices=[
                        ("all", "All"),
                        ("creative", "Creative department"),
                        ("media", "Media department"),
                        ("production", "Production department"),
                    ],
                    default="all",
                    max_length=10,
                    verbose_name="needed for",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("awaited", "Awaited"),
                        ("received", "Received"),
                        ("not_needed", "Not needed"),
                    ],
                    default="awaited",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
            (
                "note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="note",
                ),
            ),
            (
                "brief",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="facts",
                    to="jobs.brief",
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
                "from_contact",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.contact",
                ),
            ),
            (
                "from_user",
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
            "verbose_name": "fact",
            "verbose_name_plural": "facts",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "awaited"), _negated=True),
                        models.Q(
                            ("due_on__isnull", False),
                            models.Q(
                                ("from_contact__isnull", False),
                                ("from_user__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="fact_awaited_from_somebody",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("from_contact__isnull", True), ("from_user__isnull", True), _connector="OR"
                    ),
                    name="fact_from_one",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="DeptConfirmation",
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
                "department",
                models.CharField(
                    choices=[
                        ("creative", "Creative department"),
                        ("media", "Media department"),
                        ("production", "Production department"),
                    ],
                    max_length=10,
                    verbose_name="department",
                ),
            ),
            ("asked_at", models.DateTimeField(verbose_name="asked")),
            ("at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
            (
                "enough",
                models.BooleanField(blank=True, null=True, verbose_name="enough to work with"),
            ),
            (
                "missing",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what is missing",
                ),
            ),
            (
                "brief",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="confirmations",
                    to="jobs.brief",
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
            "verbose_name": "confirmation of a department",
            "ordering": ["department"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("brief", "department"), name="confirmation_once_a_department"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("enough__isnull", True),
                        ("enough", True),
                        models.Q(("missing", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="confirmation_no_says_what",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("enough__isnull", True),
                        models.Q(("at__isnull", False), ("by__isnull", False)),
                        _connector="OR",
                    ),
                    name="confirmation_answer_has_person",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="StrategyComment",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("at", models.DateTimeField()),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="comment"
                ),
            ),
            (
                "brief",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="comments",
                    to="jobs.brief",
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
        ],
        options={
            "verbose_name": "comment on the strategy",
            "ordering": ["at", "pk"],
        },
    ),
    migrations.CreateModel(
        name="Estimate",
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
            ("change", models.PositiveSmallIntegerField(default=0, verbose_name="change order")),
            (
                "contingency_rate",
                agency.common.fields.RateField(
                    decimal_places=4,
                    default=Decimal("0.0000"),
                    max_digits=6,
                    verbose_name="contingency",
                ),
            ),
            (
                "markup_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.1765"), max_digits=6, verbose_name="markup"
                ),
            ),
            (
                "subtotal",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="subtotal",
                ),
            ),
            (
                "contingency",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="contingency",
                ),
            ),
            (
                "net",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="net"
                ),
            ),
            (
                "cost",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="cost"
                ),
            ),
            (
                "quotes_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason without three quotes",
                ),
            ),
            (
                "scope_answer",
                models.CharField(
                    blank=True,
                    choices=[
                        ("", "–"),
                        ("asked", "Change order needed?"),
                        ("yes", "Change order drafted"),
                        ("no", "No change order needed"),
                    ],
                    default="",
                    max_length=5,
                ),
            ),
            (
                "scope_reason",
                models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
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
                    related_name="estimates",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "brief",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="estimates",
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
            ("includes", models.ManyToManyField(blank=True, related_name="+", to="jobs.estimate")),
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
                    related_name="estimates",
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
                    related_name="signed_estimates",
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
                    to="jobs.estimate",
                ),
            ),
        ],
        options={
            "verbose_name": "production estimate",
            "verbose_name_plural": "production estimates",
            "ordering": ["job", "change", "-revision"],
            "indexes": [
                models.Index(fields=["state", "step_due_at"], name="estimate_by_state"),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="estimate_next_notice",
                ),
                models.Index(
                    condition=models.Q(("state", "sent")),
                    fields=["expires_at"],
                    name="estimate_sent_expiry",
                ),
                models.Index(fields=["signed_at"], name="estimate_signed"),
                models.Index(fields=["submitted_at", "id"], name="estimate_by_submission"),
                models.Index(
                    condition=models.Q(("scope_answer", "asked")),
                    fields=["job"],
                    name="estimate_scope_asked",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("job", "change", "revision"), name="estimate_revision_once"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("number", ""), _negated=True),
                    fields=("number", "revision"),
                    name="estimate_number_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state", "signed")),
                    fields=("job", "change"),
                    name="estimate_one_signed",
                ),
                models.UniqueConstraint(
                    condition=models.Q(
                        (
                            "state__in",
                            ["draft", "submitted", "manager_ok", "director_ok", "approved", "sent"],
                        )
                    ),
                    fields=("job", "change"),
                    name="estimate_one_unsigned",
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
                    name="estimate_signed_by_somebody",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["draft", "withdrawn"]),
                        models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="estimate_submitted_has_time",
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
                    name="estimate_submitted_is_numbered",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["sent", "signed"]), _negated=True),
                        models.Q(
                            ("client_document__isnull", False), ("internal_document__isnull", False)
                        ),
                        _connector="OR",
                    ),
                    name="estimate_sent_has_papers",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "net",
                            django.db.models.expressions.CombinedExpression(
                                models.F("subtotal"), "+", models.F("contingency")
                            ),
                        )
                    ),
                    name="estimate_net_adds_up",
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
                    name="estimate_total_adds_up",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Milestone",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("thread", models.UUIDField(default=uuid.uuid4, editable=False)),
            ("position", models.PositiveSmallIntegerField()),
            (
                "name",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="step",
                ),
            ),
            (
                "name_en",
                models.CharField(
                    blank=True,
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="step in English",
                ),
            ),
            ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
            ("due_on", models.DateField(verbose_name="due")),
            ("first_due_on", models.DateField(blank=True, editable=False, null=True)),
            ("forecast_on", models.DateField(blank=True, null=True, verbose_name="forecast")),
            ("done_on", models.DateField(blank=True, null=True, verbose_name="done")),
            (
                "owner",
                models.CharField(
                    choices=[
                        ("account", "Account service"),
                        ("creative", "Creative department"),
                        ("media", "Media department"),
                        ("production", "Production department"),
                        ("supplier", "Supplier"),
                        ("client", "Client"),
                    ],
                    default="account",
                    max_length=10,
                    verbose_name="owner",
                ),
            ),
            ("client_visible", models.BooleanField(default=False, verbose_name="client sees it")),
            (
                "needs",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what the client provides",
                ),
            ),
            (
                "effect_if_late",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what slips if late",
                ),
            ),
            (
                "slip_cause",
                models.CharField(
                    choices=[
                        ("none", "–"),
                        ("client", "Client"),
                        ("agency", "Agency"),
                        ("supplier", "Supplier"),
                        ("force", "Force majeure"),
                    ],
                    default="none",
                    max_length=8,
                    verbose_name="cause of the slip",
                ),
            ),
            (
                "slip_note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="words on the slip",
                ),
            ),
            (
                "internal_note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="internal note",
                ),
            ),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "contact",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="milestones",
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
                "supplier",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="jobs.supplier",
                ),
            ),
            (
                "timeline",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="milestones",
                    to="jobs.timeline",
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="milestones",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "milestone",
            "verbose_name_plural": "milestones",
            "ordering": ["position", "pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("done_on__isnull", True)),
                    fields=["due_on"],
                    name="milestone_open_due",
                ),
                models.Index(
                    condition=models.Q(("done_on__isnull", True)),
                    fields=["user", "due_on"],
                    name="milestone_open_of_user",
                ),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="milestone_next_notice",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("timeline", "thread"), name="milestone_once_a_version"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("starts_on__isnull", True),
                        ("starts_on__lte", models.F("due_on")),
                        _connector="OR",
                    ),
                    name="milestone_dates_in_order",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("owner", "client"), _negated=True),
                        ("client_visible", True),
                        _connector="OR",
                    ),
                    name="milestone_client_sees_own_duty",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Receipt",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("sent_at", models.DateTimeField(verbose_name="sent")),
            ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="seen")),
            ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                "timeline",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="receipts",
                    to="jobs.timeline",
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="receipts",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "receipt",
            "ordering": ["pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("seen_at__isnull", True), ("told_at__isnull", True)),
                    fields=["sent_at"],
                    name="receipt_missing",
                )
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("user__isnull", False)),
                    fields=("timeline", "user"),
                    name="receipt_once_a_user",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("contact__isnull", False)),
                    fields=("timeline", "contact"),
                    name="receipt_once_a_contact",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("contact__isnull", True), ("user__isnull", False)),
                        models.Q(("contact__isnull", False), ("user__isnull", True)),
                        _connector="OR",
                    ),
                    name="receipt_of_one_person",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="StartOrder",
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
                    choices=[
                        ("planning", "Planning"),
                        ("creative", "Creative"),
                        ("media", "Media"),
                        ("production", "Production"),
                        ("supplier", "Supplier"),
                    ],
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            (
                "department",
                models.CharField(
                    blank=True,
                    choices=[
                        ("creative", "Creative department"),
                        ("media", "Media department"),
                        ("production", "Production department"),
                    ],
                    max_length=10,
                    verbose_name="department",
                ),
            ),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="what"
                ),
            ),
            ("due_on", models.DateField(verbose_name="by when")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("given", "Given"),
                        ("received", "Received"),
                        ("done", "Done"),
                        ("withdrawn", "Withdrawn"),
                    ],
                    default="given",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("given_at", models.DateTimeField(verbose_name="given")),
            ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received")),
            ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
            ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            (
                "withdraw_reason",
                models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
            ),
            (
                "brief",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="start_orders",
                    to="jobs.brief",
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
                "done_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "given_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="start_orders",
                    to="jobs.job",
                ),
            ),
            (
                "received_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "supplier",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="start_orders",
                    to="jobs.supplier",
                    verbose_name="supplier",
                ),
            ),
            (
                "to",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="start_orders",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="to",
                ),
            ),
        ],
        options={
            "verbose_name": "start order",
            "verbose_name_plural": "start orders",
            "ordering": ["-given_at", "-pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("state__in", ["given", "received"])),
                    fields=["department", "due_on"],
                    name="order_open_of_department",
                )
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "supplier"), ("supplier__isnull", False)),
                        models.Q(
                            models.Q(("kind", "supplier"), _negated=True),
                            models.Q(("department", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="order_to_department_or_supplier",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "done"), _negated=True),
                        ("done_at__isnull", False),
                        _connector="OR",
                    ),
                    name="order_done_has_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        models.Q(("withdraw_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="order_withdrawn_has_reason",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="EstimateApproval",
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
                "estimate",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="approvals",
                    to="jobs.estimate",
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
                    name="estimateapproval_refused_has_reason",
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
                    name="estimateapproval_by_who_may",
                ),
                models.UniqueConstraint(fields=("estimate", "step"), name="approval_once_a_step"),
                models.UniqueConstraint(
                    condition=models.Q(
                        ("by__isnull", False), models.Q(("step", "client"), _negated=True)
                    ),
                    fields=("estimate", "by"),
                    name="approval_by_different_people",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="EstimateLine",
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
            (
                "group",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="group",
                ),
            ),
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
                "unit",
                models.CharField(
                    max_length=20,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="unit",
                ),
            ),
            (
                "unit_cost",
                jobs.models.line.UnitPriceField(
                    decimal_places=4, default=Decimal("0"), max_digits=14, verbose_name="unit cost"
                ),
            ),
            (
                "markup_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.1765"), max_digits=6, verbose_name="markup"
                ),
            ),
            (
                "fixed_price",
                jobs.models.line.UnitPriceField(
                    blank=True,
                    decimal_places=4,
                    max_digits=14,
                    null=True,
                    verbose_name="fixed price",
                ),
            ),
            (
                "vat_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.0600"), max_digits=6, verbose_name="VAT"
                ),
            ),
            ("is_optional", models.BooleanField(default=False, verbose_name="optional")),
            ("chosen", models.BooleanField(default=True, verbose_name="chosen")),
            (
                "cost",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="cost"
                ),
            ),
            (
                "price",
                agency.common.fields.MoneyField(
                    decimal_places=2, default=Decimal("0.00"), max_digits=14, verbose_name="price"
                ),
            ),
            ("told_used", models.PositiveSmallIntegerField(default=0, editable=False)),
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
                "deliverable",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="lines",
                    to="jobs.deliverable",
                    verbose_name="deliverable",
                ),
            ),
            (
                "estimate",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="lines",
                    to="jobs.estimate",
                ),
            ),
            (
                "supplier",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="lines",
                    to="jobs.supplier",
                    verbose_name="supplier",
                ),
            ),
        ],
        options={
            "verbose_name": "estimate line",
            "verbose_name_plural": "estimate lines",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("quantity", 0), _negated=True), name="line_has_quantity"
                ),
                models.CheckConstraint(
                    condition=models.Q(("is_optional", True), ("chosen", True), _connector="OR"),
                    name="line_only_options_are_left_out",
                ),
                models.CheckConstraint(
                    condition=models.Q(("vat_rate__gte", 0), ("vat_rate__lt", 1)),
                    name="line_vat_is_a_rate",
                ),
                models.CheckConstraint(
                    condition=models.Q(("markup_rate__gte", 0)), name="line_markup_not_negative"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ErrorNote",
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
                    choices=[
                        ("omission", "Omission"),
                        ("sum", "Sum"),
                        ("price", "Price"),
                        ("spec", "Specification"),
                        ("proof", "Proofreading"),
                        ("date", "Date"),
                        ("other", "Other"),
                    ],
                    default="omission",
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            (
                "amount",
                agency.common.fields.MoneyField(
                    blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="amount"
                ),
            ),
            ("found_on", models.DateField(verbose_name="found on")),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="what happened"
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
                "estimate",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="error_notes",
                    to="jobs.estimate",
                ),
            ),
            (
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="error_notes",
                    to="jobs.job",
                ),
            ),
            (
                "noticed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="noticed by",
                ),
            ),
        ],
        options={
            "verbose_name": "error note",
            "verbose_name_plural": "error notes",
            "ordering": ["-found_on", "-pk"],
        },
    ),
    migrations.CreateModel(
        name="SupplierQuote",
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
                "amount",
                agency.common.fields.MoneyField(
                    decimal_places=2, max_digits=14, verbose_name="amount"
                ),
            ),
            ("on", models.DateField(verbose_name="on")),
            ("chosen", models.BooleanField(default=False, verbose_name="chosen")),
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
                "line",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="quotes",
                    to="jobs.estimateline",
                ),
            ),
            (
                "supplier",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="quotes",
                    to="jobs.supplier",
                ),
            ),
        ],
        options={
            "verbose_name": "supplier quote",
            "ordering": ["amount", "pk"],
            "constraints": [
                models.UniqueConstraint(fields=("line", "supplier"), name="quote_once_a_supplier"),
                models.UniqueConstraint(
                    condition=models.Q(("chosen", True)), fields=("line",), name="quote_one_chosen"
                ),
                models.CheckConstraint(
                    condition=models.Q(("amount__gt", 0)), name="quote_has_amount"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Cost",
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
                    choices=[("order", "Order"), ("bill", "Bill")],
                    default="order",
                    max_length=5,
                    verbose_name="kind",
                ),
            ),
            (
                "number",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="number",
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
                "job",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="costs", to="jobs.job"
                ),
            ),
            (
                "line",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="costs",
                    to="jobs.estimateline",
                    verbose_name="estimate line",
                ),
            ),
            (
                "order",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="bills",
                    to="jobs.cost",
                ),
            ),
            (
                "over_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "start_order",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="costs",
                    to="jobs.startorder",
                ),
            ),
            (
                "supplier",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="costs",
                    to="jobs.supplier",
                    verbose_name="supplier",
                ),
            ),
        ],
        options={
            "verbose_name": "cost",
            "verbose_name_plural": "costs",
            "ordering": ["-on", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("amount", 0), _negated=True), name="cost_has_amount"
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("jobs", "0001_initial"),
        ("jobs", "0003_check_follows_a_failed_one"),
        ("jobs", "0004_lines_made_once_a_form"),
        ("jobs", "0005_renew_and_include_estimates"),
        ("jobs", "0006_steps_wait_for_the_clock"),
        ("jobs", "0008_new_version_the_same_day"),
        ("jobs", "0009_lists_read_in_their_order"),
        ("jobs", "0011_read_by_year"),
        ("jobs", "0012_count_suggestions"),
    ]
    dependencies = [
        ("accounts", "0001_people_clients_and_contracts"),
        ("archives", "0001_papers_ads_and_brands"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
