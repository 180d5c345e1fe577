"""Papers, ads, brands and tapes."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import agency.common.fields
import agency.common.texts
import archives.models.pack
import archives.models.waiver
from agency.common.operations import CreateModels

TABLES = [
    migrations.CreateModel(
        name="Competitor",
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
                "brand",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="competitors",
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
            "verbose_name": "competitor",
            "verbose_name_plural": "competitors",
            "ordering": ["name"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("brand", "name"),
                    name="competitor_name_once_a_brand",
                    violation_error_code="name",
                    violation_error_message="The brand has a competitor of this name already.",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Document",
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
            ("is_scanned", models.BooleanField(default=False, verbose_name="scanned for viruses")),
            ("text", models.TextField(blank=True)),
            ("text_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("words_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                    condition=models.Q(("sha256", ""), _negated=True),
                    fields=["client"],
                    name="document_filed_of_client",
                ),
                models.Index(
                    condition=models.Q(
                        ("text_at__isnull", True), models.Q(("sha256", ""), _negated=True)
                    ),
                    fields=["id"],
                    name="document_unread",
                ),
                models.Index(
                    condition=models.Q(
                        ("words_at__isnull", True), models.Q(("sha256", ""), _negated=True)
                    ),
                    fields=["id"],
                    name="document_without_words",
                ),
                models.Index(
                    condition=models.Q(
                        (
                            "kind__in",
                            [
                                "ad_file",
                                "competitor_file",
                                "ad_guideline",
                                "clipping",
                                "reference",
                                "strategy",
                                "brainstorm",
                            ],
                        )
                    ),
                    fields=["id"],
                    name="document_looked_at",
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
        name="FolderPack",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("job_number", models.CharField(blank=True, max_length=20)),
            ("show", models.CharField(blank=True, max_length=10)),
            (
                "token",
                models.CharField(
                    default=archives.models.pack.new_token, editable=False, max_length=32
                ),
            ),
            ("done", models.BigIntegerField(default=0, editable=False)),
            ("lost", models.JSONField(default=list, editable=False)),
            ("ready_at", models.DateTimeField(editable=False, null=True)),
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
                    related_name="+",
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
            "verbose_name": "packed folder",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("ready_at__isnull", True)),
                    fields=("client", "job_number", "show", "by"),
                    name="folder_pack_asked_once",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="SavedSearch",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("query", models.CharField(blank=True, max_length=400, verbose_name="words")),
            ("facets", models.JSONField(default=dict)),
            ("tells", models.BooleanField(default=True, verbose_name="tell me of new papers")),
            ("looked_at", models.DateTimeField()),
            ("counted_to", models.DateTimeField()),
            ("news", models.PositiveIntegerField(default=0)),
            ("news_since", models.DateField(blank=True, null=True)),
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
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="saved_searches",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "kept search",
            "verbose_name_plural": "kept searches",
            "ordering": ["pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("tells", True)),
                    fields=["looked_at"],
                    name="saved_search_to_look",
                )
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("user", "query", "facets"), name="saved_search_once"
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Waiver",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("job_number", models.CharField(blank=True, max_length=20)),
            (
                "kind",
                models.CharField(
                    choices=archives.models.waiver.waivable, max_length=24, verbose_name="kind"
                ),
            ),
            (
                "reason",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="reason"
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
                    related_name="waivers",
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
            "verbose_name": "waiver",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("client", "job_number", "kind"), name="waiver_once_a_paper"
                )
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
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
    migrations.CreateModel(
        name="Ad",
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
                "title",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="title",
                ),
            ),
            ("first_run", models.DateField(verbose_name="first run")),
            ("last_run", models.DateField(blank=True, null=True, verbose_name="last run")),
            (
                "length_s",
                models.PositiveIntegerField(
                    blank=True, null=True, verbose_name="length in seconds"
                ),
            ),
            (
                "size",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="size",
                ),
            ),
            ("language", models.CharField(blank=True, max_length=4, verbose_name="language")),
            (
                "job_number",
                models.CharField(
                    blank=True,
                    db_index=True,
                    max_length=20,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="job number",
                ),
            ),
            (
                "made_by_agency",
                models.CharField(
                    blank=True,
                    max_length=80,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="made by",
                ),
            ),
            (
                "tags",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=20),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="tags",
                ),
            ),
            (
                "note",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="note",
                ),
            ),
            ("year", models.PositiveSmallIntegerField(verbose_name="year")),
            (
                "brand",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ads",
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
                    related_name="ads",
                    to="accounts.client",
                ),
            ),
            (
                "competitor",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ads",
                    to="archives.competitor",
                    verbose_name="competitor",
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
                models.ManyToManyField(blank=True, related_name="ads", to="archives.document"),
            ),
            (
                "product",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ads",
                    to="accounts.product",
                    verbose_name="product",
                ),
            ),
        ],
        options={
            "verbose_name": "ad",
            "verbose_name_plural": "ads",
            "ordering": ["-first_run", "-pk"],
            "indexes": [
                models.Index(fields=["client", "-first_run"], name="ad_of_client"),
                models.Index(fields=["competitor", "-first_run"], name="ad_of_competitor"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("client__isnull", True), ("competitor__isnull", False)),
                        models.Q(("client__isnull", False), ("competitor__isnull", True)),
                        _connector="OR",
                    ),
                    name="ad_of_client_or_competitor",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("last_run__isnull", True),
                        ("last_run__gte", models.F("first_run")),
                        _connector="OR",
                    ),
                    name="ad_runs_forward",
                ),
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
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
            ("typed_name", models.CharField(blank=True, max_length=60, verbose_name="name typed")),
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
                "document",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="answers",
                    to="archives.document",
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
        name="Brainstorm",
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
                "job_number",
                models.CharField(
                    blank=True,
                    max_length=20,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="job number",
                ),
            ),
            ("on", models.DateTimeField(verbose_name="begins")),
            ("ended_at", models.DateTimeField(verbose_name="ends")),
            (
                "chair_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason for this chair",
                ),
            ),
            (
                "question",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="question"
                ),
            ),
            (
                "next_step",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="next step",
                ),
            ),
            ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="record filed")),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "brand",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="brainstorms",
                    to="accounts.brand",
                ),
            ),
            (
                "chair",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="chair",
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
                    related_name="brainstorms",
                    to="archives.document",
                ),
            ),
            (
                "people",
                models.ManyToManyField(
                    related_name="brainstorms", to=settings.AUTH_USER_MODEL, verbose_name="people"
                ),
            ),
        ],
        options={
            "verbose_name": "brainstorm",
            "verbose_name_plural": "brainstorms",
            "ordering": ["-on", "-pk"],
            "indexes": [
                models.Index(fields=["brand", "-on"], name="brainstorm_of_brand"),
                models.Index(
                    condition=models.Q(("document__isnull", True)),
                    fields=["next_notice_at"],
                    name="brainstorm_unrecorded",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ended_at__gt", models.F("on"))),
                    name="brainstorm_ends_after_it_begins",
                    violation_error_code="ended_at",
                    violation_error_message="The end lies before the beginning.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("filed_at__isnull", True), ("document__isnull", False), _connector="OR"
                    ),
                    name="brainstorm_filed_has_paper",
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
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                "document",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="dispatches",
                    to="archives.document",
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
        name="Incoming",
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
                "source",
                models.CharField(
                    choices=[
                        ("drop", "Dropped here"),
                        ("mail", "Mail"),
                        ("cabinet", "Old cabinet"),
                    ],
                    max_length=8,
                    verbose_name="came by",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "To be filed"),
                        ("filed", "Filed"),
                        ("discarded", "Not kept"),
                    ],
                    default="waiting",
                    max_length=10,
                    verbose_name="state",
                ),
            ),
            ("sender", models.CharField(blank=True, max_length=254)),
            ("subject", models.CharField(blank=True, max_length=200)),
            ("name", models.CharField(max_length=160, verbose_name="file name")),
            ("sha256", models.CharField(db_index=True, max_length=64)),
            ("size", models.PositiveBigIntegerField(verbose_name="size")),
            ("mime", models.CharField(blank=True, max_length=100)),
            ("is_scanned", models.BooleanField(default=False)),
            (
                "kind",
                models.CharField(
                    blank=True,
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
            (
                "job_number",
                models.CharField(
                    blank=True,
                    max_length=20,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="job number",
                ),
            ),
            ("dated_on", models.DateField(blank=True, null=True, verbose_name="dated")),
            (
                "title",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="title",
                ),
            ),
            ("text", models.TextField(blank=True, editable=False)),
            ("pages", models.PositiveIntegerField(blank=True, editable=False, null=True)),
            ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("done_at", models.DateTimeField(blank=True, null=True)),
            (
                "reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
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
                "owner",
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
            "verbose_name": "file to be filed",
            "verbose_name_plural": "files to be filed",
            "ordering": ["pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("state", "waiting")), fields=["id"], name="incoming_waiting"
                )
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "filed"), _negated=True),
                        ("document__isnull", False),
                        _connector="OR",
                    ),
                    name="incoming_filed_has_paper",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="Letter",
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
                    choices=[("fax", "Fax"), ("memo", "Memo")], max_length=4, verbose_name="kind"
                ),
            ),
            (
                "language",
                models.CharField(
                    choices=[("zh", "Chinese"), ("en", "English"), ("both", "Both")],
                    default="zh",
                    max_length=4,
                    verbose_name="language",
                ),
            ),
            (
                "number",
                models.CharField(blank=True, editable=False, max_length=40, verbose_name="number"),
            ),
            (
                "to",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="to",
                ),
            ),
            (
                "company",
                models.CharField(
                    blank=True,
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="company",
                ),
            ),
            (
                "fax_number",
                models.CharField(
                    blank=True,
                    max_length=40,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="fax number",
                ),
            ),
            (
                "copy",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="copies to",
                ),
            ),
            (
                "job_number",
                models.CharField(
                    blank=True,
                    max_length=20,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="job number",
                ),
            ),
            (
                "subject",
                models.CharField(
                    max_length=160,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="subject",
                ),
            ),
            (
                "body",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="text"
                ),
            ),
            (
                "pages",
                models.PositiveSmallIntegerField(
                    blank=True,
                    null=True,
                    validators=[
                        django.core.validators.MinValueValidator(1),
                        django.core.validators.MaxValueValidator(999),
                    ],
                    verbose_name="pages in all",
                ),
            ),
            ("wished_on", models.DateField(blank=True, null=True, verbose_name="wished by")),
            (
                "state",
                models.CharField(
                    choices=[("draft", "Draft"), ("issued", "Issued")],
                    default="draft",
                    editable=False,
                    max_length=8,
                    verbose_name="state",
                ),
            ),
            (
                "issued_at",
                models.DateTimeField(blank=True, editable=False, null=True, verbose_name="issued"),
            ),
            ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
            (
                "sent_via",
                models.CharField(
                    blank=True,
                    choices=[
                        ("fax", "Fax"),
                        ("mail", "Mail"),
                        ("hand", "By hand"),
                        ("messenger", "Messenger"),
                    ],
                    max_length=10,
                    verbose_name="sent by way of",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="letters",
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
                    editable=False,
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
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "sent_by",
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
            "verbose_name": "letter",
            "verbose_name_plural": "letters",
            "ordering": ["-created_at", "-pk"],
            "indexes": [
                models.Index(fields=["client", "-created_at"], name="letter_of_client"),
                models.Index(fields=["-created_at", "-id"], name="letter_by_date"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("number", ""), _negated=True),
                    fields=("number",),
                    name="letter_number_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("document__isnull", True), ("number", ""), ("state", "draft")),
                        models.Q(
                            models.Q(("number", ""), _negated=True),
                            ("document__isnull", False),
                            ("state", "issued"),
                        ),
                        _connector="OR",
                    ),
                    name="letter_issued_is_filed",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("sent_at__isnull", True), ("sent_via", "")),
                        models.Q(
                            models.Q(("sent_via", ""), _negated=True),
                            ("sent_at__isnull", False),
                            ("state", "issued"),
                        ),
                        _connector="OR",
                    ),
                    name="letter_sent_is_issued",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Preview",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("sha256", models.CharField(blank=True, max_length=64)),
            ("width", models.PositiveSmallIntegerField(default=0)),
            ("height", models.PositiveSmallIntegerField(default=0)),
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
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="preview",
                    to="archives.document",
                ),
            ),
        ],
        options={
            "verbose_name": "preview",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("sha256", ""),
                        models.Q(("height__gt", 0), ("width__gt", 0)),
                        _connector="OR",
                    ),
                    name="preview_has_size",
                )
            ],
        },
    ),
    migrations.CreateModel(
        name="QuarterlyReport",
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
            ("year", models.PositiveSmallIntegerField(verbose_name="year")),
            ("quarter", models.PositiveSmallIntegerField(verbose_name="quarter")),
            (
                "market",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="the market",
                ),
            ),
            (
                "meaning",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what it means",
                ),
            ),
            (
                "proposal",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="what we propose",
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
                    related_name="quarterly_reports",
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
            "verbose_name": "quarterly report",
            "verbose_name_plural": "quarterly reports",
            "ordering": ["-year", "-quarter", "client", "-revision"],
            "indexes": [
                models.Index(
                    condition=models.Q(("next_notice_at__isnull", False)),
                    fields=["next_notice_at"],
                    name="quarterly_next_notice",
                )
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("client", "year", "quarter", "revision"), name="quarterly_revision_once"
                ),
                models.UniqueConstraint(
                    condition=models.Q(("state__in", ["draft", "submitted", "signed"])),
                    fields=("client", "year", "quarter"),
                    name="quarterly_one_unissued",
                ),
                models.CheckConstraint(
                    condition=models.Q(("quarter__range", (1, 4))), name="quarterly_1_to_4"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state", "draft"),
                        models.Q(
                            ("author__isnull", False),
                            ("submitted_at__isnull", False),
                            models.Q(("market", ""), _negated=True),
                            models.Q(("meaning", ""), _negated=True),
                            models.Q(("proposal", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="quarterly_submitted_is_whole",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_by__isnull", True),
                        models.Q(("signed_by", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="quarterly_signed_by_another",
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
                    name="quarterly_issued_is_whole",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SearchChunk",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("seq", models.PositiveIntegerField()),
            ("body", models.TextField()),
            ("words", django.contrib.postgres.search.SearchVectorField()),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            (
                "client",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="accounts.client",
                ),
            ),
            (
                "document",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="chunks",
                    to="archives.document",
                ),
            ),
        ],
        options={
            "indexes": [
                django.contrib.postgres.indexes.GinIndex(fields=["words"], name="chunk_words")
            ],
            "constraints": [
                models.UniqueConstraint(fields=("document", "seq"), name="chunk_of_document_once")
            ],
        },
    ),
    migrations.CreateModel(
        name="FindSession",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ("started_at", models.DateTimeField()),
            ("last_at", models.DateTimeField()),
            ("query", models.CharField(max_length=400)),
            ("facets", models.JSONField(default=dict)),
            ("results", models.PositiveIntegerField(default=0)),
            ("opened_at", models.DateTimeField(null=True)),
            ("seconds", models.DecimalField(decimal_places=1, max_digits=12, null=True)),
            (
                "ended",
                models.CharField(
                    blank=True,
                    choices=[("opened", "Opened"), ("abandoned", "Abandoned")],
                    max_length=10,
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
                "opened",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.document",
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "search session",
            "verbose_name_plural": "search sessions",
            "indexes": [
                models.Index(fields=["started_at"], name="find_by_time"),
                models.Index(
                    condition=models.Q(("ended", "")), fields=["last_at"], name="find_open"
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("ended", "")),
                    fields=("user",),
                    name="find_one_open_of_user",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("ended", "opened"), _negated=True),
                        models.Q(
                            ("opened__isnull", False),
                            ("opened_at__isnull", False),
                            ("seconds__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="find_opened_is_measured",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="StrategyEntry",
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
                        ("facts", "Facts"),
                        ("key_points", "Key points"),
                        ("development", "Development strategy"),
                        ("creative", "Creative strategy"),
                        ("summary", "Brand strategy summary"),
                        ("competitor_creative", "Competitor's creative strategy"),
                    ],
                    max_length=20,
                    verbose_name="kind",
                ),
            ),
            ("valid_from", models.DateField(verbose_name="in force from")),
            (
                "text",
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="words"
                ),
            ),
            ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed")),
            ("is_waiting", models.BooleanField(default=False, editable=False)),
            ("due_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ("next_notice_at", models.DateTimeField(blank=True, editable=False, null=True)),
            (
                "author",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "brand",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="strategy",
                    to="accounts.brand",
                ),
            ),
            (
                "competitor",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="strategy",
                    to="archives.competitor",
                    verbose_name="competitor",
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
                models.ManyToManyField(
                    blank=True,
                    related_name="strategy",
                    to="archives.document",
                    verbose_name="papers",
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
            "verbose_name": "strategy entry",
            "verbose_name_plural": "strategy entries",
            "ordering": ["-valid_from", "-pk"],
            "indexes": [
                models.Index(fields=["brand", "-valid_from", "-id"], name="strategy_of_brand"),
                models.Index(
                    condition=models.Q(("is_waiting", True)),
                    fields=["next_notice_at"],
                    name="strategy_waiting",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("is_waiting", True)),
                    fields=("brand",),
                    name="strategy_one_draft_a_brand",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("competitor__isnull", False), ("kind", "competitor_creative")),
                        models.Q(
                            models.Q(("kind", "competitor_creative"), _negated=True),
                            ("competitor__isnull", True),
                        ),
                        _connector="OR",
                    ),
                    name="strategy_of_competitor_names_it",
                    violation_error_code="competitor",
                    violation_error_message="Name the competitor whose creative strategy it is.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                        models.Q(
                            ("kind", "summary"),
                            ("signed_at__isnull", False),
                            ("signed_by__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="strategy_signed_is_summary",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_by__isnull", True),
                        models.Q(("signed_by", models.F("author")), _negated=True),
                        _connector="OR",
                    ),
                    name="strategy_signed_by_another",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("is_waiting", False),
                        models.Q(("kind", "summary"), ("signed_by__isnull", True)),
                        _connector="OR",
                    ),
                    name="strategy_waiting_is_unsigned_summary",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Idea",
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
                models.TextField(
                    validators=[agency.common.texts.plain_validator], verbose_name="idea"
                ),
            ),
            ("is_chosen", models.BooleanField(default=False, verbose_name="chosen")),
            (
                "brainstorm",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ideas",
                    to="archives.brainstorm",
                ),
            ),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ideas",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="whose",
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
            "verbose_name": "idea",
            "verbose_name_plural": "ideas",
            "ordering": ["pk"],
        },
    ),
    migrations.CreateModel(
        name="Observation",
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
            ("on", models.DateField(verbose_name="on")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("market", "Market"),
                        ("price", "Price"),
                        ("launch", "Launch"),
                        ("campaign", "Campaign"),
                        ("media", "Media"),
                        ("press", "Press"),
                    ],
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
                "source",
                models.CharField(
                    max_length=120,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="source",
                ),
            ),
            (
                "spend",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="estimated spend",
                ),
            ),
            (
                "ad",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="observations",
                    to="archives.ad",
                ),
            ),
            (
                "brand",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="observations",
                    to="accounts.brand",
                    verbose_name="brand",
                ),
            ),
            (
                "competitor",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="observations",
                    to="archives.competitor",
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
                    related_name="observations",
                    to="archives.document",
                ),
            ),
            (
                "seen_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "verbose_name": "observation",
            "verbose_name_plural": "observations",
            "ordering": ["-on", "-pk"],
            "indexes": [models.Index(fields=["brand", "-on"], name="observation_of_brand")],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("text", ""), _negated=True), name="observation_has_text"
                ),
                models.CheckConstraint(
                    condition=models.Q(("source", ""), _negated=True), name="observation_has_source"
                ),
                models.CheckConstraint(
                    condition=models.Q(("spend__isnull", True), ("spend__gte", 0), _connector="OR"),
                    name="observation_spend_positive",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Tape",
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
            ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
            (
                "owner",
                models.CharField(
                    choices=[("client", "Client"), ("competitor", "Competitor")],
                    max_length=10,
                    verbose_name="whose",
                ),
            ),
            (
                "format",
                models.CharField(
                    choices=[
                        ("betacam", "Betacam"),
                        ("dvcam", "DVCAM"),
                        ("u_matic", "U-matic"),
                        ("vhs", "VHS"),
                        ("film", "Film"),
                        ("file", "File on disk"),
                    ],
                    max_length=8,
                    verbose_name="format",
                ),
            ),
            (
                "title",
                models.CharField(
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="title",
                ),
            ),
            (
                "content",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="content",
                ),
            ),
            (
                "length_s",
                models.PositiveIntegerField(
                    blank=True, null=True, verbose_name="length in seconds"
                ),
            ),
            ("recorded_on", models.DateField(blank=True, null=True, verbose_name="recorded")),
            (
                "shelf",
                models.CharField(
                    max_length=20,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="place on the shelf",
                ),
            ),
            ("is_master", models.BooleanField(default=False, verbose_name="master")),
            (
                "state",
                models.CharField(
                    choices=[
                        ("in", "On the shelf"),
                        ("out", "Lent"),
                        ("lost", "Lost"),
                        ("discarded", "Discarded"),
                    ],
                    default="in",
                    max_length=9,
                    verbose_name="state",
                ),
            ),
            (
                "state_reason",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="reason",
                ),
            ),
            (
                "ad",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="tapes",
                    to="archives.ad",
                ),
            ),
            (
                "client",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="tapes",
                    to="accounts.client",
                ),
            ),
            (
                "competitor",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="tapes",
                    to="archives.competitor",
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
            "verbose_name": "tape",
            "verbose_name_plural": "tapes",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("client__isnull", False),
                            ("competitor__isnull", True),
                            ("owner", "client"),
                        ),
                        models.Q(
                            ("client__isnull", True),
                            ("competitor__isnull", False),
                            ("owner", "competitor"),
                        ),
                        _connector="OR",
                    ),
                    name="tape_of_client_xor_competitor",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ["lost", "discarded"]), _negated=True),
                        models.Q(("state_reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="tape_gone_has_reason",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CompetitorRow",
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
                "campaign",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="campaign",
                ),
            ),
            (
                "media",
                models.TextField(
                    blank=True,
                    validators=[agency.common.texts.plain_validator],
                    verbose_name="media",
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
                "spend",
                agency.common.fields.MoneyField(
                    blank=True,
                    decimal_places=2,
                    max_digits=14,
                    null=True,
                    verbose_name="estimated spend",
                ),
            ),
            ("nothing_seen", models.BooleanField(default=False, verbose_name="nothing seen")),
            (
                "competitor",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="archives.competitor",
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
                "observations",
                models.ManyToManyField(blank=True, related_name="rows", to="archives.observation"),
            ),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="rows",
                    to="archives.quarterlyreport",
                ),
            ),
        ],
        options={
            "verbose_name": "competitor in a quarterly report",
            "verbose_name_plural": "competitors in a quarterly report",
            "ordering": ["competitor__brand__name", "competitor__name", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("report", "competitor"), name="competitor_row_once"
                ),
                models.CheckConstraint(
                    condition=models.Q(("spend__isnull", True), ("spend__gte", 0), _connector="OR"),
                    name="competitor_row_spend",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="TapeLoan",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            (
                "purpose",
                models.CharField(
                    blank=True,
                    max_length=200,
                    validators=[agency.common.texts.line_validator],
                    verbose_name="what for",
                ),
            ),
            ("out_at", models.DateTimeField(verbose_name="lent")),
            ("due_on", models.DateField(verbose_name="back by")),
            ("back_at", models.DateTimeField(blank=True, null=True, verbose_name="back")),
            (
                "next_notice_at",
                models.DateTimeField(blank=True, db_index=True, editable=False, null=True),
            ),
            (
                "borrower",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="tape_loans",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="borrower",
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
                "tape",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="loans",
                    to="archives.tape",
                ),
            ),
        ],
        options={
            "verbose_name": "tape loan",
            "verbose_name_plural": "tape loans",
            "ordering": ["-out_at", "-pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("back_at__isnull", True)),
                    fields=("tape",),
                    name="tape_lent_once",
                )
            ],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("archives", "0001_initial"),
        ("archives", "0003_add_ads_and_waivers"),
        ("archives", "0004_count_filed_papers_of_a_client"),
        ("archives", "0005_find_any_paper"),
        ("archives", "0006_time_searches"),
        ("archives", "0007_know_competitors"),
        ("archives", "0010_remember_brands"),
        ("archives", "0012_know_when_a_summary_is_due"),
        ("archives", "0020_know_ads_of_competitors"),
        ("archives", "0021_draw_previews"),
        ("archives", "0030_lend_tapes"),
        ("archives", "0040_report_quarters"),
        ("archives", "0050_waive_papers_of_a_folder"),
        ("archives", "0051_pack_large_folders"),
        ("archives", "0060_keep_letters"),
        ("archives", "0061_keep_searches"),
        ("archives", "0070_take_files_in"),
    ]
    dependencies = [
        ("common", "0001_mail_notices_and_trail"),
        ("accounts", "0001_people_clients_and_contracts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels(TABLES)]
