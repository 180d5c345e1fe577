from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Sum, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Brand, Client, Contact, Contract, Product, User
from accounts.models.scope import ScopedQuerySet
from agency.common.models.base import FormKeyed, Row
from agency.common.texts import line_validator, plain_validator
from archives.kinds import DRAWABLE, LOOKED_AT, PLAYED, Compartment, Kind
from archives.search.question import phrase
from archives.search.words import normal

KINDS = dict(Kind.choices)
DEPARTMENT_KINDS = frozenset(
    {
        "brief",
        "creative_brief",
        "timeline",
        "job_sheet",
        "start_order",
        "contact_report",
        "ad_guideline",
        "strategy",
        "brainstorm",
        "ad_file",
        "competitor_file",
        "tape_sheet",
        "clipping",
        "reference",
    }
)
DEPARTMENT_EXTRA = {
    "media": frozenset({"media_plan"}),
    "production": frozenset({"supplier_quote", "supplier_bill"}),
    "creative": frozenset(),
}


def kinds_shown_to(user):
    """The kinds a department may see; None means all (4.1)."""
    if not user.is_authenticated or user.role != User.Role.DEPARTMENT:
        return None
    return DEPARTMENT_KINDS | DEPARTMENT_EXTRA[user.department]


class DocumentQuerySet(ScopedQuerySet):
    client_lookup = "among"

    def visible_to(self, user, at=None):
        """Papers of one's clients; a department sees its kinds only (4.1)."""
        papers = super().visible_to(user, at)
        kinds = kinds_shown_to(user)
        return papers if kinds is None else papers.filter(kind__in=kinds)

    def light(self):
        """For lists: the text of the file may be megabytes long."""
        return self.defer("text").select_related("client", "contact", "brand")

    def as_hits(self):
        """No more of each than a page of hits says."""
        shown = ("number", "revision", "title", "state", "kind", "face", "dated_on")
        return self.select_related("client").only(*shown, "client__name")

    def knowing_text(self):
        """Each with `has_text`: whether words could be read in its file."""
        return self.annotate(has_text=Case(When(text="", then=False), default=True))

    def worded(self, words):
        """Papers called so: number, job, title, file, topic, source, client, brand, contact, kind
        and year hold each of the words, as the index has them (9.2)."""
        papers = self
        for query in filter(None, map(phrase, normal(words).split())):
            papers = papers.filter(chunks__seq=0, chunks__words__matches=query)
        return papers

    def in_force(self):
        return self.filter(state=Document.State.ISSUED)

    def filed(self):
        """With bytes in the store: everything but what is still being made."""
        return self.exclude(sha256="")

    def unread(self):
        """Filed, and its text not looked for yet."""
        return self.filed().filter(text_at__isnull=True)

    def without_words(self):
        """Filed, and not in the index: older than it, or what it is about has a new name."""
        return self.filed().filter(words_at__isnull=True)

    def undrawn(self):
        """Of the kinds that are looked at, filed, and no preview tried yet."""
        return self.filed().filter(kind__in=LOOKED_AT, mime__in=DRAWABLE, preview__isnull=True)

    def same_bytes(self, client, sha256):
        """Papers of the client with exactly these bytes (duplicate notice)."""
        return self.filter(client=client, sha256=sha256).exclude(state=Document.State.VOID)

    def bytes_of(self, client):
        """What the client's papers take in the store; void ones too, for their files stay."""
        return self.filter(client=client).aggregate(total=Sum("size"))["total"] or 0

    def naming(self, job_number):
        """Papers that name the job, among others or alone."""
        named = DocumentJob.objects.filter(document=OuterRef("pk"), job_number__iexact=job_number)
        return self.filter(Exists(named))

    def shown_as(self, show):
        """Of a folder: "now" without the papers of ended jobs, "history" those alone (R46)."""
        history = Q(state=Document.State.HISTORY)
        return self.filter({"now": ~history, "history": history}.get(show, Q()))

    def in_compartment(self, compartment):
        return self.filter(kind__in=Compartment(compartment).kinds)


