"""A brief as plain data: page 1 what the client said, page 2 for our own side (7)."""

from agency.common.wording import sum_text
from archives.papers import person_of
from jobs.papers.common import header
from jobs.papers.job import deliverables, signer, team_of


def brief_client(brief, number, at):
    """What the client told us and will give us. Never strategy, budget split or our questions."""
    job = brief.job
    return {
        **header(job, "client", author=brief.author, at=at, number=number, revision=brief.version),
        "paper": "creative_brief" if brief.kind == "creative" else "brief",
        "version": brief.version,
        "due_on": job.due_on,
        "parts": [
            {"key": part, "text": getattr(brief, part)}
            for part in brief.PARTS
            if getattr(brief, part).strip()
        ],
        "deliverables": deliverables(job),
        "facts": [_fact(row) for row in _facts(brief) if row.from_user_id is None],
        "distribution_ours": team_of(job, at),
        "signers": [
            signer("author", brief.author, brief.in_force_at),
            *([signer("signed_by", brief.signed_by, brief.signed_at)] if brief.signed_by else []),
        ],
    }


def brief_internal(brief, number, at):
    """The same for our side, with every fact, open questions, strategy and budget."""
    return {
        **brief_client(brief, number, at),
        "face": "internal",
        "facts": [_fact(row) for row in _facts(brief)],
        "internal": {
            "reason": brief.reason,
            "budget": "" if brief.budget is None else sum_text(brief.budget),
            "currency": brief.job.client.currency,
            "strategy": brief.strategy_try,
            "strategy_by": person_of(brief.strategy_by) if brief.strategy_by else None,
            "questions": [_question(row) for row in _questions(brief)],
        },
    }


def _facts(brief):
    return brief.facts.select_related("from_contact", "from_user")


def _fact(row):
    return {
        "name": row.name,
        "needed_for": row.needed_for,
        "state": f"fact_{row.state}",
        "source": person_of(row.source) if row.source else None,
        "due_on": row.due_on,
    }


def _questions(brief):
    return brief.job.questions.open().select_related("answerer", "contact")


def _question(row):
    return {
        "text": row.text,
        "who": person_of(row.answerer or row.contact),
        "due_on": row.due_on,
    }
