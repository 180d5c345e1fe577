"""The monthly budget report as plain data, one function a face (7, R33-R37).

The client's face never reads what is inside: margin, receivables, what is in preparation,
internal note, late reason, corrections.
"""

from datetime import date
from decimal import Decimal

from agency.common.wording import sum_text
from archives.papers import head, person_of
from budgets.models.budget import ZERO
from budgets.reports.monthly_figures import figures_of, months_of, names_of, standings
from budgets.reports.monthly_inside import inside
from budgets.years import client_day
from jobs.models import Job

BAR, WIDE, EDGE = Decimal(52), Decimal(29), Decimal("0.3")
TENTH = Decimal("0.1")
ENDED = {Job.State.CLOSED: "note_closed", Job.State.CANCELLED: "note_cancelled"}


def monthly_client(report, at):
    """What the client reads."""
    figures = figures_of(report)
    rows = standings(figures)
    return {
        **_head(report, "client", at),
        "categories": [_category(row) for row in rows],
        "pots": [_pot(row) for row in rows if row.category],
        **_twelve(figures),
        "jobs_listed": [_job(row) for row in figures["jobs"] if _is_known(row)],
        "adjustments": [_adjustment(row) for row in figures["adjustments"]],
        "opportunities": report.opportunities,
        "comment": report.comment,
        "signers": _signers(report),
    }


def monthly_internal(report, at):
    """The same for our side, with margin, receivables, corrections and notes."""
    figures = figures_of(report)
    within = figures.get("inside") or inside(report, at)
    return {
        **monthly_client(report, at),
        "face": "internal",
        "preparing": [
            {"number": row["number"], "title": row["title"], "amount": sum_text(row["preparing"])}
            for row in figures["jobs"]
            if Decimal(row["preparing"])
        ],
        "margins": [_margin(row) for row in within["margins"]],
        "forecast": _forecast(within["forecast"]),
        "owed": _owed(within["receivables"]),
        "corrections": [_correction(row) for row in report.corrections],
        "internal": {
            "over_note": report.over_note, "note": report.note_internal,
            "late_reason": report.late_reason, "revise_reason": report.revise_reason,
            "due_at": report.due_at,
        },
    }  # fmt: skip


def _head(report, face, at):
    return {
        **head(
            report.client, face, number=report.number, at=report.issued_at or at,
            revision=report.revision,
        ),
        "brand": "",
        "jobs": [],
        "month": report.month,
        "cutoff_on": _last_day(report),
        "budget": {"year": report.budget.year, "version": report.budget.version},
        "currency": report.budget.currency,
        "authors": [person_of(user) for user in (report.author, report.signed_by) if user],
    }  # fmt: skip


def _last_day(report):
    """24:00 of the last day belongs to that day."""
    return date.fromordinal(client_day(report.client, report.cutoff_at).toordinal() - 1)


def _signers(report):
    pairs = ((report.author, report.submitted_at), (report.signed_by, report.signed_at))
    people = [(person_of(user), at) for user, at in pairs if user and at]
    return [{"as": person["role"], "person": person, "at": at} for person, at in people]


def _category(row):
    return {
        "label": f"cat_{row.category}" if row.category else "sum",
        "is_sum": not row.category,
        "is_over": row.is_over,
        "awaiting": sum_text(row.awaiting) if row.awaiting else "–",
        **{name: sum_text(getattr(row, name)) for name in
           ("budget", "billed", "in_execution", "unexecuted")},
    }  # fmt: skip


def _pot(row):
    """A bar of 52 mm: billed, in execution, the rest; over budget it is full and words tell."""
    shares = {name: _share(getattr(row, name), row.budget)
              for name in ("billed", "in_execution", "unexecuted")}  # fmt: skip
    billed = _length(row.billed, row.budget, BAR)
    taken = _length(row.committed, row.budget, BAR)
    return {
        "label": f"cat_{row.category}", "shares": shares, "is_over": row.is_over,
        "billed": f"{billed:.3f}", "exec": f"{max(taken - billed, ZERO):.3f}",
        "pace": "–" if row.pace is None else f"{row.pace}%",
        "pace_word": f"pace_{row.pace_word}" if row.pace_word else "",
    }  # fmt: skip


