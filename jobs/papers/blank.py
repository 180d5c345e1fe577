"""The forms of a job as they lie on the desk, to be filled by hand (R68): plain data.

The templates are those of the filled papers, with room in place of facts.
"""

from agency.common.pdf.blank import PERSON, ROOM, boxes, lines
from archives.papers import blank_head
from jobs.models import Brief

KINDS = ("job_production", "job_media", "job_fee")
STEPS, DUTIES, WEEKS = 8, 2, 13


def job_request(lang):
    return {
        **blank_head("internal", lang),
        "due_on": ROOM,
        "job_kind": boxes(KINDS, lang),
        "budget_year": ROOM,
        "po_number": ROOM,
        "budget": ROOM,
        "currency": "",
        "distribution_ours": ROOM,
        "why": lines(2),
        "deliverables": _deliverables(2),
        "risk": lines(1),
        "contract_reason": lines(1),
        "signers": _signers("author", "approved_by"),
    }


def job_sheet(lang):
    return {
        **blank_head("internal", lang),
        "due_on": ROOM,
        "brief_version": ROOM,
        "costs": ROOM,
        "currency": "",
        "distribution_ours": ROOM,
        "orders": [
            {"supplier": ROOM, "to": None, "text": ROOM, "due_on": ROOM, "state": ROOM}
            for _row in range(6)
        ],
        "deliverables": _deliverables(4),
        "signers": _signers("author", "received_by", "received_by"),
    }


def brief(lang, kind=Brief.Kind.JOB):
    """Page 1 what the client said, page 2 for our own side; job brief or creative brief."""
    return {
        **blank_head("internal", lang),
        "paper": "creative_brief" if kind == Brief.Kind.CREATIVE else "brief",
        "version": ROOM,
        "due_on": ROOM,
        "distribution_ours": ROOM,
        "parts": [{"key": part, "text": lines(2)} for part in Brief.PARTS],
        "deliverables": _deliverables(5),
        "facts": [
            {"name": ROOM, "needed_for": ROOM, "state": ROOM, "source": PERSON, "due_on": None}
            for _row in range(6)
        ],
        "signers": _signers("author", "signed_by"),
        "internal": {
            "reason": lines(2),
            "budget": ROOM,
            "currency": "",
            "strategy": lines(10),
            "strategy_by": None,
            "questions": [{"text": ROOM, "who": PERSON, "due_on": ROOM} for _row in range(8)],
        },
    }


def timeline(lang):
    """The client's duties and the steps, with a column a week to draw the bars in."""
    return {
        **blank_head("client", lang),
        "due_on": ROOM,
        "today": ROOM,
        "team": ROOM,
        "contacts": ROOM,
        "duties": range(DUTIES),
        "steps": range(1, STEPS + 1),
        "weeks": range(WEEKS),
    }


def _deliverables(count):
    row = {"name": ROOM, "medium": ROOM, "quantity": "", "spec": "", "not_charged": False}
    return [row] * count


def _signers(*labels):
    return [{"as": label, "person": None, "at": None} for label in labels]
