"""Mails, notices and the audit trail."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agency.common.texts
from agency.common.operations import CreateModels

TABLES = [
    migrations.CreateModel(
        name="AuditEntry",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("at", models.DateTimeField(verbose_name="at")),
            ("contact_name", models.CharField(blank=True, max_length=60, verbose_name="contact")),
            ("client_code", models.CharField(blank=True, max_length=6, verbose_name="client")),
            ("verb", models.CharField(max_length=40, verbose_name="act")),
            ("subject_type", models.CharField(blank=True, max_length=60)),
            ("subject_id", models.BigIntegerField(null=True)),
            ("label", models.CharField(max_length=200, verbose_name="what")),
            ("changes", models.JSONField(default=dict, verbose_name="changes")),
            ("ip", models.GenericIPAddressField(null=True, verbose_name="address")),
            ("prev_hash", models.CharField(blank=True, max_length=64)),
            ("hash", models.CharField(max_length=64)),
            (
                "actor",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
            (
                "behalf_of",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="on behalf of",
                ),
            ),
        ],
        options={
            "verbose_name": "audit entry",
            "verbose_name_plural": "audit trail",
            "ordering": ["pk"],
            "indexes": [
                models.Index(fields=["subject_type", "subject_id"], name="audit_of_subject"),
                models.Index(fields=["client_code", "-id"], name="audit_of_client"),
            ],
        },
    ),
    migrations.CreateModel(
        name="CalendarDay",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("day", models.DateField(unique=True, verbose_name="day")),
            ("is_working", models.BooleanField(default=False, verbose_name="working day")),
            (
                "name",
                models.CharField(
                    max_length=40,
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
        ],
        options={
            "verbose_name": "calendar day",
            "verbose_name_plural": "calendar days",
            "ordering": ["day"],
        },
    ),
    migrations.CreateModel(
        name="Sequence",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("key", models.CharField(max_length=60, unique=True)),
            ("last", models.PositiveBigIntegerField(default=0)),
        ],
        options={
            "verbose_name": "sequence",
            "verbose_name_plural": "sequences",
        },
    ),
    migrations.CreateModel(
        name="OutboxMail",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("key", models.CharField(max_length=200, unique=True)),
            ("message_id", models.CharField(max_length=200, unique=True)),
            ("to", models.CharField(max_length=254, verbose_name="to")),
            ("client_code", models.CharField(blank=True, max_length=6, verbose_name="client")),
            ("contact_id", models.BigIntegerField(blank=True, null=True)),
            ("subject", models.CharField(max_length=200, verbose_name="subject")),
            ("text", models.TextField(verbose_name="text")),
            ("html", models.TextField(blank=True)),
            ("attachments", models.JSONField(blank=True, default=list)),
            (
                "kind",
                models.CharField(
                    choices=[("client_paper", "Paper for a client"), ("internal", "Internal")],
                    default="internal",
                    max_length=12,
                    verbose_name="kind",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("queued", "Queued"),
                        ("claimed", "Taken by a sender"),
                        ("data", "Being sent"),
                        ("handed", "Handed over"),
                        ("failed", "Failed"),
                        ("held", "Sent, answer not seen"),
                        ("void", "Not needed any more"),
                        ("bounced", "Came back"),
                    ],
                    default="queued",
                    max_length=8,
                    verbose_name="state",
                ),
            ),
            ("lease_owner", models.UUIDField(blank=True, null=True)),
            ("lease_until", models.DateTimeField(blank=True, null=True)),
            ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
            ("faults", models.PositiveSmallIntegerField(default=0)),
            (
                "next_try_at",
                models.DateTimeField(default=django.utils.timezone.now, verbose_name="next try"),
            ),
            (
                "valid_until",
                models.DateTimeField(blank=True, null=True, verbose_name="valid until"),
            ),
            (
                "handed_at",
                models.DateTimeField(blank=True, null=True, verbose_name="handed over at"),
            ),
            (
                "server_reply",
                models.TextField(blank=True, verbose_name="answer of the mail server"),
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
            "verbose_name": "mail",
            "verbose_name_plural": "mails",
            "ordering": ["-pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("state", "queued")),
                    fields=["next_try_at", "id"],
                    name="mail_due",
                ),
                models.Index(
                    condition=models.Q(("state__in", ["claimed", "data"])),
                    fields=["lease_until"],
                    name="mail_leased",
                ),
                models.Index(
                    condition=models.Q(("state__in", ["held", "failed", "bounced"])),
                    fields=["client_code"],
                    name="mail_stuck",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "handed"), _negated=True),
                        ("handed_at__isnull", False),
                        _connector="OR",
                    ),
                    name="mail_handed_has_instant",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["claimed", "data"]), _negated=True),
                        models.Q(("lease_owner__isnull", False), ("lease_until__isnull", False)),
                        _connector="OR",
                    ),
                    name="mail_in_hand_has_lease",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Instance",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("is_only", models.BooleanField(default=True, editable=False, unique=True)),
            ("instance_id", models.UUIDField(default=uuid.uuid4, editable=False)),
            ("site_url", models.CharField(max_length=200, verbose_name="address of the site")),
            ("mail_paused", models.BooleanField(default=False, verbose_name="mail paused")),
            ("clock_trusted_at", models.DateTimeField(blank=True, null=True)),
            (
                "clock_trusted_by",
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
            "verbose_name": "site",
            "verbose_name_plural": "sites",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("is_only", True)), name="instance_one_row"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="RateCount",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("key", models.CharField(max_length=120, unique=True)),
            ("tokens", models.DecimalField(decimal_places=3, max_digits=12)),
            ("at", models.DateTimeField(db_index=True)),
        ],
        options={
            "verbose_name": "rate count",
            "verbose_name_plural": "rate counts",
        },
    ),
    migrations.CreateModel(
        name="Heartbeat",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("at", models.DateTimeField(verbose_name="at")),
            ("host", models.CharField(max_length=100, verbose_name="host")),
            ("boot_id", models.CharField(blank=True, max_length=40)),
            ("boot_s", models.DecimalField(decimal_places=3, max_digits=14)),
            ("db_gap_s", models.DecimalField(decimal_places=3, max_digits=14)),
            ("backlog", models.PositiveIntegerField(default=0)),
            ("oldest_due", models.DateTimeField(blank=True, null=True)),
            ("is_good", models.BooleanField(default=True)),
        ],
        options={
            "verbose_name": "heartbeat",
            "verbose_name_plural": "heartbeats",
            "ordering": ["-at"],
            "constraints": [
                models.UniqueConstraint(fields=("at", "host"), name="heartbeat_once_an_instant")
            ],
        },
    ),
    migrations.CreateModel(
        name="Notification",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("key", models.CharField(max_length=200, unique=True)),
            ("client_code", models.CharField(blank=True, max_length=6, verbose_name="client")),
            ("kind", models.CharField(max_length=40, verbose_name="kind")),
            ("subject_type", models.CharField(blank=True, max_length=60)),
            ("subject_id", models.BigIntegerField(blank=True, null=True)),
            ("label", models.CharField(max_length=200, verbose_name="what")),
            ("path", models.CharField(blank=True, max_length=200)),
            ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
            (
                "level",
                models.CharField(
                    choices=[
                        ("info", "For information"),
                        ("remind", "Reminder"),
                        ("breach", "Overdue"),
                        ("escalation", "Escalation"),
                    ],
                    default="info",
                    max_length=10,
                    verbose_name="level",
                ),
            ),
            ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
            ("is_dropped", models.BooleanField(default=False)),
            ("awaits_digest", models.BooleanField(default=False)),
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
                "mail",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notifications",
                    to="common.outboxmail",
                ),
            ),
            (
                "recipient",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notifications",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "notice",
            "verbose_name_plural": "notices",
            "ordering": ["-created_at", "-pk"],
            "indexes": [
                models.Index(fields=["recipient", "-created_at"], name="notice_of_person"),
                models.Index(fields=["subject_type", "subject_id"], name="notice_about"),
                models.Index(
                    condition=models.Q(("awaits_digest", True), ("mail__isnull", True)),
                    fields=["recipient"],
                    name="notice_undigested",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("common", "0001_initial"),
    ]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
