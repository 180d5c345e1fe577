import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agency.common.texts


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("archives", "0002_freeze_papers_and_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
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
                                    ("user__isnull", False),
                                    ("contact__isnull", False),
                                    _connector="OR",
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
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("at", models.DateTimeField()),
                (
                    "text",
                    models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
                ),
                ("old_due", models.DateField(blank=True, null=True)),
                ("new_due", models.DateField(blank=True, null=True)),
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
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logs",
                        to="meetings.actionpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ContactReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
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
                (
                    "delivered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="delivered"),
                ),
                ("undelivered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "return_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="return due"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="returned"),
                ),
                ("objected_at", models.DateTimeField(blank=True, null=True)),
                ("opinion_told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "opinion_reminded_at",
                    models.DateTimeField(blank=True, editable=False, null=True),
                ),
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
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
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
                        condition=models.Q(("state", "draft")),
                        fields=["due_at"],
                        name="report_running",
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
                        condition=models.Q(("revision", 1)),
                        fields=["due_at"],
                        name="report_first_due",
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
                            ("state", "draft"),
                            models.Q(("number", ""), _negated=True),
                            _connector="OR",
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
        migrations.AddField(
            model_name="actionpoint",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="actions",
                to="meetings.contactreport",
            ),
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
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
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
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
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
                    "user",
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
                        related_name="attendees",
                        to="meetings.meeting",
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
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
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
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="meetings.meeting",
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
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
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
                (
                    "for_management",
                    models.BooleanField(default=False, verbose_name="for management"),
                ),
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
        migrations.AddField(
            model_name="actionpoint",
            name="point",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="meetings.reportpoint",
            ),
        ),
    ]