class Document(Row, FormKeyed):
    """A filed paper. Its bytes lie under their hash and are never changed (Z10, C13)."""

    class Face(models.TextChoices):
        INTERNAL = "internal", _("Internal face")
        CLIENT = "client", _("Client face")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        SUPERSEDED = "superseded", _("Superseded")
        VOID = "void", _("Void")
        HISTORY = "history", _("History")

    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    number = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=200, validators=[line_validator])
    title_en = models.CharField(
        _("title in English"), max_length=200, blank=True, validators=[line_validator]
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    language = models.CharField(_("language"), max_length=4, blank=True)
    dated_on = models.DateField(_("dated"))
    brand = models.ForeignKey(
        Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand")
    )
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    face = models.CharField(_("face"), max_length=8, choices=Face)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ISSUED)
    name = models.CharField(_("file name"), max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    mime = models.CharField(max_length=100, blank=True)
    is_scanned = models.BooleanField(_("scanned for viruses"), default=False)
    text = models.TextField(blank=True)
    # When the text was looked for; empty: the clock has it still to do.
    text_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When its words were put into the index; empty: the clock has it still to do.
    words_at = models.DateTimeField(null=True, blank=True, editable=False)
    topic = models.CharField(_("topic"), max_length=80, blank=True, validators=[line_validator])
    source = models.CharField(_("source"), max_length=120, blank=True, validators=[line_validator])
    year = models.PositiveSmallIntegerField(_("year"))
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    issued_at = models.DateTimeField(_("issued"), null=True, blank=True)
    retain_until = models.DateField(null=True, blank=True)
    void_reason = models.TextField(blank=True, validators=[plain_validator])

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-dated_on", "-pk"]
        indexes = [
            models.Index(fields=["client", "-dated_on", "-id"], name="document_of_client"),
            models.Index(fields=["client", "kind", "-dated_on"], name="document_of_kind"),
            models.Index(fields=["-dated_on", "-id"], name="document_by_date"),
            models.Index(fields=["sha256"], name="document_hash"),
            models.Index(
                fields=["client"], condition=~Q(sha256=""), name="document_filed_of_client"
            ),
            models.Index(
                fields=["id"],
                condition=Q(text_at__isnull=True) & ~Q(sha256=""),
                name="document_unread",
            ),
            models.Index(
                fields=["id"],
                condition=Q(words_at__isnull=True) & ~Q(sha256=""),
                name="document_without_words",
            ),
            models.Index(fields=["id"], condition=Q(kind__in=LOOKED_AT), name="document_looked_at"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "revision", "face"],
                condition=~Q(number=""),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued") | ~Q(sha256=""), name="document_issued_has_hash"
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | ~Q(void_reason=""), name="document_void_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("archives:document_detail", args=[self.pk])

    def get_kind_display(self):
        """As Django says it, without putting the labels of all kinds together for each paper."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def compartment(self):
        return Compartment.of(self.kind)

    @property
    def is_film(self):
        return self.mime in PLAYED and self.mime.startswith("video/")

    @property
    def is_sound(self):
        return self.mime in PLAYED and self.mime.startswith("audio/")

    @property
    def picture(self):
        """The Preview that shows it; None where there is none (yet)."""
        row = getattr(self, "preview", None)
        return row if row and row.sha256 else None

    @property
    def label(self):
        """Number, revision and title on one line."""
        number = f"{self.number}/R{self.revision}" if self.revision > 1 else self.number
        return f"{number} {self.title}".strip()

    @property
    def client_code(self):
        return self.client.code if self.client else ""


class DocumentJob(Row):
    """The job numbers a paper names, as text: archives need not know jobs."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="job_numbers")
    job_number = models.CharField(max_length=20, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "job_number"], name="document_job_number_once"
            )
        ]

    def __str__(self):
        return self.job_number
