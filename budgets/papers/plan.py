"""The media plan as plain data, one function a face (domain.md 7).

The client's face is made from the client's columns alone: media owners, what they are paid and,
where it is inside the price, our commission are never read for it.
"""

from itertools import groupby

from archives.papers import person_of
from budgets.models import MediaPlan
from jobs.papers.common import header
from jobs.papers.signed import approvals, capitals_of, day_of, money, signatures
from jobs.wording import rate_text

ON_TOP = MediaPlan.Mode.ON_TOP
CLIENT_COLUMNS = ("medium", "vehicle", "market", "spec", "month", "runs", "bonus_runs",
                  "unit_gross", "gross", "discount_rate", "media_price")  # fmt: skip
TERMS = ("book_first", "new_version", "invoice_monthly", "plan_lapses")
MONTHS_A_TABLE = 12
ZERO = 0


def plan_client(plan, number, at):
    """What the client signs. Never media owners, payable or income; commission only on top."""
    rows = list(plan.lines.order_by("position", "pk").values_list(*CLIENT_COLUMNS, named=True))
    return {
        **_head(plan, "client", number, at),
        **_body(plan, rows, _outer_line),
        "note": plan.note_client,
        "terms": [f"term_{key}" for key in TERMS],
        "signatures": signatures(plan),
        "signer": person_of(plan.sent_to) if plan.sent_to else None,
    }


def plan_internal(plan, number, at):
    """For our side: media owners, commission, what they are paid, our income, approvals."""
    rows = list(plan.lines.select_related("supplier"))
    return {
        **_head(plan, "internal", number, at),
        **_body(plan, rows, _inner_line),
        "payable": money(plan.payable),
        "commission": money(plan.commission),
        "commission_rate": rate_text(plan.commission_rate),
        "service_fee": money(plan.service_fee),
        "income": money(plan.income),
        "mode": f"mode_{plan.mode}",
        "billing": f"billing_{plan.billing}",
        "owners": _owners(rows, plan),
        "note_internal": plan.note_internal,
        "submitted_by": person_of(plan.submitted_by or plan.author),
        "submitted_at": plan.submitted_at,
        "approvals": approvals(plan),
    }


def _head(plan, face, number, at):
    brief = plan.brief
    return {
        **header(plan.job, face, author=plan.job.ae, at=at, number=number, revision=plan.revision),
        "plan_title": plan.title,
        "version": plan.revision,
        "brief_version": brief.version if brief else "–",
        "brief_on": day_of(plan.job.client, brief.in_force_at) if brief else None,
        "valid_until": plan.valid_until,
        "currency": plan.currency,
        "replaces": [str(plan.supersedes)] if plan.supersedes_id else [],
    }


def _body(plan, rows, line):
    """Lines by medium, the calendar of months, and the sums under them."""
    numbered = list(enumerate(rows, start=1))
    return {
        "period": _period(rows),
        "media": [_medium(medium, lines, line) for medium, lines in _by_medium(numbered)],
        "calendars": _calendars(rows),
        **_amounts(plan),
    }


def _by_medium(numbered):
    """[(medium, lines)] in the order in which the media first come."""
    order = list(dict.fromkeys(row.medium for _no, row in numbered))
    ranked = sorted(numbered, key=lambda one: order.index(one[1].medium))
    return [(medium, list(lines)) for medium, lines in groupby(ranked, lambda one: one[1].medium)]


def _medium(medium, lines, line):
    rows = [row for _no, row in lines]
    return {
        "medium": medium,
        "lines": [line(no, row) for no, row in lines],
        "gross": money(sum((row.gross for row in rows), ZERO)),
        "media_price": money(sum((row.media_price for row in rows), ZERO)),
    }


def _outer_line(no, row):
    return {
        "no": no,
        "vehicle": row.vehicle,
        "where": "　".join(filter(None, (row.market, row.spec))),
        "month": month_text(row.month),
        "runs": row.runs,
        "bonus_runs": row.bonus_runs,
        "unit_gross": money(row.unit_gross),
        "gross": money(row.gross),
        "discount": rate_text(row.discount_rate),
        "media_price": money(row.media_price),
    }


def _inner_line(no, row):
    return {
        **_outer_line(no, row),
        "supplier": row.supplier.name if row.supplier else "",
        "is_fixed": row.fixed_price is not None,
        "commission": money(row.commission),
        "service_fee": money(row.service_fee),
        "payable": money(payable_of(row, row.plan.mode)),
    }


def payable_of(line, mode):
    """What the media owner gets for one line (6.2)."""
    return line.media_price - (ZERO if mode == ON_TOP else line.commission)


def _owners(rows, plan):
    """[{name, payable}] of each media owner, the nameless last."""
    sums = {}
    for row in rows:
        name = row.supplier.name if row.supplier else ""
        sums[name] = sums.get(name, ZERO) + payable_of(row, plan.mode)
    ranked = sorted(sums.items(), key=lambda one: (not one[0], one[0]))
    return [{"name": name or "–", "payable": money(amount)} for name, amount in ranked]


def _amounts(plan):
    on_top = plan.mode == ON_TOP and plan.commission
    return {
        "gross": money(plan.gross),
        "discount": _share(plan),
        "media_price": money(plan.media_price),
        "commission_on_top": money(plan.commission) if on_top else "",
        "rate_on_top": rate_text(plan.commission_rate) if on_top else "",
        "fee": money(plan.service_fee) if plan.service_fee else "",
        "fee_rate": rate_text(plan.service_fee_rate),
        "net": money(plan.client_net),
        "vat_rate": rate_text(plan.vat_rate),
        "vat": money(plan.vat),
        "total": money(plan.total),
        "capitals": capitals_of(plan),
    }


def _share(plan):
    """The discount of all lines together, to a tenth of a percent."""
    if not plan.gross:
        return "–"
    return f"{100 * (1 - plan.media_price / plan.gross):.1f}%"


def month_text(month):
    """2026-11: the same in both languages."""
    return f"{month:%Y-%m}"


def _period(rows):
    months = sorted({row.month for row in rows})
    if not months:
        return "–"
    first, last = month_text(months[0]), month_text(months[-1])
    return first if first == last else f"{first} – {last}"


def _calendars(rows):
    """The months in which each vehicle runs, twelve months a table."""
    months = sorted({row.month for row in rows})
    parts = [months[at : at + MONTHS_A_TABLE] for at in range(0, len(months), MONTHS_A_TABLE)]
    return [_calendar(part, rows) for part in parts]


def _calendar(months, rows):
    """{months, rows: [{medium, vehicle, where, cells}], prices}: runs, bonus runs after a plus."""
    found = {}
    for row in rows:
        if row.month in months:
            key = (row.medium, row.vehicle, row.market, row.spec)
            cells = found.setdefault(key, {month: [0, 0] for month in months})
            cells[row.month][0] += row.runs
            cells[row.month][1] += row.bonus_runs
    return {
        "months": [month_text(month) for month in months],
        "rows": [
            {
                "medium": medium, "vehicle": vehicle, "market": market, "spec": spec,
                "cells": [_runs(*cells[month]) for month in months],
            }
            for (medium, vehicle, market, spec), cells in found.items()
        ],
        "prices": [
            money(sum((row.media_price for row in rows if row.month == month), ZERO))
            for month in months
        ],
    }  # fmt: skip


def _runs(runs, bonus):
    """20, 20 + 2 where bonus runs come on top, nothing in a month without any."""
    if not runs and not bonus:
        return ""
    return f"{runs} + {bonus}" if bonus else str(runs)
