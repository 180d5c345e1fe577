"""Rows of the home page: what needs a person now. Every app's reports.awaiting() gives them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from agency.common.dates import DAY, MIDNIGHT, local_instant


@dataclass(frozen=True)
class Duty:
    """One sentence with one button.

    group: verb in the hanging column ("Issue"); sentence: what it is; detail: small second line;
    due_at: aware instant or None; due_on: the day, where only a day is due (due_at is its end,
    by the agency's clock unless said);
    url, button: where the button leads and its verb; clock: hours of the full ring (24 for a
    contact report, 0 for none); urgent: first of all (a breach of the 24 hours, or something
    that starts within 30 minutes); person: whose duty (AM and AD lists).
    """

    group: str | Promise
    sentence: str
    url: str
    button: str | Promise
    client: str = ""
    detail: str = ""
    due_at: datetime | None = None
    due_on: date | None = None
    clock: int = 0
    urgent: bool = False
    is_client: bool = False
    person: object = field(default=None, compare=False)

    def __post_init__(self):
        if self.due_at is None and self.due_on:
            object.__setattr__(self, "due_at", local_instant(self.due_on + DAY, MIDNIGHT))
