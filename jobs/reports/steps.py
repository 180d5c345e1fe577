"""The stepper and the trail of a signed paper: who, when, whose turn (screens.md)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobs.models import Approval, SignedPaper
from jobs.services.steps import due_step

State, Step = SignedPaper.State, Approval.Step
MINUTE = timedelta(minutes=1)
DONE, NOW, WAIT, REFUSED = "done", "now", "wait", "refused"
AFTER_CHAIN = (State.APPROVED, State.SENT, State.SIGNED, State.EXPIRED, State.SUPERSEDED)
SENT = (State.SENT, State.SIGNED, State.EXPIRED, State.SUPERSEDED)
# What the client did.
ANSWERS = {
    Approval.Decision.APPROVED: _("Signed"),
    Approval.Decision.REFUSED: pgettext_lazy("client", "Refused"),
}
LABELS = {
    Step.MANAGER: _("Account manager approves"),
    Step.DIRECTOR: _("Director's office approves"),
    Step.DIRECTOR2: _("Second director approves"),
}


@dataclass(frozen=True)
class Stage:
    """One step: its state, who, when; `people` whose turn it is or who did it."""

    label: str | Promise
    kind: str
    people: tuple = ()
    at: datetime | None = None
    behalf_of: object = None
    note: str | Promise = ""
    due_at: datetime | None = None


def steps_of(row, approvals, fit):
    """[Stage] from the draft to the client's signature; `fit`: whose turn it is now."""
    by_step = {one.step: one for one in approvals}
    stages = [_drafted(row)]
    for step in _steps(row, by_step):
        stages.append(_approval(row, step, by_step.get(step), fit))
    return [*stages, _sent(row), _signed(row, by_step.get(Step.CLIENT))]


def _steps(row, by_step):
    limit = row.job.client.director_limit
    second = Step.DIRECTOR2 in by_step or (limit is not None and row.total > limit)
    return [Step.MANAGER, Step.DIRECTOR, *([Step.DIRECTOR2] if second else [])]


def _drafted(row):
    kind = NOW if row.is_draft else DONE
    person = row.submitted_by or row.author
    return Stage(_("Drafted and handed in"), kind, (person,), row.submitted_at)


def _approval(row, step, done, fit):
    label = LABELS[step]
    if done is not None:
        kind = DONE if done.decision == "approved" else REFUSED
        note = done.reason or (_("Control total agrees") if done.control_total is not None else "")
        return Stage(label, kind, (done.by,), done.at, done.behalf_of, note)
    if due_step(row) == step:
        note = "" if fit else _("No approver: appoint a stand-in")
        return Stage(label, NOW, tuple(fit), note=note, due_at=row.step_due_at)
    return Stage(label, WAIT)


def _sent(row):
    label = _("Sent to the client")
    if row.state == State.APPROVED:
        return Stage(label, NOW, (row.job.ae,))
    person = (row.sent_to,) if row.sent_to else ()
    return Stage(label, DONE if row.sent_at else WAIT, person, row.sent_at)


def _signed(row, done):
    label = _("Client signs")
    if done is not None:
        kind = DONE if done.decision == "approved" else REFUSED
        return Stage(label, kind, (done.contact,), done.at, note=done.reason)
    if row.state == State.SENT:
        note = _("Waits for our second person") if row.answer_id else ""
        last = row.expires_at and row.expires_at - MINUTE  # midnight belongs to the last day
        return Stage(label, NOW, (row.sent_to,), note=note, due_at=last)
    return Stage(label, WAIT)


def trail_of(row, approvals):
    """[(time, who, for whom, what, words)], the newest first."""
    rows = []
    if row.submitted_at:
        rows.append((row.submitted_at, row.submitted_by, None, _("Handed in"), ""))
    rows += [_said(one, one.get_decision_display()) for one in approvals if one.step != Step.CLIENT]
    if row.sent_at:
        rows.append((row.sent_at, row.sent_to, None, _("Got it for signature"), ""))
    rows += [_said(one, ANSWERS[one.decision]) for one in approvals if one.step == Step.CLIENT]
    return sorted(rows, key=lambda one: one[0])[::-1]


def _said(one, what):
    return one.at, one.person, one.behalf_of, what, one.reason
