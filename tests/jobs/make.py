"""Jobs and their papers for tests, made of the least that is valid, without the verbs."""

from datetime import date, timedelta
from decimal import Decimal

from jobs.models import (
    Brief,
    Deliverable,
    DeptConfirmation,
    Estimate,
    EstimateApproval,
    EstimateLine,
    Job,
    OutgoingCheck,
    StartOrder,
    Supplier,
    Timeline,
)
from tests.archives.papers import make_document
from tests.builders import make_client, make_contact, make_user, when

NOW = when("2026-11-19 14:00")
DUE = date(2026, 12, 18)
SHA = "0" * 64
D = Decimal


def make_job(client, ae, state="approved", **fields):
    """A job; approved ones have a number and were approved by somebody else."""
    defaults = {
        "client": client,
        "ae": ae,
        "requested_by": ae,
        "requested_at": NOW,
        "title": "Autumn poster",
        "due_on": DUE,
        "budget_year": 2026,
        "state": state,
    }
    if state not in ("requested", "rejected"):
        number = f"{client.code}-26-{Job.objects.filter(client=client).count() + 1:03d}"
        defaults |= {
            "number": number,
            "approved_by": fields.pop("approved_by", None) or make_user(role="am"),
            "approved_at": NOW,
        }
    if state == "closed":
        defaults["closed_at"] = NOW
    return Job.objects.create(**{**defaults, **fields})


def make_brief(job, kind="job", state="in_force", **fields):
    """A brief in force, all parts written."""
    parts = {part: f"The {part} of it" for part in Brief.PARTS}
    defaults = {"author": job.ae, "version": job.briefs.filter(kind=kind).count() + 1, **parts}
    if state != "draft":
        defaults["in_force_at"] = NOW
    if defaults["version"] > 1:
        defaults["reason"] = "The client changed the offer"
    if kind == "creative":
        defaults |= {"signed_by": make_user(role="am"), "signed_at": NOW}
    return Brief.objects.create(job=job, kind=kind, state=state, **{**defaults, **fields})


def make_deliverable(job, name="Poster A1", **fields):
    return Deliverable.objects.create(job=job, name=name, **fields)


def make_supplier(name="Lantern Print", **fields):
    return Supplier.objects.create(name=name, **fields)


def make_estimate(job, lines=(), **fields):
    """A draft; `lines` are dicts of EstimateLine, given cost and price by hand where wanted."""
    brief = job.briefs.filter(state="in_force", kind="job").first() or make_brief(job)
    defaults = {"author": job.ae, "currency": job.client.currency, "brief": brief}
    estimate = Estimate.objects.create(job=job, **{**defaults, **fields})
    for position, line in enumerate(lines, start=1):
        make_line(estimate, position=position, **line)
    return estimate


def make_line(estimate, text="Printing", position=1, **fields):
    defaults = {"unit": "pcs", "quantity": D("1"), "unit_cost": D("100")}
    return EstimateLine.objects.create(
        estimate=estimate, text=text, position=position, **{**defaults, **fields}
    )


def pass_to(estimate, state, manager=None, director=None, signer=None):
    """The draft moved along the chain up to `state`, its rows written without the verbs."""
    path = ["draft", "submitted", "manager_ok", "approved", "sent", "signed"]
    for step in path[path.index(estimate.state) + 1 : path.index(state) + 1]:
        _STEPS[step](estimate, manager, director, signer)
        estimate.state = step
        estimate.save()
    return estimate


def _submit(estimate, *_people):
    estimate.number = estimate.number or f"{estimate.client.code}/PE/2026/{estimate.job_id:03d}"
    estimate.submitted_by, estimate.submitted_at = estimate.author, NOW
    estimate.data_sha256 = SHA


def _approve(estimate, step, user):
    sha256 = estimate.data_sha256
    EstimateApproval.objects.create(
        estimate=estimate, step=step, decision="approved", by=user, at=NOW, data_sha256=sha256
    )


def _manager(estimate, manager, _director, _signer):
    _approve(estimate, "manager", manager or make_user(role="am"))


def _director(estimate, _manager, director, _signer):
    _approve(estimate, "director", director or make_user(role="ad"))


