"""A client with its team and its weekly reports, made through the verbs, for tests."""

from datetime import date

import pytest

from agency.common.clock import run_step
from agency.common.errors import Refused
from agency.common.models import Notification, OutboxMail
from archives.storage import write_mark
from meetings import tasks_status
from meetings.services import status, status_lines, status_sign
from meetings.week import drafted_from
from tests.builders import make_client, make_contact, make_user, when
from tests.jobs.make import make_job

WEEK = date(2026, 11, 23)
MONDAY = when("2026-11-23 06:00")
NOON = when("2026-11-26 19:00")  # Thursday, after 18:00
FRIDAY = when("2026-11-27 10:00")
DUE = when("2026-11-27 17:00")
WHY = "The client is still away at the fair"
SAID = {
    "current": "Second draft of the poster sent to the client",
    "next_step": "Client decides between the two faces",
    "next_on": date(2026, 12, 1),
}
EMPTY = ("research", "media", "finance")


def make_world(code="LM", **fields):
    """What a file keeps: a client with its people, a contact who reads, one job at work."""
    write_mark()
    team = {role: make_user(role, role) for role in ("ae", "am", "ad")}
    client = make_client(code, team=team.values(), **fields)
    contact = make_contact(client, gets_status=True)
    job = make_job(client, team["ae"], "active", title="Poster", due_on=date(2026, 12, 10))
    return {"client": client, "contact": contact, "job": job, **team}


def refusal(action, at=FRIDAY, **kwargs):
    """What a refused verb says, in words."""
    with pytest.raises(Refused) as refused:
        action(at=at, **kwargs)
    return [str(words) for _field, words in refused.value.reasons]


def draft(client, at=MONDAY, week=WEEK):
    return status.draft_status(client=client, week=week, at=at)


def line_of(report, key=None):
    rows = report.lines.filter(is_empty_section=False)
    return rows.get(source_key=key) if key else rows.first()


def write(line, by, at=FRIDAY, **typed):
    return status_lines.edit_line(line=line, typed=typed or SAID, by=by, at=at)


def empty(report, by, *sections, at=FRIDAY):
    for section in sections or EMPTY:
        status_lines.set_empty(report=report, section=section, reason=WHY, by=by, at=at)


def written(client, by, at=FRIDAY, week=WEEK, **typed):
    """The week's draft with everything said that has to be."""
    report = draft(client, drafted_from(client, week), week)
    for line in report.lines.filter(is_empty_section=False):
        write(line, by, at, **typed)
    empty(report, by, at=at)
    return again(report)


def submitted(client, by, at=FRIDAY, **fields):
    return status_sign.submit_status(report=written(client, by, at, **fields), by=by, at=at)


def signed(client, ae, am, at=FRIDAY, **fields):
    report = submitted(client, ae, at, **fields)
    return status_sign.sign_status(report=report, by=am, at=at)


def sent(client, ae, am, at=FRIDAY, **fields):
    return status_sign.send_now(report=signed(client, ae, am, at, **fields), by=am, at=at)


def again(row):
    return type(row).objects.get(pk=row.pk)


def clock(at):
    return [line for step in tasks_status.STEPS for line in run_step(step, at)]


def live(until):
    """The clock of a week that runs: 06:00, 09:00 and 18:05 of each day up to the instant."""
    hours = [when(f"2026-11-{day} {hour}") for day in range(23, 31)
             for hour in ("06:00", "09:00", "18:05")]  # fmt: skip
    for at in [hour for hour in hours if hour < until] + [until]:
        clock(at)


def told(kind, user=None):
    rows = Notification.objects.filter(kind=kind, is_dropped=False).order_by("pk")
    rows = rows.filter(recipient=user) if user else rows
    return [row.label for row in rows]


def mails(contact):
    return OutboxMail.objects.filter(contact_id=contact.pk)


def levels(kind="status_due"):
    rows = Notification.objects.filter(kind=kind, is_dropped=False).order_by("pk")
    return [(row.recipient.username, row.level) for row in rows]


def set_client(client, **fields):
    for name, value in fields.items():
        setattr(client, name, value)
    client.save()
