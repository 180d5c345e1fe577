"""Meetings, reports, action points and weeks."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agency.common.texts
import meetings.background
import meetings.models.prepare
from agency.common.operations import CreateModels

TABLES = [
    migrations.CreateModel(
        name="ContactReport",
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
                        ("issued", "Issued"),
                        ("accepted", "Accepted"),
                        ("objected", "Objection"),
                        ("deemed_accepted", "Deemed accepted"),
                        ("superseded", "Superseded"),
                    ],
                    default="draft",
                    max_length=16,
                    verbose_name="state",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("face", "Sit-down meeting"),
                        ("video", "Video meeting"),
                        ("call", "Call"),
                        ("written", "Written exchange"),
                    ],
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            ("clock_from", models.DateTimeField(verbose_name="clock runs from")),
            ("due_at", models.DateTimeField(verbose_name="due")),
            ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued")),
            (
                "channel",
                models.CharField(
                    choices=[
                        ("mail", "Mail"),
                        ("fax", "Fax"),
                        ("hand", "By hand"),
                        ("messenger", "Messenger"),
                    ],
                    default="mail",
                    max_length=10,
                    verbose_name="sent by",
                ),
            ),
            ("no_action", models.BooleanField(default=False, verbose_name="no further action")),
            (
                "late_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason for being late",
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
            (
                "remark_internal",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="internal remark",
                ),
            ),
            ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered")),
            ("undelivered_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "return_due_at",
                models.DateTimeField(blank=True, null=True, verbose_name="return due"),
            ),
            ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="returned")),
            ("objected_at", models.DateTimeField(blank=True, null=True)),
            ("opinion_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("opinion_reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("opinion_read_at", models.DateTimeField(blank=True, null=True)),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="contact_reports",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="author",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="contact_reports",
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
                "opinion_read_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "readers",
                models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
            ),
            (
                "recipients",
                models.ManyToManyField(blank=True, related_name="+", to="accounts.contact"),
            ),
            (
                "returner",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.contact",
                    verbose_name="returner",
                ),
            ),
            (
                "supersedes",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="superseded_by",
                    to="meetings.contactreport",
                ),
            ),
        ],
        options={
            "verbose_name": "contact report",
            "verbose_name_plural": "contact reports",
            "ordering": ["-clock_from", "-pk"],
            "indexes": [
                models.Index(fields=["client", "-clock_from"], name="report_of_client"),
                models.Index(
                    condition=models.Q(("state", "draft")), fields=["due_at"], name="report_running"
                ),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="report_next_notice",
                ),
                models.Index(
                    condition=models.Q(
                        ("opinion_read_at__isnull", True),
                        ("opinion_reminded_at__isnull", True),
                        ("opinion_told_at__isnull", False),
                    ),
                    fields=["opinion_told_at"],
                    name="report_opinion_unread",
                ),
                models.Index(
                    condition=models.Q(("state", "issued")),
                    fields=["return_due_at"],
                    name="report_awaiting_return",
                ),
                models.Index(fields=["author", "due_at"], name="report_of_author"),
                models.Index(
                    condition=models.Q(("revision", 1)), fields=["due_at"], name="report_first_due"
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("number", ""), _negated=True),
                    fields=("number", "revision"),
                    name="report_number_and_revision_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("issued_at__isnull", True), ("state", "draft")),
                        models.Q(
                            models.Q(("state", "draft"), _negated=True),
                            ("issued_at__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="report_issued_has_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"), ("returner__isnull", False), _connector="OR"
                    ),
                    name="report_issued_has_returner",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"), models.Q(("number", ""), _negated=True), _connector="OR"
                    ),
                    name="report_issued_has_number",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("document__isnull", True),
                        _connector="OR",
                    ),
                    name="report_draft_has_no_paper",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("return_due_at__isnull", True),
                        ("delivered_at__isnull", False),
                        _connector="OR",
                    ),
                    name="report_return_runs_from_delivery",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("revision", 1), ("supersedes__isnull", False), _connector="OR"
                    ),
                    name="report_revision_supersedes",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Room",
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
            ("seats", models.PositiveSmallIntegerField(verbose_name="seats")),
            (
                "equipment",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="equipment",
                ),
            ),
            ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
            "verbose_name": "room",
            "verbose_name_plural": "rooms",
            "ordering": ["name"],
            "constraints": [
                models.CheckConstraint(condition=models.Q(("seats__gt", 0)), name="room_has_seats")
            ],
        },
    ),
    migrations.CreateModel(
        name="StatusReport",
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
            ("week", models.DateField(verbose_name="week")),
            (
                "summary",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="summary",
                ),
            ),
            (
                "copy_note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="why so much is unchanged",
                ),
            ),
            ("signed_digest", models.CharField(blank=True, editable=False, max_length=64)),
            ("removed", models.JSONField(blank=True, default=list, editable=False)),
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
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="status_reports",
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
            "verbose_name": "weekly status report",
            "verbose_name_plural": "weekly status reports",
            "ordering": ["-week", "client", "-revision"],
            "indexes": [
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="status_next_notice",
                ),
                models.Index(
                    condition=models.Q(("state", "signed")),
                    fields=["due_at"],
                    name="status_to_send",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("client", "week", "revision"), name="status_revision_once"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state__in", ["draft", "submitted", "signed"])),
                    fields=("client", "week"),
                    name="status_one_unissued",
                ),
                models.CheckConstraint(
                    condition=models.Q(("week__iso_week_day", 1)), name="status_on_monday"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"),
                        models.Q(("author__isnull", False), ("submitted_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="status_submitted_by_somebody",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ["draft", "submitted"]),
                        models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="status_signed_by_somebody",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_by__isnull", True),
                        models.Q(("signed_by", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="status_signed_by_another",
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
                    name="status_issued_is_whole",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Meeting",
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
                        ("face", "Sit-down meeting"),
                        ("video", "Video meeting"),
                        ("call", "Call"),
                        ("written", "Written exchange"),
                    ],
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            (
                "purpose",
                models.CharField(
                    choices=[
                        ("work", "Work"),
                        ("presentation", "Presentation"),
                        ("regular", "Regular meeting"),
                        ("review", "Review"),
                        ("other", "Other"),
                    ],
                    default="work",
                    max_length=14,
                    verbose_name="purpose",
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
                "objective",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="objective",
                ),
            ),
            (
                "place",
                models.CharField(
                    choices=[
                        ("ours", "At our house"),
                        ("client", "At the client's"),
                        ("elsewhere", "Elsewhere"),
                        ("online", "Online"),
                    ],
                    default="ours",
                    max_length=10,
                    verbose_name="place",
                ),
            ),
            (
                "address",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="where exactly",
                ),
            ),
            ("starts_at", models.DateTimeField(verbose_name="starts")),
            (
                "planned_end",
                models.DateTimeField(blank=True, null=True, verbose_name="planned end"),
            ),
            ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
            (
                "report_due_at",
                models.DateTimeField(blank=True, null=True, verbose_name="report due"),
            ),
            ("base_end", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "end_source",
                models.CharField(
                    blank=True,
                    choices=[
                        ("planned", "Planned end"),
                        ("entered", "Entered"),
                        ("button", "Ended by button"),
                    ],
                    max_length=8,
                ),
            ),
            ("claimed_end", models.DateTimeField(blank=True, null=True)),
            ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "claimed_reason",
                models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("planned", "Planned"),
                        ("agenda_sent", "Agenda sent"),
                        ("held", "Held"),
                        ("not_held", "Not held"),
                        ("cancelled", "Cancelled"),
                    ],
                    default="draft",
                    max_length=12,
                    verbose_name="state",
                ),
            ),
            ("moved_from", models.DateTimeField(blank=True, null=True)),
            ("is_urgent", models.BooleanField(default=False, verbose_name="urgent")),
            (
                "urgent_by",
                models.CharField(
                    blank=True,
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="asked for by",
                ),
            ),
            (
                "background",
                models.TextField(
                    blank=True,
                    validators=[
                        agency.common.texts.plain_validator,
                        meetings.background.background_validator,
                    ],
                    verbose_name="background",
                ),
            ),
            ("topics_asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "topics_note",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="asked for topics",
                ),
            ),
            ("agenda_revision", models.PositiveSmallIntegerField(default=0, editable=False)),
            ("agenda_sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "agenda_late_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="late reason",
                ),
            ),
            ("agenda_shown", models.JSONField(blank=True, default=dict, editable=False)),
            ("held_without_agenda", models.BooleanField(default=False, editable=False)),
            ("rehearsed_on", models.DateField(blank=True, null=True, verbose_name="rehearsed on")),
            (
                "result",
                models.CharField(
                    choices=[
                        ("none", "Not known yet"),
                        ("won", "Won"),
                        ("lost", "Lost"),
                        ("revise", "To be revised"),
                    ],
                    default="none",
                    max_length=8,
                    verbose_name="result",
                ),
            ),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("press_missed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("calls_missed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("end_asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "cancel_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "ae",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="meetings",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="AE in charge",
                ),
            ),
            (
                "agenda_document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "agenda_internal_document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "chair",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="chair",
                ),
            ),
            (
                "claimed_by",
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
                    related_name="meetings",
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
                "report",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="meetings",
                    to="meetings.contactreport",
                ),
            ),
            (
                "series",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="later_ones",
                    to="meetings.meeting",
                ),
            ),
        ],
        options={
            "verbose_name": "meeting",
            "verbose_name_plural": "meetings",
            "ordering": ["-starts_at", "-pk"],
            "indexes": [
                models.Index(fields=["client", "-starts_at", "-id"], name="meeting_of_client"),
                models.Index(fields=["-starts_at", "-id"], name="meeting_by_time"),
                models.Index(fields=["ae", "-starts_at"], name="meeting_of_ae"),
                models.Index(
                    condition=models.Q(("state__in", ["planned", "agenda_sent"])),
                    fields=["planned_end"],
                    name="meeting_awaiting_end",
                ),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="meeting_next_notice",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind__in", ["face", "video"]), _negated=True),
                        ("planned_end__isnull", False),
                        _connector="OR",
                    ),
                    name="meeting_sit_down_has_end",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("planned_end__isnull", True),
                        ("planned_end__gt", models.F("starts_at")),
                        _connector="OR",
                    ),
                    name="meeting_planned_in_order",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("ended_at__isnull", True),
                        ("ended_at__gte", models.F("starts_at")),
                        _connector="OR",
                    ),
                    name="meeting_ended_in_order",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "held"), _negated=True),
                        ("ended_at__isnull", False),
                        _connector="OR",
                    ),
                    name="meeting_held_has_end",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "agenda_sent"), _negated=True),
                        models.Q(
                            ("agenda_document__isnull", False), ("agenda_sent_at__isnull", False)
                        ),
                        _connector="OR",
                    ),
                    name="meeting_agenda_sent_is_filed",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="StatusLine",
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
                "section",
                models.CharField(
                    choices=[
                        ("research", "Research"),
                        ("media", "Media"),
                        ("finance", "Finance"),
                        ("creative", "Creative"),
                    ],
                    max_length=10,
                    verbose_name="section",
                ),
            ),
            ("position", models.PositiveSmallIntegerField()),
            ("source_key", models.CharField(blank=True, max_length=80)),
            (
                "title",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="work",
                ),
            ),
            (
                "current",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="where it stands",
                ),
            ),
            (
                "next_step",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what comes next",
                ),
            ),
            ("next_on", models.DateField(blank=True, null=True, verbose_name="by when")),
            ("touched_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "unchanged_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="why nothing changed",
                ),
            ),
            ("unchanged_run", models.PositiveSmallIntegerField(default=0)),
            (
                "similarity",
                models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True),
            ),
            ("is_empty_section", models.BooleanField(default=False)),
            ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
            (
                "confirmed_by",
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
                "former",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="later",
                    to="meetings.statusline",
                ),
            ),
            (
                "job",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="jobs.job",
                    verbose_name="job",
                ),
            ),
            (
                "next_contact",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.contact",
                ),
            ),
            (
                "next_user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="lines",
                    to="meetings.statusreport",
                ),
            ),
            (
                "seen_by",
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
            "verbose_name": "line of a status report",
            "verbose_name_plural": "lines of a status report",
            "ordering": ["position", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("source_key", ""), _negated=True),
                    fields=("report", "source_key"),
                    name="status_line_source_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("is_empty_section", True)),
                    fields=("report", "section"),
                    name="status_empty_section_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("next_user__isnull", True), ("next_contact__isnull", True), _connector="OR"
                    ),
                    name="status_line_at_most_one_person",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Attendee",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            (
                "task",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="task",
                ),
            ),
            ("present", models.BooleanField(default=True, verbose_name="present")),
            ("is_presenter", models.BooleanField(default=False, verbose_name="presents")),
            ("agreed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "reply",
                models.CharField(
                    choices=[
                        ("none", "No answer yet"),
                        ("yes", "Accepted"),
                        ("no", "Declined"),
                        ("maybe", "Maybe"),
                    ],
                    default="none",
                    max_length=8,
                    verbose_name="reply",
                ),
            ),
            ("replied_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "call",
                models.CharField(
                    choices=[
                        ("none", "Not phoned"),
                        ("reached", "Reached"),
                        ("on_way", "On the way"),
                        ("missed", "Not reached"),
                    ],
                    default="none",
                    max_length=8,
                    verbose_name="call before",
                ),
            ),
            ("called_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="arrived")),
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
                "meeting",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="attendees",
                    to="meetings.meeting",
                ),
            ),
            (
                "user",
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
            "verbose_name": "attendee",
            "verbose_name_plural": "attendees",
            "ordering": ["pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("contact__isnull", True), ("user__isnull", False)),
                        models.Q(("contact__isnull", False), ("user__isnull", True)),
                        _connector="OR",
                    ),
                    name="attendee_is_one_person",
                ),
                models.UniqueConstraint(fields=("meeting", "user"), name="attendee_user_once"),
                models.UniqueConstraint(
                    fields=("meeting", "contact"), name="attendee_contact_once"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RoomBooking",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("starts_at", models.DateTimeField()),
            ("ends_at", models.DateTimeField()),
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
                "meeting",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="booking",
                    to="meetings.meeting",
                ),
            ),
            (
                "room",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="bookings",
                    to="meetings.room",
                ),
            ),
        ],
        options={
            "verbose_name": "room booking",
            "verbose_name_plural": "room bookings",
            "ordering": ["starts_at", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                    name="booking_in_order",
                ),
                django.contrib.postgres.constraints.ExclusionConstraint(
                    expressions=[
                        ("room", "="),
                        (meetings.models.prepare.TimeRange("starts_at", "ends_at"), "&&"),
                    ],
                    name="booking_of_room_once",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PrepItem",
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
                "kind",
                models.CharField(
                    choices=[
                        ("last_report", "Last contact report"),
                        ("budget", "Newest budget summary"),
                        ("work", "Work in progress, TV scripts"),
                        ("ads", "Related print and TV ads"),
                        ("references", "References and clippings"),
                        ("quotes", "Production quotes"),
                        ("schedule", "Production schedule"),
                        ("samples", "Samples of proposed media"),
                        ("approvals", "Proofs of approval"),
                        ("guidelines", "The client's ad guidelines"),
                    ],
                    max_length=12,
                    verbose_name="kind",
                ),
            ),
            ("required", models.BooleanField(default=False, verbose_name="required")),
            (
                "not_needed",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="not needed because",
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
                "documents",
                models.ManyToManyField(blank=True, related_name="+", to="archives.document"),
            ),
            (
                "meeting",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="preparations",
                    to="meetings.meeting",
                ),
            ),
        ],
        options={
            "verbose_name": "preparation",
            "verbose_name_plural": "preparations",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(fields=("meeting", "kind"), name="preparation_kind_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="VenueItem",
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
                "kind",
                models.CharField(
                    choices=[
                        ("room", "Room booked"),
                        ("av", "Screen and sound tested"),
                        ("reception", "Reception told: names and forms of address"),
                        ("met", "Client met at reception"),
                        ("catering", "Refreshments or working lunch"),
                        ("lights", "Room set, lights"),
                        ("clear", "Unrelated things removed"),
                        ("agendas", "Agenda at each seat, and one spare"),
                        ("seats", "Best seats for client and presenters"),
                        ("papers", "Papers in order"),
                    ],
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            ("done_at", models.DateTimeField(blank=True, null=True)),
            (
                "note",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="note",
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
                "meeting",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="venue_items",
                    to="meetings.meeting",
                ),
            ),
        ],
        options={
            "verbose_name": "venue item",
            "verbose_name_plural": "venue items",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(fields=("meeting", "kind"), name="venue_kind_once"),
                models.CheckConstraint(
                    condition=models.Q(
                        ("done_at__isnull", True), ("done_by__isnull", False), _connector="OR"
                    ),
                    name="venue_done_by_somebody",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PressCheck",
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
            ("on", models.DateTimeField(verbose_name="looked at")),
            (
                "sources",
                models.TextField(
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="sources looked at",
                ),
            ),
            (
                "finding",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="findings",
                ),
            ),
            ("nothing_new", models.BooleanField(default=False, verbose_name="nothing new")),
            (
                "no_surprise",
                models.BooleanField(default=False, verbose_name="no unknown new situation"),
            ),
            (
                "asked",
                models.ManyToManyField(
                    blank=True,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="asked of those who do not attend",
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
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="press_checks",
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
                "meeting",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="press_checks",
                    to="meetings.meeting",
                ),
            ),
        ],
        options={
            "verbose_name": "press check",
            "verbose_name_plural": "press checks",
            "ordering": ["-on", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("nothing_new", True),
                        models.Q(("finding", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="press_check_finds_or_says_so",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="StatusLineDay",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("day", models.DateField()),
            ("at", models.DateTimeField()),
            ("current", models.TextField(blank=True)),
            ("next_step", models.TextField(blank=True)),
            (
                "kind",
                models.CharField(
                    choices=[("changed", "Changed"), ("confirmed", "Confirmed unchanged")],
                    max_length=10,
                ),
            ),
            ("reason", models.TextField(blank=True)),
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
                "line",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="days",
                    to="meetings.statusline",
                ),
            ),
        ],
        options={
            "verbose_name": "day of a status line",
            "verbose_name_plural": "days of a status line",
            "ordering": ["day", "pk"],
            "constraints": [
                models.UniqueConstraint(fields=("line", "day"), name="status_line_day_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="AgendaItem",
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
                "title",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="item",
                ),
            ),
            ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="minutes")),
            ("is_disputed", models.BooleanField(default=False, verbose_name="disputed")),
            (
                "source",
                models.CharField(
                    choices=[
                        ("us", "Ours"),
                        ("client", "Client topic"),
                        ("carried", "Carried item"),
                    ],
                    default="us",
                    max_length=8,
                ),
            ),
            (
                "postponed_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="why it waits",
                ),
            ),
            ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
            ("spent", models.PositiveIntegerField(default=0)),
            ("running_since", models.DateTimeField(blank=True, null=True)),
            (
                "outcome",
                models.CharField(
                    choices=[
                        ("open", "Open"),
                        ("concluded", "Concluded"),
                        ("carried", "Carried over"),
                        ("dropped", "Dropped"),
                    ],
                    default="open",
                    max_length=10,
                    verbose_name="outcome",
                ),
            ),
            (
                "notes",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="notes",
                ),
            ),
            (
                "conclusion",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="conclusion",
                ),
            ),
            (
                "asked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.contact",
                ),
            ),
            (
                "carried_from",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="carried_to",
                    to="meetings.agendaitem",
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
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="jobs.job",
                    verbose_name="job",
                ),
            ),
            (
                "meeting",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="items",
                    to="meetings.meeting",
                ),
            ),
            (
                "speaker",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="meetings.attendee",
                    verbose_name="speaker",
                ),
            ),
        ],
        options={
            "verbose_name": "agenda item",
            "verbose_name_plural": "agenda items",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("minutes__gt", 0)), name="agenda_item_takes_time"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ReportPoint",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("position", models.PositiveSmallIntegerField()),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("discussion", "Discussion point"),
                        ("decision", "Decision"),
                        ("problem", "Problem"),
                        ("opinion", "Client opinion"),
                        ("info", "Information"),
                    ],
                    default="discussion",
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="text"
                ),
            ),
            (
                "solution",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="way to solve it",
                ),
            ),
            ("for_management", models.BooleanField(default=False, verbose_name="for management")),
            ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "mark",
                models.CharField(
                    blank=True,
                    choices=[
                        ("", "–"),
                        ("changed", "Changed"),
                        ("added", "Added"),
                        ("dropped", "Dropped"),
                    ],
                    default="",
                    editable=False,
                    max_length=8,
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
                "item",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="meetings.agendaitem",
                ),
            ),
            (
                "origin",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="revised_as",
                    to="meetings.reportpoint",
                ),
            ),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="points",
                    to="meetings.contactreport",
                ),
            ),
        ],
        options={
            "verbose_name": "point",
            "verbose_name_plural": "points",
            "ordering": ["position", "pk"],
        },
    ),
    migrations.CreateModel(
        name="HoldLine",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("row_version", models.PositiveIntegerField(default=0, editable=False)),
            ("key", models.UUIDField(unique=True)),
            (
                "kind",
                models.CharField(
                    choices=[("d", "Decision"), ("c", "Conclusion"), ("a", "Action")],
                    max_length=1,
                    verbose_name="kind",
                ),
            ),
            (
                "text",
                models.CharField(max_length=2000, validators=[agency.common.texts.plain_validator]),
            ),
            ("due_on", models.DateField(blank=True, null=True)),
            ("is_removed", models.BooleanField(default=False)),
            ("taken_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                "item",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="hold_lines",
                    to="meetings.agendaitem",
                ),
            ),
            (
                "meeting",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="hold_lines",
                    to="meetings.meeting",
                ),
            ),
            (
                "user",
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
            "verbose_name": "line of a meeting",
            "verbose_name_plural": "lines of a meeting",
            "ordering": ["created_at", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("user__isnull", True), ("contact__isnull", True), _connector="OR"
                    ),
                    name="hold_line_at_most_one_owner",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="ActionPoint",
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
                "text",
                models.CharField(
                    max_length=300,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="what",
                ),
            ),
            ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
            ("first_due_on", models.DateField(blank=True, null=True)),
            (
                "state",
                models.CharField(
                    choices=[("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
                    default="open",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("is_live", models.BooleanField(default=False, editable=False)),
            ("moved", models.PositiveSmallIntegerField(default=0, verbose_name="times moved")),
            ("done_at", models.DateTimeField(blank=True, null=True)),
            (
                "cancel_reason",
                models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
            ),
            (
                "agreed_with",
                models.CharField(
                    blank=True, max_length=120, validators=[agency.common.texts.line_validator]
                ),
            ),
            (
                "mark",
                models.CharField(
                    blank=True,
                    choices=[
                        ("", "–"),
                        ("changed", "Changed"),
                        ("added", "Added"),
                        ("dropped", "Dropped"),
                    ],
                    default="",
                    editable=False,
                    max_length=8,
                ),
            ),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "contact",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="action_points",
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
                "origin",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="drafts",
                    to="meetings.actionpoint",
                ),
            ),
            (
                "point",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="meetings.reportpoint",
                ),
            ),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="actions",
                    to="meetings.contactreport",
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="action_points",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "action point",
            "verbose_name_plural": "action points",
            "ordering": ["position", "pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("is_live", True), ("state", "open")),
                    fields=["user", "due_on"],
                    name="action_open_of_user",
                ),
                models.Index(
                    condition=models.Q(("is_live", True), ("state", "open")),
                    fields=["contact", "due_on"],
                    name="action_open_of_contact",
                ),
                models.Index(
                    condition=models.Q(("is_live", True), ("state", "open")),
                    fields=["due_on"],
                    name="action_open_due",
                ),
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="action_next_notice",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("user__isnull", True), ("contact__isnull", True), _connector="OR"
                    ),
                    name="action_at_most_one_owner",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("is_live", False),
                        models.Q(
                            models.Q(
                                ("user__isnull", False), ("contact__isnull", False), _connector="OR"
                            ),
                            ("due_on__isnull", False),
                            ("first_due_on__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="action_live_has_owner_and_date",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ActionLog",
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
                models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
            ),
            ("old_due", models.DateField(blank=True, null=True)),
            ("new_due", models.DateField(blank=True, null=True)),
            (
                "action",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="logs",
                    to="meetings.actionpoint",
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
            "ordering": ["at", "pk"],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("meetings", "0001_initial"),
        ("meetings", "0002_weeks_and_preparations"),
        ("meetings", "0003_record_what_was_missed"),
        ("meetings", "0004_what_was_signed_and_removed"),
        ("meetings", "0005_keep_when_lines_were_taken"),
        ("meetings", "0006_keep_what_the_agenda_said"),
    ]
    dependencies = [
        ("accounts", "0001_people_clients_and_contracts"),
        ("archives", "0001_papers_ads_and_brands"),
        ("jobs", "0001_jobs_estimates_and_timelines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
