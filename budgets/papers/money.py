"""Statement, dunning letter and forecast as plain data (domain.md 7).

The client's faces hold what the client owes and nothing else: no commission owed by a media
owner, no note of ours, no cost. The forecast is for ourselves alone.
"""

from dataclasses import replace

from accounts.models import AgencySettings
from archives.papers import client_day, head, person_of
from budgets.models import Dunning
from budgets.reports.ageing import BUCKETS, ageing
from budgets.reports.forecast import SOURCES
from budgets.years import month_at
from jobs.papers.estimate import money
from jobs.wording import rate_text


def signed_head(client, face, *, number, by, at):
    """The head of a paper of no single job, with who wrote it and on which day of the client."""
    return {
        **head(client, face, number=number, at=at),
        "author": person_of(by),
        "day": client_day(client, at),
    }


def owed_by_client(client, at):
    """[Ageing] a currency of what the client itself owes: without a media owner's commission."""
    rows = [
        replace(row, owed=[one for one in row.owed if one.invoice.in_budget])
        for row in ageing(at, [client])
    ]
    return [row for row in rows if row.owed]


def statement_paper(client, rows, number, by, at):
    """Every open invoice, and the sums by age."""
    return {
        **signed_head(client, "client", number=number, by=by, at=at),
        "parts": [_part(row) for row in rows],
    }


def dunning_letter(invoice, text, number, by, at):
    """Every overdue invoice in the currency of this one, with what was promised."""
    client = invoice.client
    [row] = [row for row in owed_by_client(client, at) if row.currency == invoice.currency]
    late = [one for one in row.owed if one.is_overdue]
    promises = promises_of(late)
    part = _part(replace(row, owed=late))
    for line, one in zip(part["lines"], late, strict=True):
        line["promise_on"] = promises.get(one.invoice.pk)
    return {
        **signed_head(client, "client", number=number, by=by, at=at),
        "parts": [part],
        "text": text,
        "bank": AgencySettings.load().bank,
    }


def promises_of(owed):
    """{invoice's key: the newest promise of each}."""
    rows = Dunning.objects.filter(invoice__in=[one.invoice for one in owed])
    rows = rows.filter(promise_on__isnull=False).order_by("pk")
    return dict(rows.values_list("invoice", "promise_on"))


def _part(row):
    return {
        "currency": row.currency,
        "buckets": [
            {"label": f"bucket_{name}", "amount": money(row.buckets[name])} for name in BUCKETS
        ],
        "lines": [_line(one) for one in row.owed],
        "total": money(row.total),
    }


def _line(one):
    invoice = one.invoice
    return {
        "number": invoice.number,
        "job": str(invoice.job),
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "days": max(one.days, 0),
        "is_overdue": one.is_overdue,
        "total": money(invoice.total),
        "open": money(one.amount),
        "promise_on": None,
    }


# --- for ourselves ------------------------------------------------------------------------------


def forecast_paper(forecast, number, by, at):
    """Months by source, then each row with its chance. Never given to the client."""
    client = forecast.client
    return {
        **signed_head(client, "internal", number=number, by=by, at=at),
        "year": forecast.year,
        "currency": client.currency,
        "sources": [f"source_{source}" for source in SOURCES],
        "months": [
            {
                "month": f"{month:%Y-%m}",
                "cells": [money(forecast.cell(month, source)) for source in SOURCES],
                "total": money(forecast.of_month(month)),
            }
            for month in forecast.months
        ],
        "sums": [money(forecast.of_source(source)) for source in SOURCES],
        "total": money(forecast.total),
        "to_come": money(forecast.from_month(month_at(client, at))),
        "rows": [
            {
                "month": f"{row.month:%Y-%m}",
                "source": f"source_{row.source}",
                "label": str(row.label),
                "amount": money(row.amount),
                "chance": rate_text(row.chance),
                "weighted": money(row.weighted),
            }
            for row in forecast.rows
        ],
    }
