"""Which papers a job must hold at its stage, and which are missing (R40, 9.4)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from archives.kinds import Kind
from archives.models import Document, Waiver
from jobs.models import Brief, Cost, Estimate, Job, OutgoingCheck, Timeline

STAGES = ("approved", "active", "delivered", "closed")
THERE, DRAFT, MISSING, WAIVED = "there", "draft", "missing", "waived"
# kind → the faces wanted; one each where none is named
BOTH = ("client", "internal")
# What no word replaces: the chain itself.
NEVER = (Kind.BRIEF, Kind.SIGNATURE_PROOF, Kind.ESTIMATE, Kind.COMPLETION_FORM)
INVOICES = {
    Job.Kind.PRODUCTION: (Kind.PRODUCTION_INVOICE,),
    Job.Kind.MEDIA: (Kind.MEDIA_INVOICE,),
    Job.Kind.FEE: (),
}


@dataclass(frozen=True)
class Gap:
    """One paper the job must hold: there, draft, missing, or waived with a reason."""

    kind: str
    stage: str
    state: str
    reason: str = ""

    @property
    def label(self):
        return Kind(self.kind).label

    @property
    def is_open(self):
        return self.state in (DRAFT, MISSING)

    @property
    def is_waivable(self):
        return self.kind not in NEVER


def required(job, stage, has):
    """[(kind, stage)] of the papers of the stage and those before it, in order.

    has: what `_standing` found out about the job.
    """
    until = STAGES.index(stage)
    rows = [(kind, one) for one in STAGES[: until + 1] for kind in _of_stage(job, one, has)]
    return list(dict.fromkeys(rows))


def _of_stage(job, stage, has):
    first = (Kind.JOB_REQUEST, Kind.BRIEF)
    if job.kind == Job.Kind.FEE:
        return first if stage == "approved" else ()
    return {
        "approved": first,
        "active": _of_active(job),
        "delivered": _of_delivered(job, has),
        "closed": _of_closed(job),
    }[stage]


def _of_active(job):
    is_media = job.kind == Job.Kind.MEDIA
    creative = (Kind.CREATIVE_BRIEF,) if job.makes_ads else ()
    priced = Kind.MEDIA_PLAN if is_media else Kind.ESTIMATE
    return (Kind.TIMELINE, priced, Kind.SIGNATURE_PROOF, *creative, Kind.START_ORDER)


def _of_delivered(job, has):
    checks = has["checks"] or job.makes_ads
    return (
        *((Kind.OUTGOING_CHECK,) if checks else ()),
        *((Kind.SUPPLIER_BILL,) if has["orders"] else ()),
        Kind.CONTACT_REPORT,
    )


def _of_closed(job):
    ads = (Kind.AD_FILE,) if job.makes_ads else ()
    return (Kind.COMPLETION_FORM, *INVOICES[job.kind], *ads)


def stage_of(job):
    """The stage whose papers the job must hold by now; none before its approval."""
    return job.state if job.state in STAGES else None


def missing_papers(job, stage=None):
    """[Gap] of every paper the job must hold at the stage (its own by default), in order."""
    stage = stage or stage_of(job)
    if stage is None:
        return []
    papers = Document.objects.filter(job_numbers__job_number=job.number).exclude(
        state__in=["void", "superseded"]
    )
    found = {}
    for kind, face, state in papers.values_list("kind", "face", "state"):
        found.setdefault(kind, []).append((face, state))
    waivers = Waiver.objects.filter(client=job.client, job_number=job.number)
    waived = dict(waivers.values_list("kind", "reason"))
    has = _standing(job)
    return [
        Gap(kind, one, *_state_of(kind, found.get(kind, []), waived, has.get(kind, False)))
        for kind, one in required(job, stage, has)
    ]


def _standing(job):
    """{kind: a draft of it is being made}, and what decides whether a paper is wanted at all."""
    at_job = {"job": OuterRef("pk")}
    drafts = Brief.objects.drafts().filter(**at_job)
    checks = OutgoingCheck.objects.filter(**at_job)
    asked = {
        Kind.BRIEF: drafts.filter(kind="job"),
        Kind.CREATIVE_BRIEF: drafts.filter(kind="creative"),
        Kind.ESTIMATE: Estimate.objects.unsigned().filter(**at_job),
        Kind.TIMELINE: Timeline.objects.drafts().filter(**at_job),
        Kind.OUTGOING_CHECK: checks.open(),
        "checks": checks.exclude(kind="estimate"),
        "orders": Cost.objects.orders().filter(**at_job),
    }
    names = {f"has_{name}": Exists(rows) for name, rows in asked.items()}
    row = Job.objects.filter(pk=job.pk).annotate(**names).values(*names)[0]
    return {name: row[f"has_{name}"] for name in asked}


def _state_of(kind, papers, waived, is_begun):
    issued = {face for face, state in papers if state != "draft"}
    wanted = set(BOTH) if kind == Kind.TIMELINE else set()
    if issued and wanted <= issued:
        return THERE, ""
    if kind in waived:
        return WAIVED, waived[kind]
    return (DRAFT if papers or is_begun else MISSING), ""


def completeness(gaps):
    """Present ÷ required, whole percent, rounded down; waived rows leave both counts."""
    counted = [gap for gap in gaps if gap.state != WAIVED]
    present = sum(gap.state == THERE for gap in counted)
    return 100 * present // len(counted) if counted else 100
