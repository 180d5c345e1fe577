"""All clients' budgets of a month on one page, as plain data: for ourselves alone (6.9, 7)."""

from itertools import groupby

from django.conf import settings

from accounts.models.scope import local_day
from agency.common.charts import sparkline
from agency.common.dates import DAY
from agency.common.stacks import stack
from agency.common.wording import share_text, sum_text
from archives.papers import house, person_of
from budgets.reports.dashboard import EVERYTHING, sums
from budgets.years import next_month

MONEY = ("budget", "billed", "in_execution", "unexecuted")
# Up to so many clients a row may take two lines; with more all is set in single ones, smaller.
ROOMY = 6


def overview_paper(rows, month, category, *, lang, by, at):
    """rows: [ClientRow] of the month shown; a block a currency, each with its sum."""
    agency = house()
    return {
        "face": "internal",
        "lang": lang,
        "zone": settings.TIME_ZONE,
        "house": agency,
        "number": f"{month:%Y-%m}",
        "revision": 1,
        "client": {"name": agency["name"], "name_en": agency["name_en"]},
        "issued_at": at,
        "by": person_of(by),
        "month": month,
        "cutoff_on": next_month(month) - DAY if _is_over(month, at) else None,
        "category": "sum" if category == EVERYTHING else f"cat_{category}",
        "blocks": _blocks(rows),
        "sees_margin": any(row.contribution for row in rows),
        "is_roomy": len(rows) <= ROOMY,
        "causes": [_cause(row, *cause) for row in rows for cause in row.causes],
    }


def _is_over(month, at):
    return next_month(month) <= local_day(at)


def _blocks(rows):
    """[{currency, rows, sum}]: what is of one currency may be summed."""
    together = dict(sums(rows))
    by_currency = sorted(rows, key=lambda row: row.client.currency)
    return [
        {
            "currency": currency,
            "rows": [_client(row) for row in found],
            "sum": _figures(together[currency]),
        }
        for currency, found in groupby(by_currency, key=lambda row: row.client.currency)
    ]


def _client(row):
    return {
        **_figures(row.standing),
        "name": row.client.name,
        "code": row.client.code,
        "team": [person_of(user) for user in row.team.values()],
        "over": [f"cat_{one.category}" for one in row.over],
        "is_frozen": row.is_frozen,
        "spark": sparkline(row.paces, 100),
        "report": _report(row.report, row.at),
        "overdue": sum_text(row.overdue) if row.overdue else "–",
        "contribution": _share(row.contribution),
    }


def _figures(standing):
    return {
        **{name: sum_text(getattr(standing, name)) for name in MONEY},
        "awaiting": sum_text(standing.awaiting) if standing.awaiting else "–",
        "is_over": standing.unexecuted < 0,
        "bar": stack(standing),
        "pace": "–" if standing.pace is None else f"{standing.pace}%",
        "pace_word": f"pace_{standing.pace_word}" if standing.pace_word else "",
    }


def _report(report, at):
    """The key of the word for the month's report: in time, late, overdue, or its state."""
    if report is None:
        return ""
    if report.issued_at:
        return "report_in_time" if report.issued_at <= report.due_at else "report_late"
    return "report_overdue" if at > report.due_at else f"report_{report.state}"


def _share(contribution):
    return share_text(contribution.share) if contribution else "–"


def _cause(row, standing, excess, paper):
    return {
        "client": row.client.name,
        "category": f"cat_{standing.category}",
        "excess": sum_text(excess),
        "paper": paper.label if paper else "",
        "net": sum_text(paper.net) if paper else "",
        "signed_at": paper.signed_at if paper else None,
    }
