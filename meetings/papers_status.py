"""The weekly status report as plain data, one function a face (section 7, R28-R32).

The client's face never reads what is inside: what was confirmed as unchanged and why, how alike
two weeks are, corrections, reasons. Of our people it names the AE, the AM and the AD, and who
owns an action point.
"""

from datetime import timedelta

from accounts.services.telling import posts
from agency.common.wording import sum_text
from archives.papers import client_day, head, house, person_of
from budgets.models import MediaPlan
from budgets.papers.money import owed_by_client
from jobs.models import Estimate
from meetings.models import ActionPoint, StatusLine

LAST_DAY = timedelta(days=6)
# Lines of an action point have its key (8.1).
ACTION_KEY = "action:"


def status_client(report, at):
    """What the client reads, on paper and behind the link."""
    actions = _actions(report)
    known = [*_team(report, at), *(row.user for row in actions if row.user)]
    sections = _sections(report, lambda line: _known_person(line, known))
    return {**_common(report, "client", at), **_body(report, sections, actions, at)}


def status_internal(report, at):
    """The same with everybody's name, and what only we may know."""
    sections = _sections(report, _person)
    rows = [row for section in sections for row in section["rows"]]
    numbers = {row["pk"]: row["no"] for row in rows}
    return {
        **_common(report, "internal", at),
        **_body(report, sections, _actions(report), at),
        "unchanged": [
            _unchanged(line, numbers[line.pk]) for line in lines_of(report) if line.unchanged_reason
        ],
        "corrections": report.corrections,
        "internal": {
            "copy_note": report.copy_note,
            "late_reason": report.late_reason,
            "revise_reason": report.revise_reason,
        },
    }


def _common(report, face, at):
    return {
        **head(
            report.client, face, number=report.number, at=report.issued_at or at,
            revision=report.revision,
        ),
        "brand": "",
        "jobs": [],
        "week": (report.week, report.week + LAST_DAY),
        "due_at": report.due_at,
        "authors": [person_of(user) for user in (report.author, report.signed_by) if user],
        "distribution": [person_of(row) for row in contacts_of(report.client)],
    }  # fmt: skip


def _body(report, sections, actions, at):
    rows = [row for section in sections for row in section["rows"]]
    return {
        "year": report.week.year,
        "summary": report.summary,
        "duties": [*(row for row in rows if row["is_duty"]), *_owed_actions(report, actions)],
        "sections": sections,
        "actions": [_action(no, row) for no, row in enumerate(actions, start=1)],
        "awaiting": [*_awaiting(Estimate, report.client), *_awaiting(MediaPlan, report.client)],
        "overdue": _overdue(report.client, at),
        "signers": _signers(report),
    }


def contacts_of(client):
    """Who of the client's gets the status reports and can be written to."""
    return client.contacts.reachable().filter(gets_status=True)


def _team(report, at):
    """Whom of ours the client knows in any case."""
    return [report.author, report.signed_by, *posts(report.client, ["ae", "am", "ad"], at)]


def _signers(report):
    pairs = ((report.author, report.submitted_at), (report.signed_by, report.signed_at))
    people = [(person_of(user), at) for user, at in pairs if user and at]
    return [{"as": person["role"], "person": person, "at": at} for person, at in people]


# --- four sections ------------------------------------------------------------------------------


def lines_of(report):
    rows = report.lines.select_related("job", "next_user", "next_contact", "confirmed_by")
    return list(rows.order_by("position", "pk"))


def _sections(report, person):
    """All four, in the order of the handbook; one without work says why (R28)."""
    lines, number, found = lines_of(report), 0, []
    for section in StatusLine.Section.values:
        rows, empty = [], ""
        for line in (line for line in lines if line.section == section):
            if line.is_empty_section:
                empty = line.current
            else:
                number += 1
                rows.append(_row(line, number, person(line), report.client))
        found.append({"label": f"status_{section}", "empty": empty, "rows": rows})
    return found


def _row(line, no, who, client):
    return {
        "pk": line.pk,
        "no": no,
        "title": line.title,
        "job": line.job.number if line.job else "",
        "current": line.current,
        "next_step": line.next_step,
        "who": who,
        "org": client.name if line.next_contact_id else "",
        "is_duty": line.next_contact_id is not None,
        "on": line.next_on,
    }


def _person(line):
    return person_of(line.next_by) if line.next_by else None


def _known_person(line, known):
    """Somebody whom the client does not know is the house."""
    if line.next_user and line.next_user not in known:
        return house()
    return _person(line)


def _unchanged(line, no):
    return {
        "no": no,
        "title": line.title,
        "similarity": "–" if line.similarity is None else f"{line.similarity:.3f}",
        "reason": line.unchanged_reason,
        "by": line.confirmed_by.name if line.confirmed_by else "–",
        "run": line.unchanged_run,
    }


# --- what is open besides -----------------------------------------------------------------------


def _actions(report):
    rows = ActionPoint.objects.open().filter(report__client=report.client)
    return list(rows.select_related("report", "user", "contact").order_by("due_on", "pk"))


def _action(no, row):
    return {
        "no": no,
        "text": row.text,
        "who": person_of(row.owner),
        "org": row.report.client.name if row.contact_id else "",
        "is_duty": row.contact_id is not None,
        "due_on": row.due_on,
        "report": str(row.report),
    }


def _owed_actions(report, actions):
    """What the client has promised and no line of the report says yet."""
    said = set(report.lines.filter(next_contact__isnull=False).values_list("source_key", flat=True))
    left = [row for row in actions if row.contact_id and f"{ACTION_KEY}{row.pk}" not in said]
    return [
        {
            "no": "", "title": "", "job": "", "next_step": row.text,
            "who": person_of(row.contact), "org": report.client.name, "on": row.due_on,
        }
        for row in left
    ]  # fmt: skip


def _awaiting(model, client):
    """Papers with the client that wait for a signature."""
    rows = model.objects.filter(job__client=client, state=model.State.SENT).select_related("job")
    return [
        {
            "number": str(row),
            "title": row.job.title,
            "job": row.job.number,
            "sent_on": client_day(client, row.sent_at),
            "valid_until": row.valid_until,
            "total": sum_text(row.total),
            "currency": row.currency,
        }
        for row in rows.order_by("sent_at", "pk")
    ]


def _overdue(client, at):
    late = [owed for row in owed_by_client(client, at) for owed in row.owed if owed.is_overdue]
    return [
        {
            "number": owed.invoice.number,
            "title": owed.invoice.job.title,
            "due_on": owed.invoice.due_on,
            "days": owed.days,
            "open": sum_text(owed.amount),
            "currency": owed.invoice.currency,
        }
        for owed in late
    ]
