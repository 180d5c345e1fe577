"""Suggestions to clients: an idea is proposed, accepted or declined, and becomes a job (R76)."""

from django.utils.translation import gettext as _

from accounts.models import Client
from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.money import NOTHING, cents
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.papers import client_day
from jobs.models import Suggestion
from jobs.services.job import request_job
from jobs.sums import MOST

RIGHT = "budgets.edit_opportunity"
FACTS = ("idea", "origin", "brand", "value")
State = Suggestion.State


@verb
def create_suggestion(*, client, by, at, form_key=None, **values):
    """Somebody of ours had an idea for the client."""
    behalf = require(by, RIGHT, client, at)
    if client.status == Client.Status.CLOSED:
        raise Refused(_("This client is closed."), "client")
    row = Suggestion(
        client=client, by=by, form_key=form_key, created_by=by, created_at=at, **_known(values)
    )
    _check(row)
    row, is_new = once(row)
    if is_new:
        record(row, "create_suggestion", by=by, at=at, client=client, behalf_of=behalf)
    return row


def _known(values):
    return {name: value for name, value in values.items() if name in FACTS}


def _check(row):
    """Refused where a fact cannot be."""
    row.idea = row.idea.strip()
    if not row.idea:
        raise Refused(_("Say in a few words what is suggested."), "idea")
    if row.brand is not None and row.brand.client_id != row.client_id:
        raise Refused(_("This belongs to another client."), "brand")
    if row.value is not None:
        if not NOTHING < row.value <= MOST:
            raise Refused(_("Please enter an amount above zero."), "value")
        row.value = cents(row.value)


@verb
def update_suggestion(*, suggestion, by, at, row_version=None, **values):
    """Say it better, as long as the client has not answered."""
    row, behalf = _opened(suggestion, by, at, row_version, State.IDEA, State.PROPOSED)
    changes = {}
    for name, value in _known(values).items():
        if getattr(row, name) != value:
            changes[name] = [getattr(row, name), value]
            setattr(row, name, value)
    _check(row)
    if changes:
        save(row)
        record(row, "update_suggestion", by=by, at=at, client=row.client, behalf_of=behalf,
               **changes)  # fmt: skip
    return row


def _opened(suggestion, by, at, row_version, *states):
    """(the row locked and in one of the states, for whom the person acts)."""
    row = lock(suggestion)
    behalf = require(by, RIGHT, row.client, at)
    check_version(row, row_version)
    check_state(row, *states)
    return row, behalf


@verb
def propose_suggestion(*, suggestion, proposed_on, by, at, row_version=None):
    """The client has heard of it."""
    row, behalf = _opened(suggestion, by, at, row_version, State.IDEA)
    _check_day(row, proposed_on, "proposed_on", at)
    row.state, row.proposed_on = State.PROPOSED, proposed_on
    save(row)
    record(row, "propose_suggestion", by=by, at=at, client=row.client, behalf_of=behalf)
    return row


def _check_day(row, day, field, at):
    if day > client_day(row.client, at):
        raise Refused(_("This day is still to come."), field)


@verb
def decide_suggestion(*, suggestion, outcome, decided_on, by, at, result="", row_version=None):
    """The client wants it, or not and why."""
    row, behalf = _opened(suggestion, by, at, row_version, State.PROPOSED)
    if outcome not in (State.ACCEPTED, State.DECLINED):
        raise Refused(_("Please say whether it is accepted or declined."), "outcome")
    _check_day(row, decided_on, "decided_on", at)
    if decided_on < row.proposed_on:
        raise Refused(_("It was proposed on %(day)s.") % {"day": row.proposed_on}, "decided_on")
    is_declined = outcome == State.DECLINED
    row.result = check_reason(result, "result") if is_declined else result.strip()
    row.state, row.decided_on = outcome, decided_on
    save(row)
    record(row, "decide_suggestion", by=by, at=at, client=row.client, behalf_of=behalf,
           state=row.state, reason=row.result)  # fmt: skip
    return row


@verb
def job_of_suggestion(
    *, suggestion, by, at, row_version=None, job=None, title="", due_on=None, kind="production"
):
    """What the client has accepted becomes a job: one that is there, or one asked for now."""
    row, behalf = _opened(suggestion, by, at, row_version, State.ACCEPTED)
    if row.job_id:
        raise Refused(_("It has become %(job)s already.") % {"job": row.job})
    if job is None:
        if not title.strip() or due_on is None:
            raise Refused(_("A new job needs a title and a due date."), "title")
        job = request_job(client=row.client, title=title.strip(), kind=kind, due_on=due_on,
                          brand=row.brand, by=by, at=at)  # fmt: skip
    elif job.client_id != row.client_id or hasattr(job, "suggestion"):
        raise Refused(_("This job cannot be taken."), "job")
    row.job = job
    save(row)
    record(row, "job_of_suggestion", by=by, at=at, client=row.client, behalf_of=behalf, job=job)
    return row
