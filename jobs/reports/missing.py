"""Which papers a job must hold at its stage, and which are missing (R40, 9.4)."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear, Greatest, Least
from django.db.models.lookups import GreaterThanOrEqual

from accounts.models import Contract
from agency.common.gathered import gathered
from archives import completeness
from archives.completeness import DRAFT, GONE, MISSING, THERE, WAIVED
from archives.kinds import Kind
from archives.models import Document, DocumentJob, Waiver
from jobs.constants import BILLED_BY
from jobs.models import Brief, CompletionForm, Cost, Estimate, Job, OutgoingCheck, Timeline

STAGES = ("approved", "active", "delivered", "closed")
# kind → the faces wanted; any one where none is named
FACES = {Kind.TIMELINE: ("client", "internal"), Kind.ESTIMATE: ("client",)}
# Where the completion form says why there is no such paper (3.11, R44).
SAID = {**dict.fromkeys(BILLED_BY, "unbilled_reason"), Kind.AD_FILE: "no_ad_reason"}
# What no word replaces: the chain itself.
NEVER = (Kind.BRIEF, Kind.SIGNATURE_PROOF, Kind.ESTIMATE, Kind.COMPLETION_FORM)


@dataclass(frozen=True)
class Gap(completeness.Gap):
    """One paper the job must hold, and from which stage on."""

    stage: str = ""
    waiver: int | None = None

    @property
    def is_waivable(self):
        return self.kind not in NEVER


@dataclass(frozen=True)
class Want:
    """A paper that jobs of these kinds must hold from the stage on.

    if_: "ads" only where the job makes ads, "orders" only where something is ordered outside,
    "checks" where it makes ads or something has been checked, "commission" where the contract
    lets it be billed apart from the media.
    """

    kind: str
    stage: str
    jobs: tuple
    if_: str = ""


ALL_JOBS, MADE = tuple(Job.Kind), (Job.Kind.PRODUCTION, Job.Kind.MEDIA)
PRODUCED, BOOKED, PAID_MONTHLY = (Job.Kind.PRODUCTION,), (Job.Kind.MEDIA,), (Job.Kind.FEE,)
# Where a look at the papers' kinds and faces does not say whether they are there.
ASKED = (Kind.OUTGOING_CHECK, Kind.SUPPLIER_BILL, Kind.CONTRACT, Kind.FEE_INVOICE)
# In the order in which they are shown; the list of jobs and the page of each ask this one table.
WANTS = (
    Want(Kind.JOB_REQUEST, "approved", ALL_JOBS),
    Want(Kind.BRIEF, "approved", ALL_JOBS),
    Want(Kind.TIMELINE, "active", MADE),
    Want(Kind.ESTIMATE, "active", PRODUCED),
    Want(Kind.MEDIA_PLAN, "active", BOOKED),
    Want(Kind.SIGNATURE_PROOF, "active", MADE),
    Want(Kind.CREATIVE_BRIEF, "active", MADE, "ads"),
    Want(Kind.START_ORDER, "active", MADE),
    Want(Kind.OUTGOING_CHECK, "delivered", MADE, "checks"),
    Want(Kind.SUPPLIER_BILL, "delivered", MADE, "orders"),
    Want(Kind.CONTACT_REPORT, "delivered", MADE),
    Want(Kind.COMPLETION_FORM, "closed", MADE),
    Want(Kind.PRODUCTION_INVOICE, "closed", PRODUCED),
    Want(Kind.MEDIA_INVOICE, "closed", BOOKED),
    Want(Kind.COMMISSION_INVOICE, "closed", BOOKED, "commission"),
    Want(Kind.AD_FILE, "closed", MADE, "ads"),
    Want(Kind.CONTRACT, "closed", PAID_MONTHLY),
    Want(Kind.FEE_INVOICE, "closed", PAID_MONTHLY),
)


def required(job, stage, has):
    """[(kind, stage)] of the papers of the stage and those before it, in order.

    has: what `_standing` found out about the job.
    """
    is_so = {
        "": True,
        "ads": job.makes_ads,
        "checks": job.makes_ads or has["checks"],
        "orders": has["orders"],
        "commission": has["commission"],
    }
    until = STAGES[: STAGES.index(stage) + 1]
    return [
        (want.kind, want.stage)
        for want in WANTS
        if want.stage in until and job.kind in want.jobs and is_so[want.if_]
    ]


def lacks_papers():
    """The same as one condition on jobs: some paper of the stage is not there and not waived."""
    found = Q()
    for want in WANTS:
        found |= _is_wanted(want) & ~_is_there(want.kind) & ~_is_waived(want.kind)
    return found


def _is_wanted(want):
    at_job = {"job": OuterRef("pk")}
    is_so = {
        "": Q(),
        "ads": Q(makes_ads=True),
        "checks": Q(makes_ads=True) | Q(Exists(checked().filter(**at_job))),
        "orders": Q(Exists(Cost.objects.orders().filter(**at_job))),
        "commission": Q(Exists(commissioned())),
    }
    since = STAGES[STAGES.index(want.stage) :]
    return Q(state__in=since, kind__in=want.jobs) & is_so[want.if_]


def _is_there(kind):
    issued = _issued(kind)
    there = Q()
    for face in FACES.get(kind, (None,)):
        there &= Q(Exists(issued.filter(document__face=face) if face else issued))
    if kind == Kind.CONTRACT:
        return there | Q(Exists(_contracts()))
    return there & _is_enough(kind)


def _issued(kind):
    """The job's papers of the kind that count."""
    named = DocumentJob.objects.filter(job_number=OuterRef("number"), document__kind=kind)
    return named.exclude(document__state__in=[*GONE, Document.State.DRAFT])


