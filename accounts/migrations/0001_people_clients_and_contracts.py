"""People, clients, contacts and contracts."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import accounts.models.team
import agency.common.fields
import agency.common.texts
from agency.common.operations import CreateModels

TABLES = [
    migrations.CreateModel(
        name="User",
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
            ("password", models.CharField(max_length=128, verbose_name="password")),
            ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
            (
                "username",
                models.CharField(
                    max_length=30,
                    unique=True,
                    validators=[
                        django.core.validators.RegexValidator(
                            "^[a-z0-9._-]+$", "Lower case letters, digits and . _ -"
                        )
                    ],
                    verbose_name="user name",
                ),
            ),
            (
                "name",
                models.CharField(
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
                ),
            ),
            (
                "name_en",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name in English",
                ),
            ),
            ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
            (
                "mobile",
                models.CharField(
                    blank=True,
                    max_length=30,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="mobile",
                ),
            ),
            (
                "feed_hash",
                models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True),
            ),
            (
                "role",
                models.CharField(
                    choices=[
                        ("ae", "Account executive"),
                        ("am", "Account manager"),
                        ("ad", "Account director"),
                        ("gad", "Group account director"),
                        ("finance", "Finance"),
                        ("management", "Management"),
                        ("department", "Department"),
                        ("admin", "Administrator"),
                    ],
                    max_length=12,
                    verbose_name="role",
                ),
            ),
            (
                "department",
                models.CharField(
                    choices=[
                        ("account", "Account service"),
                        ("creative", "Creative department"),
                        ("media", "Media department"),
                        ("production", "Production department"),
                        ("finance", "Finance department"),
                        ("office", "Office"),
                    ],
                    default="account",
                    max_length=12,
                    verbose_name="department",
                ),
            ),
            (
                "language",
                models.CharField(
                    choices=[("zh", "中文"), ("en", "English")],
                    default="zh",
                    max_length=2,
                    verbose_name="language",
                ),
            ),
            ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
            ("morning_on", models.DateField(editable=False, null=True)),
            (
                "date_joined",
                models.DateTimeField(default=django.utils.timezone.now, editable=False),
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
                "successor",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="successor",
                ),
            ),
        ],
        options={
            "verbose_name": "person",
            "verbose_name_plural": "people",
            "ordering": ["username"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("role", "department"), _negated=True),
                        ("department__in", ["creative", "media", "production"]),
                        _connector="OR",
                    ),
                    name="user_department_role_has_department",
                    violation_error_code="department",
                    violation_error_message="Name the department: creative, media or production.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("left_on__isnull", True), ("is_active", False), _connector="OR"
                    ),
                    name="user_left_is_inactive",
                ),
                models.CheckConstraint(
                    condition=models.Q(("username__contains", "@"), _negated=True),
                    name="user_username_without_at",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AccountGroup",
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
                "name",
                models.CharField(
                    max_length=60,
                    unique=True,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
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
                "head",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="groups_headed",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="head",
                ),
            ),
        ],
        options={
            "verbose_name": "account group",
            "verbose_name_plural": "account groups",
            "ordering": ["name"],
        },
    ),
    migrations.CreateModel(
        name="AgencySettings",
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
                "markup_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.1765"), max_digits=6, verbose_name="markup"
                ),
            ),
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
                "vat_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.0600"), max_digits=6, verbose_name="VAT"
                ),
            ),
            (
                "credit_days",
                models.PositiveSmallIntegerField(default=30, verbose_name="credit days"),
            ),
            (
                "name",
                models.CharField(
                    default="",
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
                ),
            ),
            (
                "name_en",
                models.CharField(
                    blank=True,
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name in English",
                ),
            ),
            (
                "address",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="address",
                ),
            ),
            (
                "postcode",
                models.CharField(
                    blank=True,
                    max_length=12,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="postcode",
                ),
            ),
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
                "fax",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="fax",
                ),
            ),
            (
                "website",
                models.CharField(
                    blank=True,
                    max_length=80,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="website",
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
            (
                "bank",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="bank",
                ),
            ),
            ("logo_sha256", models.CharField(blank=True, editable=False, max_length=64)),
            ("quiet_from", models.TimeField(default="22:00", verbose_name="quiet from")),
            ("quiet_to", models.TimeField(default="07:30", verbose_name="quiet until")),
            (
                "quotes_above",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("20000.00"),
                    max_digits=14,
                    verbose_name="three quotes above",
                ),
            ),
            (
                "quota_gb",
                models.PositiveIntegerField(
                    default=50,
                    help_text="Uploads that go beyond it are refused; what the house issues never is.",
                    validators=[django.core.validators.MaxValueValidator(100000)],
                    verbose_name="room for a client's files in GB",
                ),
            ),
            (
                "group_mail",
                models.EmailField(blank=True, max_length=254, verbose_name="agency mailbox"),
            ),
            ("is_only", models.BooleanField(default=True, editable=False, unique=True)),
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
            "verbose_name": "agency settings",
            "verbose_name_plural": "agency settings",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("is_only", True)), name="agency_settings_one_row"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Client",
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
                "code",
                models.CharField(
                    help_text="Two to six capital letters; stands in every paper's number, never changed.",
                    max_length=6,
                    unique=True,
                    validators=[
                        django.core.validators.RegexValidator(
                            "^[A-Z]{2,6}$", "Two to six capital letters."
                        )
                    ],
                    verbose_name="code",
                ),
            ),
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
                "name_en",
                models.CharField(
                    blank=True,
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name in English",
                ),
            ),
            (
                "sector",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="sector",
                ),
            ),
            (
                "status",
                models.CharField(
                    choices=[
                        ("prospect", "Prospect"),
                        ("active", "Active"),
                        ("resting", "Resting"),
                        ("closed", "Closed"),
                    ],
                    default="prospect",
                    max_length=10,
                    verbose_name="status",
                ),
            ),
            (
                "timezone",
                models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="time zone"),
            ),
            (
                "currency",
                models.CharField(
                    default="CNY",
                    max_length=3,
                    validators=[
                        django.core.validators.RegexValidator(
                            "^[A-Z]{3}$", "Three capital letters."
                        )
                    ],
                    verbose_name="currency",
                ),
            ),
            (
                "paper_language",
                models.CharField(
                    choices=[("zh", "Chinese"), ("en", "English"), ("both", "Both languages")],
                    default="zh",
                    max_length=4,
                    verbose_name="language of papers",
                ),
            ),
            (
                "report_clock",
                models.CharField(
                    choices=[
                        ("elapsed", "24 hours, weekends included"),
                        ("working", "24 hours of working days"),
                    ],
                    default="elapsed",
                    help_text="Counts for meetings that end after the change.",
                    max_length=8,
                    verbose_name="clock of the contact report",
                ),
            ),
            ("report_clock_since", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "status_weekday",
                models.PositiveSmallIntegerField(
                    choices=[
                        (0, "Monday"),
                        (1, "Tuesday"),
                        (2, "Wednesday"),
                        (3, "Thursday"),
                        (4, "Friday"),
                        (5, "Saturday"),
                        (6, "Sunday"),
                    ],
                    default=4,
                    verbose_name="weekly report on",
                ),
            ),
            ("status_time", models.TimeField(default="17:00", verbose_name="weekly report at")),
            (
                "fiscal_start_month",
                models.PositiveSmallIntegerField(
                    default=1,
                    validators=[
                        django.core.validators.MinValueValidator(1),
                        django.core.validators.MaxValueValidator(12),
                    ],
                    verbose_name="fiscal year starts in month",
                ),
            ),
            (
                "sign_needs_code",
                models.BooleanField(default=True, verbose_name="signing needs a mailed code"),
            ),
            (
                "return_needs_code",
                models.BooleanField(default=False, verbose_name="returning needs a mailed code"),
            ),
            (
                "sign_expiry_days",
                models.PositiveSmallIntegerField(default=14, verbose_name="days to sign"),
            ),
            (
                "director_limit",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="limit above which a second director signs",
                ),
            ),
            (
                "quota_gb",
                models.PositiveIntegerField(
                    blank=True,
                    help_text="Empty: as in the agency settings.",
                    null=True,
                    validators=[django.core.validators.MaxValueValidator(100000)],
                    verbose_name="room for files in GB",
                ),
            ),
            ("no_media", models.BooleanField(default=False, verbose_name="no media work")),
            (
                "health_note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="note on the account",
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
                "group",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="clients",
                    to="accounts.accountgroup",
                    verbose_name="account group",
                ),
            ),
        ],
        options={
            "verbose_name": "client",
            "verbose_name_plural": "clients",
            "ordering": ["code"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("code__regex", "^[A-Z]{2,6}$")), name="client_code_form"
                ),
                models.CheckConstraint(
                    condition=models.Q(("code", "HQ"), _negated=True),
                    name="client_code_not_house",
                    violation_error_code="code",
                    violation_error_message="This code is the agency's own.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("fiscal_start_month__gte", 1), ("fiscal_start_month__lte", 12)
                    ),
                    name="client_fiscal_month",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Brand",
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
                "category",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="category",
                ),
            ),
            ("is_active", models.BooleanField(default=True, verbose_name="active")),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="brands",
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
        ],
        options={
            "verbose_name": "brand",
            "verbose_name_plural": "brands",
            "ordering": ["name"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("client", "name"),
                    name="brand_name_once_a_client",
                    violation_error_code="name",
                    violation_error_message="The client has a brand of this name already.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Contact",
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
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
                ),
            ),
            (
                "address_as",
                models.CharField(
                    help_text="As one speaks to this person, e.g. 陈总.",
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="form of address",
                ),
            ),
            (
                "title",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="title",
                ),
            ),
            (
                "department",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="department",
                ),
            ),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
            (
                "mobile",
                models.CharField(
                    blank=True,
                    max_length=30,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="mobile",
                ),
            ),
            (
                "fax",
                models.CharField(
                    blank=True,
                    max_length=30,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="fax",
                ),
            ),
            (
                "messenger",
                models.CharField(
                    blank=True,
                    max_length=60,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="messenger",
                ),
            ),
            (
                "language",
                models.CharField(
                    choices=[("zh", "中文"), ("en", "English")],
                    default="zh",
                    max_length=2,
                    verbose_name="language",
                ),
            ),
            ("is_key", models.BooleanField(default=False, verbose_name="key contact")),
            ("can_sign", models.BooleanField(default=False, verbose_name="may sign")),
            (
                "sign_limit",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    help_text="Empty means no limit.",
                    max_digits=14,
                    null=True,
                    verbose_name="signs up to",
                ),
            ),
            (
                "gets_reports",
                models.BooleanField(default=True, verbose_name="gets contact reports"),
            ),
            (
                "gets_status",
                models.BooleanField(default=False, verbose_name="gets weekly status reports"),
            ),
            (
                "gets_budget",
                models.BooleanField(default=False, verbose_name="gets monthly budget reports"),
            ),
            ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
            (
                "notes",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="notes",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="contacts",
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
        ],
        options={
            "verbose_name": "contact",
            "verbose_name_plural": "contacts",
            "ordering": ["-is_active", "-is_key", "name"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("can_sign", False), models.Q(("email", ""), _negated=True), _connector="OR"
                    ),
                    name="contact_signer_has_email",
                    violation_error_code="email",
                    violation_error_message="Who may sign needs an e-mail address.",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("email", ""), _negated=True),
                    fields=("client", "email"),
                    name="contact_email_once_a_client",
                    violation_error_code="email",
                    violation_error_message="Another contact of this client has this address.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Contract",
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
                "markup_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.1765"), max_digits=6, verbose_name="markup"
                ),
            ),
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
                "vat_rate",
                agency.common.fields.RateField(
                    decimal_places=4, default=Decimal("0.0600"), max_digits=6, verbose_name="VAT"
                ),
            ),
            (
                "credit_days",
                models.PositiveSmallIntegerField(default=30, verbose_name="credit days"),
            ),
            (
                "number",
                models.CharField(
                    max_length=30,
                    unique=True,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="number",
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
            ("starts_on", models.DateField(verbose_name="starts on")),
            ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
            (
                "notice_days",
                models.PositiveSmallIntegerField(default=30, verbose_name="days of notice"),
            ),
            (
                "kind",
                models.CharField(
                    choices=[("project", "Project"), ("retainer", "Retainer"), ("media", "Media")],
                    default="project",
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            (
                "media_mode",
                models.CharField(
                    choices=[("included", "Commission included"), ("on_top", "Commission on top")],
                    default="included",
                    max_length=10,
                    verbose_name="media mode",
                ),
            ),
            (
                "media_billing",
                models.CharField(
                    choices=[
                        ("agency", "Billed by the agency"),
                        ("direct", "Billed by the media owner"),
                    ],
                    default="agency",
                    max_length=10,
                    verbose_name="media billing",
                ),
            ),
            (
                "monthly_fee",
                agency.common.fields.MoneyField(
                    decimal_places=2,
                    default=Decimal("0.00"),
                    max_digits=14,
                    verbose_name="monthly fee",
                ),
            ),
            ("po_required", models.BooleanField(default=False, verbose_name="PO number required")),
            (
                "ip_note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="rights to the work",
                ),
            ),
            (
                "is_archived",
                models.BooleanField(default=False, editable=False, verbose_name="archived"),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="contracts",
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
        ],
        options={
            "verbose_name": "contract",
            "verbose_name_plural": "contracts",
            "ordering": ["-starts_on", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("ends_on__isnull", True),
                        ("ends_on__gte", models.F("starts_on")),
                        _connector="OR",
                    ),
                    name="contract_days_in_order",
                    violation_error_code="ends_on",
                    violation_error_message="The last day lies before the first.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Assignment",
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
                "role",
                models.CharField(
                    choices=[
                        ("ae", "Account executive"),
                        ("am", "Account manager"),
                        ("ad", "Account director"),
                        ("gad", "Group account director"),
                        ("department", "Department"),
                    ],
                    max_length=12,
                    verbose_name="as",
                ),
            ),
            ("is_lead", models.BooleanField(default=False, verbose_name="lead")),
            ("starts_on", models.DateField(verbose_name="from")),
            ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignments",
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
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignments",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
        ],
        options={
            "verbose_name": "assignment",
            "verbose_name_plural": "assignments",
            "ordering": ["client", "role", "-is_lead", "starts_on"],
            "indexes": [models.Index(fields=["user", "starts_on"], name="assignment_of_user")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("ends_on__isnull", True),
                        ("ends_on__gte", models.F("starts_on")),
                        _connector="OR",
                    ),
                    name="assignment_days_in_order",
                    violation_error_code="ends_on",
                    violation_error_message="The last day lies before the first.",
                ),
                django.contrib.postgres.constraints.ExclusionConstraint(
                    condition=models.Q(("is_lead", True)),
                    expressions=[
                        ("client", "="),
                        ("role", "="),
                        (
                            accounts.models.team.DateRange(
                                models.F("starts_on"), models.F("ends_on"), models.Value("[]")
                            ),
                            "&&",
                        ),
                    ],
                    name="assignment_one_lead_a_day",
                    violation_error_code="is_lead",
                    violation_error_message="Somebody else is lead in this role on these days.",
                ),
                django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("client", "="),
                        ("user", "="),
                        (
                            accounts.models.team.DateRange(
                                models.F("starts_on"), models.F("ends_on"), models.Value("[]")
                            ),
                            "&&",
                        ),
                    ],
                    name="assignment_once_a_day",
                    violation_error_code="user",
                    violation_error_message="This person is assigned to the client on these days already.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="StandIn",
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
            ("starts_on", models.DateField(verbose_name="from")),
            ("ends_on", models.DateField(verbose_name="until")),
            (
                "reason",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "absent",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="absences",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="absent",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    blank=True,
                    help_text="Empty means all clients of the absent person.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="stand_ins",
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
                "deputy",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="stand_ins",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="stand-in",
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "stand-in",
            "verbose_name_plural": "stand-ins",
            "ordering": ["-starts_on"],
            "indexes": [models.Index(fields=["deputy", "starts_on"], name="stand_in_of_deputy")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("absent", models.F("deputy")), _negated=True),
                    name="stand_in_two_people",
                    violation_error_code="deputy",
                    violation_error_message="Nobody stands in for himself.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                    name="stand_in_days_in_order",
                    violation_error_code="ends_on",
                    violation_error_message="The last day lies before the first.",
                ),
                django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("absent", "="),
                        (
                            models.Func(models.F("client"), models.Value(0), function="COALESCE"),
                            "=",
                        ),
                        (
                            accounts.models.team.DateRange(
                                models.F("starts_on"), models.F("ends_on"), models.Value("[]")
                            ),
                            "&&",
                        ),
                    ],
                    name="stand_in_once_a_client_and_day",
                    violation_error_code="starts_on",
                    violation_error_message="There is a stand-in for these days already.",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Todo",
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
                "text",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="what",
                ),
            ),
            ("due_on", models.DateField(verbose_name="by when")),
            ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "client",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
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
                    related_name="todos",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "to-do",
            "verbose_name_plural": "to-dos",
            "ordering": ["due_on", "pk"],
            "indexes": [models.Index(fields=["owner", "due_on"], name="todo_of_owner")],
        },
    ),
    migrations.CreateModel(
        name="Product",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            (
                "name",
                models.CharField(
                    max_length=80,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="name",
                ),
            ),
            ("launched_on", models.DateField(blank=True, null=True, verbose_name="launched on")),
            (
                "brand",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="products",
                    to="accounts.brand",
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
            "verbose_name": "product",
            "verbose_name_plural": "products",
            "ordering": ["name"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("brand", "name"),
                    name="product_name_once_a_brand",
                    violation_error_code="name",
                    violation_error_message="The brand has a product of this name already.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="FormerTerms",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("ended_at", models.DateTimeField()),
            ("monthly_fee", agency.common.fields.MoneyField(decimal_places=2, max_digits=14)),
            ("starts_on", models.DateField()),
            ("ends_on", models.DateField(blank=True, null=True)),
            (
                "contract",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="former",
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
        ],
        options={
            "verbose_name": "former terms of a contract",
            "ordering": ["ended_at", "pk"],
        },
    ),
    migrations.CreateModel(
        name="ClientLink",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("subject_type", models.CharField(max_length=60)),
            ("subject_id", models.PositiveBigIntegerField()),
            ("sha256", models.CharField(blank=True, max_length=64)),
            (
                "purpose",
                models.CharField(
                    choices=[
                        ("sign", "Sign"),
                        ("return", "Return"),
                        ("topics", "Topics"),
                        ("view", "View"),
                        ("timeline", "Timeline"),
                        ("facts", "Facts"),
                    ],
                    max_length=10,
                    verbose_name="purpose",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("open", "Open"),
                        ("used", "Used"),
                        ("expired", "Expired"),
                        ("revoked", "Revoked"),
                    ],
                    default="open",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("expires_at", models.DateTimeField(verbose_name="expires")),
            ("needs_code", models.BooleanField(default=False)),
            ("code_hash", models.CharField(blank=True, max_length=64)),
            ("code_sent_at", models.DateTimeField(blank=True, null=True)),
            ("code_passed_at", models.DateTimeField(blank=True, null=True)),
            ("code_tries", models.PositiveSmallIntegerField(default=0)),
            ("fetched_at", models.DateTimeField(blank=True, null=True)),
            ("opened_at", models.DateTimeField(blank=True, null=True)),
            ("used_at", models.DateTimeField(blank=True, null=True)),
            ("closed_reason", models.CharField(blank=True, max_length=200)),
            ("ip", models.GenericIPAddressField(blank=True, null=True)),
            ("user_agent", models.CharField(blank=True, max_length=300)),
            (
                "contact",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="links",
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
        ],
        options={
            "verbose_name": "client link",
            "verbose_name_plural": "client links",
            "indexes": [
                models.Index(fields=["subject_type", "subject_id"], name="link_of_subject"),
                models.Index(
                    condition=models.Q(("state", "open")),
                    fields=["expires_at"],
                    name="link_open_expiry",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("purpose__in", ["sign", "return"]), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="link_binds_to_what_is_shown",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ContactNote",
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
            ("on", models.DateField(verbose_name="day")),
            (
                "channel",
                models.CharField(
                    choices=[
                        ("meet", "Met"),
                        ("call", "Phoned"),
                        ("written", "Written"),
                        ("social", "Social occasion"),
                    ],
                    max_length=8,
                    verbose_name="how",
                ),
            ),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what it was about",
                ),
            ),
            (
                "contact",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="talks",
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
        ],
        options={
            "verbose_name": "contact note",
            "verbose_name_plural": "contact notes",
            "ordering": ["-on", "-pk"],
            "indexes": [models.Index(fields=["contact", "-on"], name="note_of_contact")],
        },
    ),
    migrations.CreateModel(
        name="LinkToken",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("token_hash", models.CharField(max_length=64, unique=True)),
            ("minted_at", models.DateTimeField()),
            (
                "link",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="tokens",
                    to="accounts.clientlink",
                ),
            ),
        ],
        options={
            "ordering": ["minted_at"],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_room_for_files"),
        ("accounts", "0004_contact_notes"),
    ]
    dependencies = []

    operations = [BtreeGistExtension(), CreateModels(TABLES)]
