"""Which papers a job must hold at its stage, and which are missing (R40, 9.4)."""

from dataclasses import dataclass

from archives.kinds import Kind
from archives.models import Document, Waiver
from jobs.models import Job

STAGES = ("approved", "active", "delivered", "closed")
THERE, DRAFT, MISSING, WAIVED = "there", "draft", "missing", "waived"
# kind → the faces wanted; one each where none is named
BOTH = ("client", "internal")
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


def required(job, stage):
    """[(kind, stage)] of the papers of the stage and those before it; each once."""
    until = STAGES.index(stage)
    rows = [(kind, one) for one in STAGES[: until + 1] for kind in _of_stage(job, one)]
    return list(dict.fromkeys(rows))


def _of_stage(job, stage):
    if job.kind == Job.Kind.FEE:
        return {"approved": (Kind.JOB_REQUEST, Kind.BRIEF)}.get(stage, ())
    return {
        "approved": (Kind.JOB_REQUEST, Kind.BRIEF),
        "active": _of_active(job),
        "delivered": _of_delivered(job),
        "closed": _of_closed(job),
    }[stage]


def _of_active(job):
    is_media = job.kind == Job.Kind.MEDIA
    creative = (Kind.CREATIVE_BRIEF,) if job.makes_ads else ()
    priced = Kind.MEDIA_PLAN if is_media else Kind.ESTIMATE
    return (Kind.TIMELINE, priced, Kind.SIGNATURE_PROOF, *creative, Kind.START_ORDER)


def _of_delivered(job):
    checks = job.outgoing_checks.exclude(kind="estimate").exists() or job.makes_ads
    bills = job.costs.orders().exists()
    return (
        *((Kind.OUTGOING_CHECK,) if checks else ()),
        *((Kind.SUPPLIER_BILL,) if bills else ()),
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
    return [
        Gap(kind, one, *_state_of(kind, found.get(kind, []), waived, _begun(job, kind)))
        for kind, one in required(job, stage)
    ]


def _state_of(kind, papers, waived, is_begun):
    issued = {face for face, state in papers if state != "draft"}
    wanted = set(BOTH) if kind == Kind.TIMELINE else set()
    if issued and wanted <= issued:
        return THERE, ""
    if kind in waived:
        return WAIVED, waived[kind]
    return (DRAFT if papers or is_begun else MISSING), ""


def _begun(job, kind):
    """Whether the paper is being made in this app."""
    rows = {
        Kind.BRIEF: lambda: job.briefs.drafts().filter(kind="job"),
        Kind.CREATIVE_BRIEF: lambda: job.briefs.drafts().filter(kind="creative"),
        Kind.ESTIMATE: job.estimates.unsigned,
        Kind.TIMELINE: job.timelines.drafts,
        Kind.OUTGOING_CHECK: job.outgoing_checks.open,
    }
    return kind in rows and rows[kind]().exists()


def completeness(gaps):
    """Present ÷ required, whole percent, rounded down; waived rows leave both counts."""
    counted = [gap for gap in gaps if gap.state != WAIVED]
    present = sum(gap.state == THERE for gap in counted)
    return 100 * present // len(counted) if counted else 100