def _is_enough(kind):
    """Where one paper alone does not do: a check for each file, a bill for each order, an invoice
    for each month."""
    at_job = {"job": OuterRef("pk")}
    if kind == Kind.OUTGOING_CHECK:
        files = checked().filter(**at_job)
        return ~Q(Exists(files.open() | files.failed().filter(followed_by=None)))
    if kind == Kind.SUPPLIER_BILL:
        return ~Q(Exists(Cost.objects.orders().filter(**at_job, bills=None)))
    if kind == Kind.FEE_INVOICE:
        count = _issued(kind).order_by().values("job_number").annotate(count=Count("pk"))
        return Q(GreaterThanOrEqual(Coalesce(Subquery(count.values("count")), 0), _months()))
    return Q()


def _months():
    """How many months of its budget year a fee job ran: from its approval to its delivery."""
    first = F("budget_year") * 12 + F("client__fiscal_start_month")
    since = Greatest(first, _month_of("approved_at"))
    until = Least(first + 11, Coalesce(_month_of("delivered_at"), _month_of("due_on")))
    return Greatest(until - since + 1, Value(1))


def _month_of(field):
    """Counted through the years, so that months may be taken from one another."""
    return ExtractYear(field) * 12 + ExtractMonth(field)


def _contracts():
    """The client's contracts in force on the day the job is due."""
    return Contract.objects.filter(client=OuterRef("client")).covering(OuterRef("due_on"))


def commissioned():
    """Those by which the commission has an invoice of its own."""
    direct = Q(media_billing=Contract.MediaBilling.DIRECT)
    return _contracts().filter(direct | Q(media_mode=Contract.MediaMode.ON_TOP))


def _is_waived(kind):
    waivers = Waiver.objects.filter(
        client=OuterRef("client"), job_number=OuterRef("number"), kind=kind
    )
    said = SAID.get(kind)
    return Q(Exists(waivers)) | (Q(Exists(_forms().exclude(**{said: ""}))) if said else Q())


def _forms():
    """The job's completion form once the AM has approved it, and its reasons with it."""
    approved = CompletionForm.objects.filter(state=CompletionForm.State.APPROVED)
    return approved.filter(job=OuterRef("pk"))


