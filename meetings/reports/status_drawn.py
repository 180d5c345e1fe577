"""A weekly report as its pages draw it: sections with their marks, steps, corrections."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings import copyguard
from meetings.constants import CHANGED_FROM, SEEN_FROM
from meetings.models import StatusLine, StatusReport

State = StatusReport.State
PEOPLE = ("next_user", "next_contact")


@dataclass(frozen=True)
class Mark:
    """A word about a line, with its tone; red bars the signature."""

    words: str
    tone: str


def marks_of(line, stale=()):
    """What the copy guard and the day say of a line."""
    found = []
    if line in stale:
        found.append(Mark(_("not moved since last evening"), "red"))
    if line.is_confirmed:
        found.append(Mark(_confirmed(line), "amber"))
    elif line.verdict == copyguard.COPIED:
        found.append(Mark(_("as last week (%(likeness)s)") % _likeness(line), "red"))
    elif line.verdict == copyguard.HINT:
        found.append(Mark(_("much like last week (%(likeness)s)") % _likeness(line), "amber"))
    if line.ended_on:
        found.append(Mark(_("ended"), "green"))
    return found


def _likeness(line):
    return {"likeness": f"{line.similarity:.0%}"}


def _confirmed(line):
    if line.unchanged_run >= SEEN_FROM:
        return _("unchanged, week %(run)s running") % {"run": line.unchanged_run}
    return _("unchanged, with reason")


def wants_of(line):
    """Who must look at an unchanged line, in a sentence (8.5)."""
    if line.unchanged_run >= CHANGED_FROM:
        return _("The AD is told; the next step or its date must change.")
    return _("The AM must tick it.") if line.unchanged_run >= SEEN_FROM else ""


def drawn_sections(lines, stale=()):
    """[{value, label, lines, empty}] of the four, each line with its marks."""
    found = []
    for section in StatusLine.Section:
        rows = [line for line in lines if line.section == section]
        empty = next((line for line in rows if line.is_empty_section), None)
        worked = [line for line in rows if not line.is_empty_section]
        for line in worked:
            line.marks, line.wants = marks_of(line, stale), wants_of(line)
        found.append(
            {"value": section.value, "label": section.label, "lines": worked, "empty": empty}
        )
    return found


def drawn_steps(report):
    """[(label, kind, at, who)] of the way from the draft to the client."""
    order = [State.DRAFT, State.SUBMITTED, State.SIGNED, State.ISSUED]
    state = State.ISSUED if report.state == State.SUPERSEDED else report.state
    done = order.index(state)
    steps = [
        (_("Draft"), report.created_at, report.created_by),
        (_("Signature of the AE"), report.submitted_at, report.author),
        (_("Signature of the AM"), report.signed_at, report.signed_by),
        (pgettext("step of a status report", "Sent"), report.issued_at, report.issued_by),
    ]
    return [
        (label, "done", at, who) if n <= done else (label, _kind(n, done), None, None)
        for n, (label, at, who) in enumerate(steps)
    ]


def _kind(number, done):
    return "now" if number == done + 1 else "wait"


def drawn_corrections(report):
    """[(line, which text, old, new, by)] of what the AM changed after the AE's signature."""
    return [
        (row.get("line", ""), _field(row["field"]), row["old"], row["new"], row["by"])
        for row in report.corrections
    ]


def _field(name):
    if name in PEOPLE:
        return pgettext("in charge", "who")
    model = StatusReport if name == "summary" else StatusLine
    return model._meta.get_field(name).verbose_name
