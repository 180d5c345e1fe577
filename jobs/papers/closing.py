"""The outgoing check and the completion form as plain data (7)."""

from agency.common.wording import sum_text
from archives.models import Ad
from archives.papers import person_of
from jobs.items import items_of
from jobs.papers.common import header

# Kinds of checks whose label on paper has another name.
LABEL_OF = {"creative": "creative_work", "estimate": "production_estimate"}


def outgoing_check(check, number, at):
    """What was looked at, by whom, of which very file. Internal only."""
    return {
        **header(check.job, "internal", author=check.author, at=at, number=number),
        "checked": check.title,
        "check_kind": LABEL_OF.get(check.kind, check.kind),
        "sha256": check.sha256,
        "file": check.document.name if check.document else "",
        "checker": person_of(check.checker),
        "checked_at": check.checked_at,
        "passed": check.state == "passed",
        "items": [
            {"words": f"check_{key}", "answer": f"check_{check.items[key]}"}
            for key, _words in items_of(check.kind)
            if key in check.items
        ],
        "control_total": sum_text(check.control_total),
        "expected_total": check.expected_total,
        "findings": check.findings,
    }


def completion_client(form, number, at):
    """What the client may read: what was delivered, which ads, signed and billed."""
    job = form.job
    return {
        # Of ours the client reads only its AE, AM and AD (7), whoever else wrote the form.
        **header(job, "client", author=job.ae, at=at, number=number),
        "delivered_on": form.delivered_on,
        "deliverables": [
            {"name": row.name, "quantity": row.quantity, "spec": row.spec}
            for row in job.deliverables.all()
        ],
        "ads": [_ad(row) for row in Ad.objects.filter(client=job.client).of_job(job.number)],
        "no_ad_reason": form.no_ad_reason,
        "currency": job.client.currency,
        "signed_total": sum_text(form.signed_total),
    }


def completion_internal(form, number, at):
    """The same with cost, deviation and lessons."""
    return {
        **completion_client(form, number, at),
        "face": "internal",
        "author": person_of(form.author),
        "internal": {
            "cost_total": sum_text(form.cost_total),
            "deviation": form.deviation,
            "unbilled_reason": form.unbilled_reason,
            "lessons": form.lessons,
            "approved_by": person_of(form.approved_by),
        },
    }


def _ad(row):
    return {"title": row.title, "medium": row.medium, "first_run": row.first_run}
