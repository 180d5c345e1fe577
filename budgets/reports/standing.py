"""Where each amount of the clients' years stands at a cut-off, and the lists behind (6.3, 6.4)."""

from decimal import Decimal

from budgets.models.budget import ZERO
from budgets.reports.standing_facts import SUMMED, Standing
from budgets.reports.standing_rows import read_years
from budgets.reports.standing_year import year_at


def standing(client, year, at):
    """[Standing] of production, media and fee: budget, billed, in execution, unexecuted."""
    return book_of(client, year).rows(at)


def standing_jobs(client, year, at, category=None):
    """[JobRow] behind the figures: their sums are the figures of `standing`."""
    return book_of(client, year).job_rows(at, category)


def standings(clients, at):
    """{client's key: [Standing]} of the fiscal years that hold the cut-off, for many at once."""
    return {pk: book.rows(at) for pk, book in books_of(clients, at).items()}


def book_of(client, year):
    return read_years({client: year})[client.pk]


def books_of(clients, at):
    """{client's key: ClientYear} of the fiscal years that hold the cut-off."""
    return read_years({client: year_at(client, at) for client in clients})


def frozen(rows):
    """The figures as they are kept in a report: text of each, by category."""
    return {
        row.category: {name: str(getattr(row, name)) for name in SUMMED}
        for row in rows
        if not row.is_empty
    }


def thawed(kept):
    """[Standing] of what `frozen` made."""
    return [
        Standing(category, **{name: Decimal(value) for name, value in figures.items()})
        for category, figures in kept.items()
    ]


def after_signing(job, net, at, replaces=ZERO):
    """The Standing of the job's category if the client signed `net` more now.

    replaces: the net of what the new paper takes the place of.
    """
    row = next(row for row in standing(job.client, job.budget_year, at) if row.category == job.kind)
    return row.with_more(net - replaces)
