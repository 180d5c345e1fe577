"""Over-commitment (R37): what a signature would do to the budget, and which one went too far.

Each signed or authorised paper is judged once: who was told of it, or a dropped slot where there
was nothing to tell, is its mark. So a tick on which nothing was signed reads no year.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef

from agency.common.models import Notification
from budgets.models import AnnualBudget, MediaPlan
from budgets.models.budget import ZERO
from budgets.reports.standing import after_signing
from budgets.reports.standing_facts import Standing
from budgets.reports.standing_rows import read_years
from budgets.reports.standing_year import INSTANT
from budgets.years import fiscal_year
from jobs.models import Estimate

KIND = "over_commit"
# So long before the newest paper judged one is looked for that could not be judged in its turn.
TRIED_AGAIN = timedelta(days=7)
# Papers of a kind that one tick takes up; the next one goes on.
AT_ONCE = 100


@dataclass(frozen=True)
class Over:
    """A paper that took a category's budget below nothing, and where it stood right after."""

    paper: object
    client: object
    row: Standing

    @property
    def excess(self):
        return -self.row.unexecuted

    def __str__(self):
        return f"{self.paper}: {self.row.category} over by {self.excess}"


def after_estimate(estimate, at):
    """The Standing of the production budget once the client signs the estimate.

    A new base takes the place of the one in force and of the change orders it takes in.
    """
    return after_signing(estimate.job, estimate.net, at, replaces=_replaced(estimate))


def _replaced(estimate):
    signed = Estimate.objects.signed().filter(job=estimate.job)
    rows = signed.filter(change=estimate.change)
    rows |= signed.filter(pk__in=estimate.includes.values("pk"))
    return sum((row.net for row in rows), ZERO)


@dataclass(frozen=True)
class Judged:
    """A paper with what it did: `over` is None where it stayed within the budget."""

    paper: object
    client: object
    over: Over | None


def to_judge(at):
    """[Judged] of the papers signed or authorised by now that nobody has judged yet."""
    waiting = [*_signed(Estimate, at), *_signed(MediaPlan, at), *_authorised(at)]
    books = _books(waiting)
    return [
        Judged(
            paper, client, _first_over(paper, moment, [books[client.pk, year] for year in years])
        )
        for paper, client, years, moment in waiting
    ]


def _first_over(paper, moment, books):
    found = (_over(book, paper, moment) for book in books)
    return next((over for over in found if over), None)


def _signed(model, at):
    rows = _unjudged(model.objects.select_related("job__client"), "signed_at", at)
    for row in rows:
        client = row.job.client
        yield row, client, _years(row, client), row.signed_at


def _years(paper, client):
    """The fiscal years a paper counts in: its job's, of a plan those of its lines."""
    if isinstance(paper, Estimate):
        return [paper.job.budget_year]
    months = paper.lines.order_by("month").values_list("month", flat=True).distinct()
    return sorted({fiscal_year(client, month) for month in months})


def _authorised(at):
    rows = _unjudged(AnnualBudget.objects.select_related("client"), "authorised_at", at)
    for row in rows:
        yield row, row.client, [row.year], row.authorised_at


def _unjudged(rows, field, at):
    """The oldest that lack a mark, from a little before the newest paper that has one."""
    marks = Notification.objects.filter(
        kind=KIND, subject_type=rows.model._meta.label_lower, subject_id=OuterRef("pk")
    )
    rows = rows.filter(**{f"{field}__lte": at})
    marked = rows.filter(Exists(marks)).order_by(f"-{field}")
    if last := marked.values_list(field, flat=True).first():
        rows = rows.filter(**{f"{field}__gt": last - TRIED_AGAIN})
    return rows.exclude(Exists(marks)).order_by(field, "pk")[:AT_ONCE]


def _books(waiting):
    """{(client's key, year): ClientYear}, all clients of a round at once."""
    wanted = defaultdict(dict)
    for _paper, client, years, _moment in waiting:
        for year in years:
            wanted[client.pk][year] = client
    found = {}
    while any(wanted.values()):
        batch = dict(years.popitem()[::-1] for years in wanted.values() if years)
        found |= {(pk, book.year): book for pk, book in read_years(batch).items()}
    return found


def _over(book, paper, moment):
    """Over, where the instant of the paper took more and left less than nothing."""
    before = {row.category: row for row in book.rows(moment - INSTANT)}
    for row in book.rows(moment):
        was = before[row.category]
        if row.is_over and (row.unexecuted < was.unexecuted or not was.has_budget):
            return Over(paper, book.client, row)
    return None
