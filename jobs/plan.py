"""Dates of a plan: counted back over working days, compared between versions (R62–R67)."""

from dataclasses import dataclass
from datetime import date

from agency.common.dates import add_working_days, shift

# What a version is told of; the order in which it is said.
TOLD = ("due_on", "starts_on", "owner", "person")


def count_back(due_on, days_before, days_long, calendar):
    """(first, last) day of a step that ends so many working days before the due date.

    A due date on a day off counts from the working day before it; make-up workdays are worked.
    """
    anchor = shift(due_on, calendar, back=True)
    last = add_working_days(anchor, -days_before, calendar)
    return add_working_days(last, 1 - days_long, calendar) if days_long > 1 else last, last


@dataclass(frozen=True)
class Move:
    """One thing that a new version changes: `what` is one of TOLD, "added" or "dropped"."""

    row: object
    what: str
    old: object = None
    new: object = None

    @property
    def is_slip(self):
        return self.what == "due_on" and self.old is not None and self.new > self.old


def moves(old_rows, new_rows):
    """[Move] from one version to the next, in the order of the new plan, dropped rows last."""
    before = {row.thread: row for row in old_rows}
    found = []
    for row in new_rows:
        old = before.pop(row.thread, None)
        if old is None:
            found.append(Move(row, "added", None, row.due_on))
            continue
        found += [
            Move(row, name, getattr(old, name), getattr(row, name))
            for name in TOLD
            if getattr(old, name) != getattr(row, name)
        ]
    return found + [Move(row, "dropped", row.due_on) for row in before.values()]


def final_of(rows):
    """The row that ends the plan; None without rows."""
    return max(rows, key=lambda row: (row.due_on, row.position), default=None)


def days_late(row, today):
    """How many days the row is or was late; 0 when it is not."""
    until: date = row.done_on or today
    return max((until - row.due_on).days, 0)
