"""Kinds of papers and the compartments of the job folder (domain.md 9.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

JOB_NUMBER = r"[A-Z]{2,6}-\d{2}-\d{3,}"  # the pattern of LM-26-014


class Kind(models.TextChoices):
    AGENDA = "agenda", _("Agenda")
    CONTACT_REPORT = "contact_report", _("Contact report")
    RETURN_PROOF = "return_proof", _("Proof of return")
    STATUS_REPORT = "status_report", _("Weekly status report")
    BUDGET_REPORT = "budget_report", _("Monthly budget report")
    BUDGET_FORM = "budget_form", _("Budget form")
    QUARTERLY_REPORT = "quarterly_report", _("Quarterly report")
    RECEIVABLES_STATEMENT = "receivables_statement", _("Receivables statement")
    INCOME_FORECAST = "income_forecast", _("Income forecast")
    JOB_REQUEST = "job_request", _("Job number request")
    JOB_SHEET = "job_sheet", _("Job sheet")
    BRIEF = "brief", _("Job brief")
    CREATIVE_BRIEF = "creative_brief", _("Creative brief")
    TIMELINE = "timeline", _("Timeline")
    ESTIMATE = "estimate", _("Production estimate")
    SIGNATURE_PROOF = "signature_proof", _("Proof of signature")
    START_ORDER = "start_order", _("Start order")
    SUPPLIER_QUOTE = "supplier_quote", _("Supplier quote")
    SUPPLIER_BILL = "supplier_bill", _("Supplier bill")
    PRODUCTION_INVOICE = "production_invoice", _("Production invoice")
    MEDIA_PLAN = "media_plan", _("Media plan")
    MEDIA_INVOICE = "media_invoice", _("Media invoice")
    COMMISSION_INVOICE = "commission_invoice", _("Commission invoice")
    FEE_INVOICE = "fee_invoice", _("Fee invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
    COMPLETION_FORM = "completion_form", _("Completion form")
    OUTGOING_CHECK = "outgoing_check", _("Outgoing check")
    CONTRACT = "contract", _("Contract")
    AD_GUIDELINE = "ad_guideline", _("Ad guideline")
    STRATEGY = "strategy", _("Brand strategy")
    BRAINSTORM = "brainstorm", _("Brainstorm")
    AD_FILE = "ad_file", _("Ad")
    COMPETITOR_FILE = "competitor_file", _("Competitor's ad")
    TAPE_SHEET = "tape_sheet", _("Tape sheet")
    CLIPPING = "clipping", _("Clipping")
    REFERENCE = "reference", _("Reference")
    FAX = "fax", _("Fax")
    MEMO = "memo", _("Memo")
    EXPENSE_RECEIPT = "expense_receipt", _("Expense receipt")
    DUNNING = "dunning", _("Dunning letter")
    OTHER = "other", _("Other paper")


class Medium(models.TextChoices):
    """Where an ad appears; the same words for a deliverable and for an ad."""

    TV = "tv", _("TV")
    RADIO = "radio", _("Radio")
    NEWSPAPER = "newspaper", _("Newspaper")
    MAGAZINE = "magazine", _("Magazine")
    PRINT = "print", _("Print matter")
    OUTDOOR = "outdoor", _("Outdoor")
    DIGITAL = "digital", _("Digital")
    COLLATERAL = "collateral", _("Collateral")
    EVENT = "event", _("Event")


class Compartment(models.TextChoices):
    MONEY = "money", _("Money")
    PRODUCTION = "production", _("Production")
    MEDIA = "media", _("Media")
    CLIENT = "client", _("Client papers")
    BRAND = "brand", _("Brand")
    ADS = "ads", _("Ads")
    REFERENCE = "reference", _("Reference file")

    @classmethod
    def of(cls, kind):
        return cls(_COMPARTMENT_OF.get(kind, "reference"))

    @property
    def kinds(self):
        return [kind for kind, part in _COMPARTMENT_OF.items() if part == self.value]


_KINDS_IN = {
    "money": "receivables_statement budget_report budget_form income_forecast dunning fee_invoice"
    " credit_note expense_receipt",
    "production": "job_request job_sheet brief creative_brief timeline start_order estimate"
    " signature_proof supplier_quote supplier_bill production_invoice outgoing_check"
    " completion_form",
    "media": "media_plan media_invoice commission_invoice",
    "client": "contract ad_guideline agenda contact_report return_proof status_report fax memo",
    "brand": "strategy brainstorm quarterly_report competitor_file",
    "ads": "ad_file tape_sheet",
    "reference": "clipping reference other",
}
_COMPARTMENT_OF = {kind: part for part, kinds in _KINDS_IN.items() for kind in kinds.split()}

# Brought from elsewhere and most often filed by a verb: once filed they are void by no hand.
OF_VERBS = [Kind.SUPPLIER_QUOTE, Kind.SUPPLIER_BILL, Kind.AD_FILE]
# What a person may file by hand; house papers file themselves (R38).
FILED_BY_HAND = [
    Kind.CONTRACT,
    Kind.AD_GUIDELINE,
    Kind.RETURN_PROOF,
    Kind.FAX,
    Kind.MEMO,
    Kind.STRATEGY,
    Kind.COMPETITOR_FILE,
    Kind.CLIPPING,
    Kind.REFERENCE,
    Kind.OTHER,
    *OF_VERBS,
]

# What is filed to be looked up by its topic (R45).
REFERENCE_KINDS = [Kind.CLIPPING, Kind.REFERENCE]

# What is found by its looks, and of which types a small picture can be drawn.
LOOKED_AT = [
    Kind.AD_FILE,
    Kind.COMPETITOR_FILE,
    Kind.AD_GUIDELINE,
    Kind.CLIPPING,
    Kind.REFERENCE,
    Kind.STRATEGY,
    Kind.BRAINSTORM,
]
DRAWABLE = [
    "application/pdf",
    *(f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp", "tiff", "bmp")),
]
# What browsers play in a page; other films are downloaded.
PLAYED = [
    *("video/mp4", "video/webm", "video/ogg"),
    *("audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg", "audio/flac"),
]
