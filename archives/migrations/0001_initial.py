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
        ("common", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                ("form_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agenda", "Agenda"),
                            ("contact_report", "Contact report"),
                            ("return_proof", "Proof of return"),
                            ("status_report", "Weekly status report"),
                            ("budget_report", "Monthly budget report"),
                            ("budget_form", "Budget form"),
                            ("quarterly_report", "Quarterly report"),
                            ("receivables_statement", "Receivables statement"),
                            ("income_forecast", "Income forecast"),
                            ("job_request", "Job number request"),
                            ("job_sheet", "Job sheet"),
                            ("brief", "Job brief"),
                            ("creative_brief", "Creative brief"),
                            ("timeline", "Timeline"),
                            ("estimate", "Production estimate"),
                            ("signature_proof", "Proof of signature"),
                            ("start_order", "Start order"),
                            ("supplier_quote", "Supplier quote"),
                            ("supplier_bill", "Supplier bill"),
                            ("production_invoice", "Production invoice"),
                            ("media_plan", "Media plan"),
                            ("media_invoice", "Media invoice"),
                            ("commission_invoice", "Commission invoice"),
                            ("fee_invoice", "Fee invoice"),
                            ("credit_note", "Credit note"),
                            ("completion_form", "Completion form"),
                            ("outgoing_check", "Outgoing check"),
                            ("contract", "Contract"),
                            ("ad_guideline", "Ad guideline"),
                            ("strategy", "Brand strategy"),
                            ("brainstorm", "Brainstorm"),
                            ("ad_file", "Ad"),
                            ("competitor_file", "Competitor's ad"),
                            ("tape_sheet", "Tape sheet"),
                            ("clipping", "Clipping"),
                            ("reference", "Reference"),
                            ("fax", "Fax"),
                            ("memo", "Memo"),
                            ("expense_receipt", "Expense receipt"),
                            ("dunning", "Dunning letter"),
                            ("other", "Other paper"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="number")),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[agency.common.texts.line_validator],
                        verbose_name="title",
                    ),
                ),
                (
                    "title_en",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[agency.common.texts.line_validator],
                        verbose_name="title in English",
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                ("language", models.CharField(blank=True, max_length=4, verbose_name="language")),
                ("dated_on", models.DateField(verbose_name="dated")),
                (
                    "face",
                    models.CharField(
                        choices=[("internal", "Internal face"), ("client", "Client face")],
                        max_length=8,
                        verbose_name="face",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("issued", "Issued"),
                            ("superseded", "Superseded"),
                            ("void", "Void"),
                            ("history", "History"),
                        ],
                        default="issued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="file name")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                ("mime", models.CharField(blank=True, max_length=100)),
                (
                    "is_scanned",
                    models.BooleanField(default=False, verbose_name="scanned for viruses"),
                ),
                ("text", models.TextField(blank=True)),
                ("text_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "topic",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[agency.common.texts.line_validator],
                        verbose_name="topic",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[agency.common.texts.line_validator],
                        verbose_name="source",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued")),
                ("retain_until", models.DateField(blank=True, null=True)),
                (
                    "void_reason",
                    models.TextField(blank=True, validators=[agency.common.texts.plain_validator]),
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
                    "client",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="accounts.client",
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
                    "contract",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.product",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="archives.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper",
                "verbose_name_plural": "papers",
                "ordering": ["-dated_on", "-pk"],
                "indexes": [
                    models.Index(fields=["client", "-dated_on", "-id"], name="document_of_client"),
                    models.Index(fields=["client", "kind", "-dated_on"], name="document_of_kind"),
                    models.Index(fields=["-dated_on", "-id"], name="document_by_date"),
                    models.Index(fields=["sha256"], name="document_hash"),
                    models.Index(
                        condition=models.Q(
                            ("text_at__isnull", True), models.Q(("sha256", ""), _negated=True)
                        ),
                        fields=["id"],
                        name="document_unread",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number", "revision", "face"),
                        name="document_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            models.Q(("sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_issued_has_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "void"), _negated=True),
                            models.Q(("void_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_void_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("mail", "Mail"),
                            ("fax", "Fax"),
                            ("hand", "By hand"),
                            ("messenger", "Messenger"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=254)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("first", "First sending"), ("reminder", "Reminder")],
                        default="first",
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("queued_at", models.DateTimeField()),
                ("handed_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.TextField(blank=True)),
                ("noted_state", models.CharField(blank=True, editable=False, max_length=10)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
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
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="accounts.clientlink",
                    ),
                ),
                (
                    "mail",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatch",
                        to="common.outboxmail",
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
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="archives.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispatch",
                "ordering": ["queued_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("handed_at__isnull", True)),
                        fields=["mail"],
                        name="dispatch_on_its_way",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact__isnull", False), ("user__isnull", True)),
                            models.Q(("contact__isnull", True), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_to_one_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClientAnswer",
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
                    "answer",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("objected", "Objection"),
                            ("signed", "Signed"),
                            ("refused", "Refused"),
                            ("seen", "Seen"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "typed_name",
                    models.CharField(blank=True, max_length=60, verbose_name="name typed"),
                ),
                ("about", models.CharField(blank=True, max_length=80, verbose_name="about")),
                ("reason", models.TextField(blank=True, verbose_name="words")),
                ("sha256", models.CharField(max_length=64)),
                ("ip", models.GenericIPAddressField(blank=True, null=True)),
                ("user_agent", models.CharField(blank=True, max_length=300)),
                ("code_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
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
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="accounts.clientlink",
                    ),
                ),
                (
                    "recorded_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
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
                    ),
                ),
                (
                    "trail",
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
                "verbose_name": "client answer",
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("link__isnull", False), ("trail__isnull", True)),
                        fields=["id"],
                        name="answer_without_trail",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link__isnull", False), ("proof__isnull", True)),
                            models.Q(("link__isnull", True), ("proof__isnull", False)),
                            _connector="OR",
                        ),
                        name="answer_by_link_or_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ["objected", "refused"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_no_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proof__isnull", True), ("recorded_by__isnull", False), _connector="OR"
                        ),
                        name="answer_on_paper_has_recorder",
                    ),
                    models.UniqueConstraint(fields=("link", "answer"), name="answer_once_a_link"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentJob",
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
                ("job_number", models.CharField(db_index=True, max_length=20)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="job_numbers",
                        to="archives.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "job_number"), name="document_job_number_once"
                    )
                ],
            },
        ),
    ]
