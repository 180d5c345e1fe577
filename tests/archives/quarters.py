"""A client with a competitor and its quarterly report, for tests: Q3 of 2026."""

from datetime import date
from decimal import Decimal as D

import pytest

from agency.common.errors import Refused
from archives.models import Competitor, QuarterlyReport
from archives.services import observations, quarterly, quarterly_issue
from tests.archives.papers import make_document
from tests.builders import make_brand, make_client, make_contact, make_user, when

DRAFTED = when("2026-10-01 06:00")
IN_TIME = when("2026-10-09 10:00")
DUE = when("2026-10-10 18:00")
LATE = when("2026-10-12 10:00")
SEEN_ON = date(2026, 8, 20)
TEXTS = {
    "market": "Instant noodles grew by four percent",
    "meaning": "The shelf price is under pressure",
    "proposal": "A tasting week in forty stores",
}
FACTS = {
    "campaign": "Three minutes are enough",
    "media": "TV, elevator screens",
    "message": "Fast and cheap",
    "spend": D("1200000.00"),
}
WHY = "The figures of the panel came on Monday"


def make_world(code="LM", **fields):
    """What a file keeps: a client with its team, whose brand has one competitor that was seen."""
    team = {role: make_user(role, role) for role in ("ae", "am", "ad")}
    client = make_client(code, team=team.values(), created_at=when("2026-01-05 09:00"), **fields)
    make_contact(client)
    brand = make_brand(client)
    rival = Competitor.objects.create(brand=brand, name="Gold Millet")
    still(client)
    return {"client": client, "brand": brand, "rival": rival, **team}


def still(client):
    """A filed picture of the competitor's film, one a client."""
    found = client.documents.filter(kind="competitor_file").first()
    return found or make_document(client, kind="competitor_file", title="Film, still")


def see(rival, by, at=IN_TIME, paper=True, **fields):
    """An observation of the competitor, with a paper to show for it."""
    client = rival.brand.client
    defaults = {"on": SEEN_ON, "kind": "campaign", "text": "New film on air", "source": "CCTV-1",
                "spend": D("1200000.00")}  # fmt: skip
    if paper:
        defaults["document"] = still(client)
    return observations.add_observation(
        brand=rival.brand, competitor=rival, by=by, at=at, **{**defaults, **fields}
    )


def draft(client, at=DRAFTED, by=None, year=2026, quarter=3):
    return quarterly.draft_quarterly(client=client, year=year, quarter=quarter, at=at, by=by)


def written(client, by, at=IN_TIME, facts=FACTS, **texts):
    report = draft(client)
    rows = {row.pk: facts for row in report.rows.all()}
    return quarterly.edit_quarterly(
        report=report, typed={**TEXTS, **texts}, rows=rows, by=by, at=at
    )


def submitted(client, by, at=IN_TIME, **texts):
    return quarterly.submit_quarterly(report=written(client, by, **texts), by=by, at=at)


def issued(client, ae, am, at=IN_TIME, **given):
    report = submitted(client, ae)
    return quarterly_issue.sign_and_issue(report=report, by=am, at=at, **given)


def refusal(action, **kwargs):
    """What a refused verb says, in words."""
    with pytest.raises(Refused) as refused:
        action(**{"at": IN_TIME, **kwargs})
    return [str(words) for _field, words in refused.value.reasons]


def make_quarterly(client, state="draft", author=None, year=2026, quarter=3, **fields):
    """A report's row in the state, written without the verbs."""
    if state != "draft":
        fields |= {"author": author or make_user(), "submitted_at": DUE, **TEXTS}
    if state in ("signed", "issued"):
        fields |= {"signed_by": make_user(role="am"), "signed_at": DUE}
    if state == "issued":
        papers = [make_document(client, kind="quarterly_report", face=face)
                  for face in ("client", "internal")]  # fmt: skip
        fields |= {"document": papers[0], "internal_document": papers[1], "issued_at": DUE}
    return QuarterlyReport.objects.create(
        client=client, year=year, quarter=quarter, state=state, due_at=DUE, **fields
    )
