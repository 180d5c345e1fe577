"""The two faces of one plan as plain data (R63, 7): each by its own function, on page and paper.

A row: no, name, name_en, who, org, starts_on, due_on, was_due_on, forecast_on, done_on, is_duty,
is_final, state (done late going todo goal), days_late, cause, needs, effect; the internal face
adds pk, owner, note and remark.
"""

from accounts.models import User
from accounts.services.telling import posts
from archives.papers import client_day, house, person_of
from jobs.models.timeline import Milestone
from jobs.papers.common import header
from jobs.plan import days_late, final_of, moves

# Of what moved the client is told the dates.
TOLD_MOVES = ("due_on", "added", "dropped")


def timeline_client(timeline, rows, former_rows=(), *, at, number="", contacts=()):
    """What the client sees: rows marked for it; of ours only AE in charge, AM and AD."""
    job = timeline.job
    team = [job.ae, *posts(job.client, ["am", "ad"], at)]
    team = list(dict.fromkeys(team))
    today = client_day(job.client, at)
    seen = [row for row in rows if row.client_visible]
    final = final_of(rows)
    shown = [_client_row(row, no, today, final, team) for no, row in enumerate(seen, start=1)]
    before = [row for row in former_rows if row.client_visible]
    return {
        **header(job, "client", author=job.ae, at=at, number=number, revision=timeline.version),
        "due_on": job.due_on,
        "today": today,
        "team": [person_of(user) for user in team],
        "contacts": [person_of(contact) for contact in contacts],
        "rows": shown,
        "duties": [row for row in shown if row["is_duty"]],
        "moves": _moves(before, seen, TOLD_MOVES, Milestone.told_cause) if former_rows else [],
    }


def timeline_internal(timeline, rows, former_rows=(), *, at, number="", contacts=()):
    """The whole plan for our side: who does it, what slipped why, remarks, days to spare."""
    job = timeline.job
    today = client_day(job.client, at)
    final = final_of(rows)
    shown = [_internal_row(row, no, today, final) for no, row in enumerate(rows, start=1)]
    return {
        **header(
            job, "internal", author=timeline.author, at=at, number=number,
            revision=timeline.version,
        ),
        "due_on": job.due_on,
        "today": today,
        "reason": timeline.reason,
        "contacts": [person_of(contact) for contact in contacts],
        "slack": (job.due_on - final.due_on).days if final else None,
        "rows": shown,
        "duties": [row for row in shown if row["is_duty"]],
        "moves": _moves(former_rows, rows, None, Milestone.cause) if former_rows else [],
    }  # fmt: skip


def _client_row(row, no, today, final, team):
    known = row.user if row.user in team else None
    told = row.told_cause()
    is_ours = not row.is_client_duty
    return {
        **_row(row, no, today, final),
        "who": person_of(row.contact or known) if row.contact or known else house(),
        "org": row.timeline.job.client.name if row.contact else "",
        # The old date of what we have put off is on the old paper; here it would be a slip of ours.
        "was_due_on": None if is_ours and not told else _was(row),
        "forecast_on": None if is_ours else row.forecast_on,
        "cause": told,
    }


def _internal_row(row, no, today, final):
    person = row.person
    is_person = row.contact or isinstance(person, User)
    return {
        **_row(row, no, today, final),
        "pk": row.pk,
        "who": person_of(person) if is_person else {"name": str(person)} if person else None,
        "owner": row.owner,
        "org": row.timeline.job.client.name if row.contact else "",
        "was_due_on": _was(row),
        "forecast_on": row.forecast_on,
        "cause": row.cause(),
        "note": row.slip_note,
        "remark": row.internal_note,
    }


def _row(row, no, today, final):
    return {
        "no": no,
        "name": row.name,
        "name_en": row.name_en,
        "starts_on": row.starts_on,
        "due_on": row.due_on,
        "done_on": row.done_on,
        "is_duty": row.is_client_duty,
        "is_final": row == final,
        "state": state_of(row, today, row == final),
        "days_late": days_late(row, today),
        "needs": row.needs,
        "effect": row.effect_if_late,
    }


def _was(row):
    return row.first_due_on if row.first_due_on and row.first_due_on < row.due_on else None


def state_of(row, today, is_final=False):
    """done, late, going, goal or todo: the word in the column of the state."""
    if row.done_on:
        return "done"
    if row.due_on < today:
        return "late"
    if (row.starts_on or row.due_on) <= today:
        return "going"
    return "goal" if is_final else "todo"


def _moves(old, new, told, cause):
    """What moved against the version before: name, what, old, new, cause; in plain data."""
    return [
        {
            "name": move.row.name,
            "name_en": move.row.name_en,
            "what": move.what,
            "old": _plain(move, move.old),
            "new": _plain(move, move.new),
            "cause": cause(move.row) if move.is_slip else "",
        }
        for move in moves(old, new)
        if told is None or move.what in told
    ]


def _plain(move, value):
    if move.what == "owner":
        return dict(Milestone._meta.get_field("owner").choices).get(value, value)
    return str(value) if move.what == "person" and value else value