def _send(estimate, _manager, _director, signer):
    job = estimate.job
    for face in ("client", "internal"):
        paper = make_document(
            job.client, kind="estimate", face=face, number=estimate.number,
            revision=estimate.revision,
        )  # fmt: skip
        paper.job_numbers.create(job_number=job.number)
        setattr(estimate, f"{face}_document", paper)
    estimate.sent_at, estimate.valid_until = NOW, DUE
    estimate.expires_at = NOW + timedelta(days=29)
    estimate.sent_to = signer or make_contact(job.client, can_sign=True)


def _sign(estimate, *_people):
    proof = make_document(estimate.client, kind="signature_proof")
    proof.job_numbers.create(job_number=estimate.job.number)
    estimate.answer = estimate.client_document.answers.create(
        contact=estimate.sent_to,
        answer="signed",
        at=NOW,
        sha256=estimate.client_document.sha256,
        proof=proof,
        recorded_by=estimate.author,
        confirmed_by=make_user(role="am"),
        confirmed_at=NOW,
    )
    estimate.signed_at, estimate.signed_by = NOW, estimate.sent_to


_STEPS = {
    "submitted": _submit,
    "manager_ok": _manager,
    "approved": _director,
    "sent": _send,
    "signed": _sign,
}


def signed_job(client, ae, **fields):
    """A job whose estimate the client has signed."""
    job = make_job(client, ae, **fields)
    pass_to(make_estimate(job), "signed")
    return job


def sign_plan(job, answer="signed", **fields):
    """The client's answer to the filed media plan of the job; a signature confirmed, by default."""
    paper = make_document(job.client, kind="media_plan")
    paper.job_numbers.create(job_number=job.number)
    confirmed = {"confirmed_by": make_user(role="am"), "confirmed_at": NOW}
    return paper.answers.create(
        contact=make_contact(job.client, can_sign=True), answer=answer, at=NOW,
        sha256=paper.sha256, recorded_by=job.ae, proof=make_proof(job),
        **(confirmed if answer == "signed" else {"reason": "Far too dear for us"}) | fields,
    )  # fmt: skip


def make_proof(job):
    proof = make_document(job.client, kind="signature_proof")
    proof.job_numbers.create(job_number=job.number)
    return proof


def make_order(job, kind="creative", **fields):
    brief = job.briefs.filter(state="in_force", kind="job").first() or make_brief(job)
    defaults = {
        "department": "" if kind == "supplier" else (kind if kind != "planning" else "creative"),
        "brief": brief,
        "text": "Make the key visual",
        "due_on": DUE,
        "given_by": job.ae,
        "given_at": NOW,
    }
    return StartOrder.objects.create(job=job, kind=kind, **{**defaults, **fields})


def make_account(ae, am=None, ad=None):
    """A client with its three ranks and a contact who may sign."""
    team = [ae, am or make_user(role="am"), ad or make_user(role="ad")]
    client = make_client(team=team)
    return client, make_contact(client, can_sign=True)


def confirm(brief, department, enough=True, **fields):
    """The department's answer to the brief (R52)."""
    by = make_user(role="department", department=department)
    return DeptConfirmation.objects.create(
        brief=brief, department=department, asked_at=NOW, by=by, at=NOW, enough=enough, **fields
    )


def make_timeline(job, state="current", rows=(), **fields):
    """A plan; `rows` are dicts of Milestone."""
    defaults = {"author": job.ae, "version": job.timelines.count() + 1}
    if state != "draft":
        defaults |= {"published_at": NOW, "published_by": job.ae}
        for face in ("client", "internal"):
            defaults[f"{face}_document"] = make_document(job.client, kind="timeline", face=face)
    timeline = Timeline.objects.create(job=job, state=state, **{**defaults, **fields})
    for position, row in enumerate(rows, start=1):
        milestone = {"name": "First proof", "due_on": DUE, "position": position}
        timeline.milestones.create(**{**milestone, **row})
    return timeline


def make_check(job, state="open", **fields):
    """A check of a creative file by its author's AM."""
    defaults = {
        "client": job.client,
        "title": "Poster",
        "kind": "creative",
        "sha256": f"{OutgoingCheck.objects.count():064x}",
        "author": job.ae,
    }
    if state != "open":
        defaults |= {"checker": make_user(role="am"), "checked_at": NOW, "is_clean": True}
    if state == "failed":
        defaults |= {"is_clean": False, "findings": "A wrong price"}
    return OutgoingCheck.objects.create(job=job, state=state, **{**defaults, **fields})
