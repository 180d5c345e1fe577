"""The monthly fee: what was agreed at which instant, and which months of a year it covers (6.3).

The terms of a contract count from the instant at which they were entered until they were changed
or archived. What is entered late changes no cut-off before: the running month makes it good.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from accounts.models import Contract
from agency.common.context import once
from budgets.years import months_of
from jobs.models import Job


@dataclass(frozen=True)
class Agreed:
    """The terms of a contract's fee from one instant to another."""

    contract: Contract
    monthly_fee: Decimal
    starts_on: date
    ends_on: date | None
    since: datetime
    until: datetime | None

    def holds(self, at):
        return self.since <= at and (self.until is None or self.until > at)


def agreed_fees(clients):
    """{client's key: [Agreed]} with a fee, the latest start first: all there ever was; asked once
    a page."""
    keys = frozenset(getattr(client, "pk", client) for client in clients)
    return once(("agreed fees", keys), lambda: _agreed(keys))


def _agreed(keys):
    found = defaultdict(list)
    rows = Contract.objects.with_former().filter(client__in=keys)
    for _pk, of_one in groupby(rows, key=lambda row: row.pk):
        for row in _in_turn(list(of_one)):
            if row.monthly_fee > 0:
                found[row.contract.client_id].append(row)
    for terms in found.values():
        terms.sort(key=lambda row: (row.starts_on, row.contract.pk), reverse=True)
    return found


def _in_turn(rows):
    """What one contract said, from when it was entered; an archived one says nothing more."""
    row, since = rows[0], rows[0].created_at
    for former in rows:
        if former.former_until is not None:
            yield Agreed(
                row, former.former_monthly_fee, former.former_starts_on, former.former_ends_on,
                since, former.former_until,
            )  # fmt: skip
            since = former.former_until
    if not row.is_archived:
        yield Agreed(row, row.monthly_fee, row.starts_on, row.ends_on, since, None)


def holding(agreed, at):
    """Those that held at the instant."""
    return [row for row in agreed if row.holds(at)]


def fee_contracts(client):
    """The client's contracts with a monthly fee now, the latest start first."""
    rows = Contract.objects.in_force().filter(client=client, monthly_fee__gt=0)
    return list(rows.order_by("-starts_on", "-pk"))


def fee_months(job, terms):
    """[(month, terms)] of the job's budget year: who covers the first of the month."""
    found = []
    for month in months_of(job.client, job.budget_year):
        covering = (row for row in terms if _covers(row, month))
        found += [(month, row) for row in [next(covering, None)] if row]
    return found


def fee_turns(job, agreed):
    """[(month, terms, since, until)]: who goes first in a month of the job's year, and how long."""
    return [
        (month, *turn)
        for month in months_of(job.client, job.budget_year)
        for turn in _turns([row for row in agreed if _covers(row, month)])
    ]


def _turns(agreed):
    """The first of those that hold, from one change to the next that makes it another fee."""
    moments = {row.since for row in agreed} | {row.until for row in agreed if row.until}
    firsts = [(moment, next(iter(holding(agreed, moment)), None)) for moment in sorted(moments)]
    turns = [next(same) for _fee, same in groupby(firsts, key=lambda pair: _fee_of(pair[1]))]
    ends = [*(moment for moment, _row in turns), None][1:]
    return [(row, since, until) for (since, row), until in zip(turns, ends, strict=True) if row]


def _fee_of(row):
    return row and (row.contract.pk, row.monthly_fee)


def _covers(terms, day):
    return terms.starts_on <= day and (terms.ends_on is None or terms.ends_on >= day)


def bearers(jobs):
    """Of several fee jobs of a client and year the first that was not ended bears the fee."""
    ended = [Job.State.REQUESTED, Job.State.REJECTED, Job.State.CANCELLED]
    rows = Job.objects.filter(
        kind=Job.Kind.FEE, client__in={job.client_id for job in jobs},
        budget_year__in={job.budget_year for job in jobs},
    ).exclude(state__in=ended)  # fmt: skip
    first = {}
    for client, year, pk in rows.order_by("pk").values_list("client", "budget_year", "pk"):
        first.setdefault((client, year), pk)
    return [job for job in jobs if first.get((job.client_id, job.budget_year)) == job.pk]
