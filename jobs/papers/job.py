"""The job number request and the job sheet as plain data; both are internal papers (7)."""

from accounts.services.telling import posts
from agency.common.wording import sum_text
from archives.papers import person_of
from jobs.models import StartOrder
from jobs.papers.common import header


def job_request(job, number, at):
    """What is wanted, why, by when, and who bears the risk."""
    brief = job.briefs.in_force().filter(kind="job").first()
    return {
        **header(job, "internal", author=job.requested_by, at=at, number=number),
        "due_on": job.due_on,
        "job_kind": f"job_{job.kind}",
        "budget_year": job.budget_year,
        "po_number": job.po_number,
        "what": job.title,
        "why": brief.objective if brief else "",
        "budget": sum_text(brief.budget) if brief and brief.budget is not None else "",
        "currency": job.client.currency,
        "deliverables": deliverables(job),
        "risk": job.risk_note,
        "contract_reason": job.contract_reason,
        "distribution_ours": team_of(job, at),
        "signers": [
            signer("author", job.requested_by, job.requested_at),
            signer("approved_by", job.approved_by, job.approved_at),
        ],
    }


def team_of(job, at):
    """AE in charge, AM and AD: the only people of ours that a client face names."""
    return [person_of(row) for row in posts(job.client, ["ae", "am", "ad"], at, named=job.ae)]


def signer(label, person, at):
    """One column of the signatures; without a person it is lines to sign on."""
    return {"as": label, "person": person_of(person) if person else None, "at": at}


def deliverables(job):
    return [
        {
            "name": row.name,
            "medium": row.medium,
            "quantity": row.quantity,
            "spec": row.spec,
            "not_charged": row.not_charged,
        }
        for row in job.deliverables.all()
    ]


def job_sheet(job, number, at, *, author, costs):
    """Who does what on the job; `costs` what has been ordered without VAT."""
    brief = job.briefs.in_force().filter(kind="job").first()
    orders = list(job.start_orders.select_related("supplier", "to", "received_by").order_by("pk"))
    return {
        **header(job, "internal", author=author, at=at, number=number),
        "due_on": job.due_on,
        "job_kind": f"job_{job.kind}",
        "brief_version": brief.version if brief else None,
        "distribution_ours": team_of(job, at),
        "deliverables": deliverables(job),
        "orders": [
            {
                "kind": row.kind,
                "department": row.department,
                "supplier": row.supplier.name if row.supplier else "",
                "to": person_of(row.to) if row.to else None,
                "text": row.text,
                "due_on": row.due_on,
                "state": f"order_{row.state}",
            }
            for row in orders
        ],
        "signers": [
            signer("author", author, at),
            *(
                signer("received_by", row.received_by, row.received_at)
                for row in orders
                if row.received_by and row.state != StartOrder.State.WITHDRAWN
            ),
        ],
        "costs": costs,
        "currency": job.client.currency,
    }
