"""The job number request and the job sheet as plain data; both are internal papers (7)."""

from archives.papers import person_of
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
        "budget": brief.budget if brief else None,
        "currency": job.client.currency,
        "deliverables": deliverables(job),
        "risk": job.risk_note,
        "contract_reason": job.contract_reason,
        "approved_by": person_of(job.approved_by) if job.approved_by else None,
    }


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


def job_sheet(job, number, at, *, author, team, costs):
    """Who does what on the job; `costs` what has been ordered without VAT."""
    brief = job.briefs.in_force().filter(kind="job").first()
    return {
        **header(job, "internal", author=author, at=at, number=number),
        "due_on": job.due_on,
        "job_kind": f"job_{job.kind}",
        "brief_version": brief.version if brief else None,
        "team": [person_of(user) for user in team],
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
            for row in job.start_orders.select_related("supplier", "to").order_by("pk")
        ],
        "costs": costs,
        "currency": job.client.currency,
    }