def _share(amount, whole):
    if not whole:
        return "–"
    share = (amount / whole * 100).quantize(TENTH)
    return f"{'−' if share < 0 else ''}{abs(share)}%"


def _length(amount, whole, wide):
    if whole <= 0:
        return wide if amount > 0 else ZERO
    return min(max(amount / whole * wide, ZERO), wide)


# --- twelve months ------------------------------------------------------------------------------


def _twelve(figures):
    """Rows by month, columns by category with anything in them, and the sums."""
    months = months_of(figures)
    names = names_of(months)
    top = max([*(row.planned for row in months), *(row.total for row in months), Decimal(1)])
    return {
        "columns": [f"cat_{name}" for name in names],
        "groups": _groups(months, names, top),
        "sums": {
            "planned": sum_text(sum((row.planned for row in months), ZERO)),
            "amounts": [_text(_total(months, name)) for name in names],
            "total": sum_text(sum((row.total for row in months), ZERO)),
        },
    }


def _total(months, name):
    return sum((row.amounts.get(name, ZERO) for row in months), ZERO)


def _groups(months, names, top):
    """Billed months, then those in which what is in execution will be billed."""
    groups, done = [], ZERO
    for kind, label in (("billed", "col_billed"), ("expected", "expected_rows")):
        rows = []
        for row in (month for month in months if month.kind == kind):
            done += row.total
            rows.append(_month_row(row, names, done, top))
        if rows:
            groups.append({"label": label, "kind": kind, "rows": rows})
    return groups


def _month_row(row, names, done, top):
    return {
        "month": row.month,
        "planned": _text(row.planned),
        "amounts": [_text(row.amounts.get(name, ZERO)) for name in names],
        "total": _text(row.total),
        "to_date": _text(done),
        "bar": f"{_length(row.total, top, WIDE):.3f}",
        "tick": f"{min(_length(row.planned, top, WIDE), WIDE - EDGE):.3f}",
    }


def _text(amount):
    return sum_text(amount) if amount else "–"


# --- lists --------------------------------------------------------------------------------------


def _is_known(row):
    """What is only being prepared inside is not the client's to read."""
    return any(Decimal(row[name]) for name in ("signed", "billed", "in_execution", "awaiting"))


def _job(row):
    return {
        "number": row["number"], "title": row["title"], "label": f"cat_{row['category']}",
        **{name: _text(Decimal(row[name])) for name in ("signed", "billed")},
        "in_execution": sum_text(row["in_execution"]) if Decimal(row["signed"]) else "–",
        "notes": _notes(row),
    }  # fmt: skip


def _notes(row):
    """[(label, amount)] after a job."""
    notes = [(ENDED[row["state"]], "")] if row["state"] in ENDED else []
    if Decimal(row["released"]):
        notes.append(("note_released", sum_text(row["released"])))
    elif row["signed"] == row["billed"] and Decimal(row["signed"]):
        notes.append(("note_billed", ""))
    if Decimal(row["awaiting"]):
        notes.append(("note_awaiting", sum_text(row["awaiting"])))
    return notes


def _adjustment(row):
    return {
        "month": date.fromisoformat(row["month"]), "label": f"cat_{row['category']}",
        "column": f"col_{row['column']}", "amount": sum_text(row["amount"]),
        "reason": row["reason"],
    }  # fmt: skip


def _margin(row):
    signed, margin = Decimal(row["signed"]), Decimal(row["margin"])
    return {
        "label": f"cat_{row['category']}", "signed": sum_text(signed), "margin": sum_text(margin),
        "rate": _share(margin, signed),
    }  # fmt: skip


def _forecast(rows):
    """Months still to come, and what they come to."""
    months = [(date.fromisoformat(row["month"]), sum_text(row["amount"])) for row in rows]
    total = sum((Decimal(row["amount"]) for row in rows), ZERO)
    return {"months": months, "total": sum_text(total)}


def _owed(row):
    return {
        "open": sum_text(row["open"]), "overdue": sum_text(row["overdue"]),
        "rows": [
            {"number": one["number"], "due_on": date.fromisoformat(one["due_on"]),
             "open": sum_text(one["open"])}
            for one in row["rows"]
        ],
    }  # fmt: skip


def _correction(row):
    return {"old": row["old"], "new": row["new"], "by": row["by"]}
