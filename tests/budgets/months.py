"""A client with a year of its own and its monthly reports, for tests: the example of 6.4."""

from datetime import date

import pytest

from agency.common.errors import Refused
from budgets.models import MonthlyReport
from budgets.reports.monthly_figures import draw
from budgets.services import monthly, monthly_issue
from tests.archives.papers import make_document
from tests.budgets import years
from tests.builders import make_client, make_contact, make_user, when

OCTOBER = date(2026, 10, 1)
DRAFTED = when("2026-11-01 06:00")
DUE = when("2026-11-06 18:00")
IN_TIME = when("2026-11-05 10:00")
LATE = when("2026-11-09 10:00")
REMARK = "Fix the packaging of the first quarter before December"
WHY = "The bank's statement came on Monday"
TOLD = "Told Mr He on 2 November by telephone, by Lin Jun"


def make_team():
    return {role: make_user(role, role) for role in ("ae", "am", "ad")}


def make_client_of(team, code="LM", **fields):
    """A client with its budget: production 1.5 m, media 6 m, one job of 488,500.50 half billed."""
    client = make_client(code, team=team.values(), **fields)
    make_contact(client, gets_budget=True, can_sign=True)
    years.make_year(client, production="1500000.00", media="6000000.00")
    return client


def half_billed(client):
    """The job J2 of 6.4: 450,000.00 and a change order of 38,500.50, 300,000.00 billed."""
    job = years.job_of(client, title="Packaging", due_on=date(2026, 12, 10))
    years.signed(job, "450000.00")
    years.signed(job, "38500.50", change=1)
    years.billed(job, "300000.00", date(2026, 10, 15))
    return job


def make_half_billed():
    """What a file keeps: a client with its team, whose job is billed by half."""
    team = make_team()
    client = make_client_of(team)
    return {"client": client, "job": half_billed(client), **team}


def refusal(action, **kwargs):
    """What a refused verb says, in words."""
    with pytest.raises(Refused) as refused:
        action(**{"at": IN_TIME, **kwargs})
    return [str(words) for _field, words in refused.value.reasons]


def over_committed(client):
    """More is signed than the 1.5 m of production hold: 51,700.50 too much."""
    job = years.job_of(client, title="Too much")
    years.signed(job, "1551700.50")
    return job


def draft(client, at=DRAFTED, month=OCTOBER):
    return monthly.draft_monthly(client=client, month=month, at=at)


def written(client, by, at=IN_TIME, **texts):
    texts = {"opportunities": REMARK, **texts}
    return monthly.edit_monthly(report=draft(client), typed=texts, by=by, at=at)


def submitted(client, by, at=IN_TIME, **texts):
    return monthly.submit_monthly(report=written(client, by, **texts), by=by, at=at)


def issued(client, ae, am, at=IN_TIME, **given):
    report = submitted(client, ae)
    return monthly_issue.sign_and_issue(report=report, by=am, at=at, **given)


def make_monthly(client, budget, month=OCTOBER, state="draft", **fields):
    """A report's row in the state, written without the verbs."""
    due = when("2026-11-06 18:00")
    if state != "draft":
        fields |= {"author": make_user(role="ae"), "submitted_at": due, "opportunities": REMARK}
    if state in ("signed", "issued"):
        fields |= {"signed_by": make_user(role="am"), "signed_at": due}
    if state == "issued":
        papers = [make_document(client, kind="budget_report", face=face)
                  for face in ("client", "internal")]  # fmt: skip
        fields |= {"document": papers[0], "internal_document": papers[1], "issued_at": due}
    report = MonthlyReport.objects.create(
        client=client, budget=budget, month=month, state=state, due_at=due,
        cutoff_at=years.CUTOFF, **fields,
    )  # fmt: skip
    report.rows = draw(report)
    report.save()
    return report