def checked():
    """Checks of what was made for the job; a signed paper's own is no file that leaves."""
    kinds = OutgoingCheck.Kind
    files = OutgoingCheck.objects.exclude(kind=kinds.ESTIMATE)
    return files.exclude(kind=kinds.MEDIA_PLAN, document__isnull=True)


def stage_of(job):
    """The stage whose papers the job must hold by now; none before its approval."""
    return job.state if job.state in STAGES else None


def missing_papers(job, stage=None):
    """[Gap] of every paper the job must hold at the stage (its own by default), in order."""
    stage = stage or stage_of(job)
    if stage is None:
        return []
    found, waived, has = _known(job)
    return [
        _gap(kind, one, found.get(kind, []), waived.get(kind), has)
        for kind, one in required(job, stage, has)
    ]


def _known(job):
    """({kind: [(face, state)]} of its papers, {kind: Waiver}, what is begun), at once."""
    papers = Document.objects.filter(job_numbers__job_number=job.number)
    waivers = Waiver.objects.filter(client=job.client, job_number=job.number)
    begun = _begun()
    asked = {f"has_{name}": Exists(rows) for name, rows in begun.items()}
    asked |= {f"is_{kind}": Case(When(_is_there(kind), then=True), default=False) for kind in ASKED}
    asked |= {name: Subquery(_forms().values(name)) for name in set(SAID.values())}
    sources = {
        "paper": (papers.exclude(state__in=GONE), ("kind", "face", "state")),
        "waiver": (waivers, ("id", "kind", "reason")),
        "standing": (Job.objects.filter(pk=job.pk).annotate(**asked), tuple(asked)),
    }
    found, waived, has = defaultdict(list), {}, {}
    for name, row in gathered(sources):
        if name == "paper":
            found[row.kind].append((row.face, row.state))
        elif name == "waiver":
            waived[row.kind] = row
        else:
            has = {name.removeprefix("has_"): getattr(row, name) for name in asked}
    return found, waived, has


def _begun():
    """{kind: drafts of it at a job}, and what decides whether a paper is wanted at all."""
    at_job = {"job": OuterRef("pk")}
    drafts = Brief.objects.drafts().filter(**at_job)
    checks = OutgoingCheck.objects.filter(**at_job)
    return {
        Kind.BRIEF: drafts.filter(kind="job"),
        Kind.CREATIVE_BRIEF: drafts.filter(kind="creative"),
        Kind.ESTIMATE: Estimate.objects.unsigned().filter(**at_job),
        Kind.TIMELINE: Timeline.objects.drafts().filter(**at_job),
        Kind.OUTGOING_CHECK: checks.open(),
        "checks": checked().filter(**at_job),
        "orders": Cost.objects.orders().filter(**at_job),
        "commission": commissioned(),
    }


def _gap(kind, stage, papers, waiver, has):
    issued = {face for face, state in papers if state != "draft"}
    wanted = set(FACES.get(kind, ()))
    if has.get(f"is_{kind}", issued and wanted <= issued):
        return Gap(kind, THERE, stage=stage)
    said = has.get(SAID.get(kind))
    if waiver or said:
        reason = waiver.reason if waiver else said
        return Gap(kind, WAIVED, reason, stage, waiver and waiver.pk)
    return Gap(kind, DRAFT if papers or has.get(kind) else MISSING, stage=stage)


def counted(rows):
    """The jobs with papers_there and papers_asked: what `completeness` counts, in the database."""
    there, asked = [], []
    for want in WANTS:
        is_there = _is_wanted(want) & _is_there(want.kind)
        there.append(is_there)
        asked.append(is_there | _is_wanted(want) & ~_is_waived(want.kind))
    return rows.annotate(papers_there=_number(there), papers_asked=_number(asked))


def _number(conditions):
    """How many of the conditions hold."""
    return sum((Case(When(one, then=1), default=0) for one in conditions), Value(0))


def percent(job):
    """Of a job that `counted` gave: whole percent, rounded down (9.4)."""
    return 100 * job.papers_there // job.papers_asked if job.papers_asked else 100
