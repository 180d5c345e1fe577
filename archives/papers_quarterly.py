"""The market and competitor report as plain data, one function a face (7, R48, R49).

The client's face never reads what is inside: the internal note, who saw what, corrections, reasons.
"""

from agency.common.wording import sum_text
from archives.models import Observation
from archives.papers import head, person_of
from archives.quarters import days_of

PICTURES = ("image/png", "image/jpeg", "image/gif")


def quarterly_client(report, at):
    """What the client reads, on paper and behind the link."""
    return {
        **_head(report, "client", at),
        "market": report.market,
        "competitors": [_competitor(row, _shown) for row in rows_of(report)],
        "meaning": report.meaning,
        "proposal": report.proposal,
        "signers": _signers(report),
    }


def quarterly_internal(report, at):
    """The same with who saw what, and what only we may know."""
    return {
        **quarterly_client(report, at),
        "face": "internal",
        "competitors": [_competitor(row, _told) for row in rows_of(report)],
        "seen_of_market": [_told(one) for one in market_of(report)],
        "corrections": [{"about": "", **row} for row in report.corrections],
        "internal": {
            "note": report.note_internal, "late_reason": report.late_reason,
            "revise_reason": report.revise_reason, "due_at": report.due_at,
        },
    }  # fmt: skip


def contacts_of(client):
    """Who of the client's gets reports and can be written to."""
    return client.contacts.reachable().filter(gets_reports=True)


def rows_of(report):
    """Its competitors, each with what was chosen to show him."""
    rows = report.rows.select_related("competitor__brand")
    return rows.prefetch_related("observations__document", "observations__ad__documents",
                                 "observations__seen_by")  # fmt: skip


def market_of(report):
    """What was seen of the market itself in the quarter: it stands beside our own words."""
    rows = Observation.objects.of_client(report.client_id).filter(competitor=None)
    return rows.between(*days_of(report.year, report.quarter)).beside()


def _head(report, face, at):
    return {
        **head(
            report.client, face, number=report.number, at=report.issued_at or at,
            revision=report.revision,
        ),
        "brand": "",
        "jobs": [],
        "year": report.year,
        "quarter": report.quarter,
        "days": days_of(report.year, report.quarter),
        "currency": report.client.currency,
        "authors": [person_of(user) for user in (report.author, report.signed_by) if user],
        "distribution": [person_of(row) for row in contacts_of(report.client)],
    }  # fmt: skip


def _signers(report):
    pairs = ((report.author, report.submitted_at), (report.signed_by, report.signed_at))
    people = [(person_of(user), at) for user, at in pairs if user and at]
    return [{"as": person["role"], "person": person, "at": at} for person, at in people]


def _competitor(row, shown):
    found = row.competitor
    evidence = [shown(one) for one in sorted(row.observations.all(), key=_day)]
    return {
        "name": found.name,
        "name_en": found.name_en,
        "brand": found.brand.name,
        "campaign": row.campaign,
        "media": row.media,
        "message": row.message,
        "spend": "" if row.spend is None else sum_text(row.spend),
        "nothing_seen": row.nothing_seen,
        "evidence": evidence,
        "pictured": [one for one in evidence if one["pictures"]],
        "told": [one for one in evidence if not one["pictures"]],
    }


def _day(observation):
    return observation.on, observation.pk


def _shown(observation):
    """What it shows the client; pictures by their hash."""
    return {
        "on": observation.on,
        "kind": f"seen_{observation.kind}",
        "text": observation.text,
        "source": observation.source,
        "paper": _paper(observation),
        "pictures": [paper.sha256 for paper in papers_of(observation) if paper.mime in PICTURES],
    }


def _told(observation):
    """The same, with the one of ours who saw it."""
    return {**_shown(observation), "by": observation.seen_by.name}


def papers_of(observation):
    """The paper it names, or the files of its ad: what the client may see, and is not void."""
    papers = [observation.document] if observation.document else []
    if observation.ad:
        papers += observation.ad.documents.all()
    return [paper for paper in papers if paper.face == "client" and paper.state != "void"]


def _paper(observation):
    return observation.shown.title if observation.shown else ""
