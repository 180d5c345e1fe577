"""Many clients' years at the ends of their months, summed in the database (6.3, 6.9).

The page of all clients shows figures and no papers: what is signed and billed of production and
media comes as sums by category. Fees, pots, corrections, what is owed and what is on its way come
as rows, and all figures are reckoned by the same `ClientYear`.
"""

from collections import defaultdict
from types import SimpleNamespace

from django.db import connection
from django.db.models import Case, F, Q, When

from budgets.models import Invoice
from budgets.models.budget import ZERO, Category
from budgets.models.invoice import RECEIVABLE
from budgets.reports import standing_rows as rows_of
from budgets.reports.standing_facts import LIVE, Bill, JobRow
from budgets.reports.standing_year import ClientYear
from budgets.years import first_day
from jobs.models import Job

JOB = ("pk", "number", "kind", "state", "budget_year", "client_id")
OPEN = F("total") + F("credited") - F("paid")

# Each move of a job's category falls on a place: the first of the client's instants at which it
# counts. What is left of a job at a place is reckoned job by job, then summed by its changes.
STEPS = """
WITH ends AS (
    SELECT client, array_agg(until ORDER BY until) AS untils, array_agg(day ORDER BY until) AS days
    FROM unnest(%(owners)s::bigint[], %(untils)s::timestamptz[], %(days)s::date[])
        AS e(client, until, day)
    GROUP BY client
), years AS (
    SELECT * FROM ends JOIN unnest(
        %(clients)s::bigint[], %(years)s::int[], %(firsts)s::date[], %(lasts)s::date[]
    ) AS y(client, year, first, last) USING (client)
), signed AS (
    SELECT y.client, e.job_id AS job, 'production' AS category, e.signed_at, e.superseded_at, e.net
    FROM years y
    JOIN jobs_job j ON j.client_id = y.client AND j.budget_year = y.year
    JOIN jobs_estimate e ON e.job_id = j.id
    WHERE e.signed_at IS NOT NULL AND j.budget_year = ANY(%(asked)s::smallint[])
    UNION ALL
    SELECT y.client, p.job_id, 'media', p.signed_at, p.superseded_at, sum(l.media_price
        + l.service_fee + CASE p.mode WHEN 'on_top' THEN l.commission ELSE 0 END)
    FROM budgets_medialine l
    JOIN budgets_mediaplan p ON p.id = l.plan_id
    JOIN jobs_job j ON j.id = p.job_id
    JOIN years y ON y.client = j.client_id AND l.month >= y.first AND l.month < y.last
    WHERE p.signed_at IS NOT NULL AND l.month >= %(first)s AND l.month < %(last)s
    GROUP BY y.client, p.id
), moves AS (
    SELECT client, job, category, net AS signed, 0 AS billed,
        width_bucket(signed_at - interval '1 microsecond', untils) AS place
    FROM signed JOIN ends USING (client)
    UNION ALL
    SELECT client, job, category, -net, 0,
        width_bucket(superseded_at - interval '1 microsecond', untils)
    FROM signed JOIN ends USING (client) WHERE superseded_at IS NOT NULL
    UNION ALL
    SELECT y.client, i.job_id, i.category, 0, i.net, width_bucket(i.issued_on - 1, y.days)
    FROM years y
    JOIN budgets_invoice i ON i.client_id = y.client AND i.budget_year = y.year
    WHERE i.in_budget AND i.issued_at IS NOT NULL AND i.category <> 'fee'
        AND i.budget_year = ANY(%(asked)s::smallint[])
), jobs AS (
    SELECT DISTINCT client, job, category FROM moves
), states AS (
    SELECT DISTINCT ON (job, place) job, place, live FROM (
        SELECT j.job, l.at, l.id, (l.to_state = ANY(%(live)s))::int AS live,
            width_bucket(l.at - interval '1 microsecond', untils) AS place
        FROM (SELECT DISTINCT client, job FROM jobs) j
        JOIN ends USING (client) JOIN jobs_joblog l ON l.job_id = j.job
        UNION ALL
        SELECT j.id, NULL, NULL, (j.state = ANY(%(live)s))::int, 0 FROM jobs_job j
        WHERE j.id IN (SELECT job FROM jobs)
            AND NOT EXISTS (SELECT FROM jobs_joblog l WHERE l.job_id = j.id)
    ) found ORDER BY job, place, at DESC, id DESC
), turns AS (
    SELECT job, place, live - lag(live, 1, 0) OVER (PARTITION BY job ORDER BY place) AS turn
    FROM states
), steps AS (
    SELECT client, job, category, place, sum(signed) AS signed, sum(billed) AS billed,
        sum(turn) AS turn
    FROM (
        SELECT client, job, category, place, signed, billed, 0 AS turn FROM moves
        UNION ALL
        SELECT client, job, category, place, 0, 0, turn FROM turns JOIN jobs USING (job)
        WHERE turn <> 0
    ) found GROUP BY job, category, client, place
), rests AS (
    SELECT client, job, category, place, signed, billed, CASE WHEN sum(turn) OVER so_far > 0
        THEN greatest(sum(signed - billed) OVER so_far, 0) ELSE 0 END AS rest
    FROM steps WINDOW so_far AS (PARTITION BY job, category ORDER BY place)
), changes AS (
    SELECT client, category, place, signed, billed,
        rest - lag(rest, 1, 0::numeric) OVER (PARTITION BY job, category ORDER BY place) AS rest
    FROM rests
)
SELECT client, category, place, sum(signed), sum(billed), sum(rest)
FROM changes GROUP BY client, category, place ORDER BY client, category, place
"""


class SummedYear(ClientYear):
    """A client's year that can be asked for the ends of its months and for its last instant.

    Its jobs, bills and papers are those of the fees; what is on its way stands apart.
    """

    def __init__(self, client, year, end):
        super().__init__(client, year)
        self.end = end
        months = [moment for _month, moment in self.month_ends(end)]
        self.ends = months if end in months else [*months, end]
        self.sums = {moment: [] for moment in self.ends}
        self.on_way, self.signatures = [], []

    def job_rows(self, at, category=None):
        memos = [(row.category, row.memo(at), row.net) for row in self.on_way]
        found = [JobRow(None, name, **{memo: net}) for name, memo, net in memos if memo]
        found += self.sums.get(at, [])
        rows = super().job_rows(at, category)
        return [*rows, *(row for row in found if category in (None, row.category))]

    def signed_at(self, at, category):
        """Known of what is over budget, once `read_causes` was asked."""
        return [row for row in self.signatures if row.category == category]

    def put(self, category, steps):
        """steps: {place: (signed, billed, in execution)}, each what came at that instant."""
        signed = billed = rest = ZERO
        for place, moment in enumerate(self.ends):
            more = steps.get(place, (ZERO, ZERO, ZERO))
            signed, billed, rest = signed + more[0], billed + more[1], rest + more[2]
            self.sums[moment].append(
                JobRow(None, category, signed=signed, billed=billed, in_execution=rest)
            )


def read_sums(years, ends):
    """{client's key: SummedYear} of {client: fiscal year} and {client: instant}."""
    books = {client.pk: SummedYear(client, year, ends[client]) for client, year in years.items()}
    if books:
        rows_of.read_pots(books)
        rows_of.read_corrections(books)
        _read_on_way(books)
        _read_bills(books)
        _read_fee_jobs(books)
        rows_of.read_fees(books)
        _read_steps(books)
    return books


def _read_on_way(books):
    """Papers not signed by the first of the instants: they count in no sum at any."""
    since = min(book.end for book in books.values())
    rows_of.read_estimates(books, _unsigned(since))
    rows_of.read_plans(books, _unsigned(since, "plan__"))
    for book in books.values():
        book.on_way, book.papers = book.papers, []


def _unsigned(since, path=""):
    return Q(**{f"{path}signed_at__isnull": True}) | Q(**{f"{path}signed_at__gt": since})


def _read_bills(books):
    """Fees billed in the year's budget, and what the client owes, of any year."""
    years = {book.year for book in books.values()}
    fees = Q(category=Category.FEE, in_budget=True, budget_year__in=years)
    rows = Invoice.objects.out().filter(fees | RECEIVABLE, client__in=books).order_by()
    for pk, fee, amount, job, category, net, issued_on, *owed in rows.annotate(
        fee=Case(When(fees, then="budget_year")), amount=Case(When(RECEIVABLE, then=OPEN))
    ).values_list("client", "fee", "amount", "job", "category", "net", "issued_on", *OWING):
        if fee == books[pk].year:
            books[pk].bills.append(Bill(job, category, net, issued_on, 0, ""))
        if amount is not None:
            books[pk].owed.append(Bill(job, category, amount, *owed))


OWING = ("due_on", "pk", "number")


def _read_fee_jobs(books):
    """The fee jobs of each year with all that became of them."""
    years = {book.year for book in books.values()}
    rows = Job.objects.filter(kind=Job.Kind.FEE, client__in=books, budget_year__in=years)
    rows = rows.order_by("pk", "logs__at", "logs__pk")
    for row in rows.values(*JOB, "logs__at", "logs__to_state"):
        book = books[row["client_id"]]
        if row["budget_year"] == book.year:
            _put_job(book, **row)


def _put_job(book, logs__at, logs__to_state, **fields):
    pk = fields["pk"]
    book.jobs[pk] = SimpleNamespace(**fields, client=book.client)
    book.states[pk] += [(logs__at, logs__to_state)] if logs__at else []


def _read_steps(books):
    found = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(STEPS, _asked(list(books.values())))
        for client, category, place, *sums in cursor.fetchall():
            found[client][category][place] = sums
    for client, categories in found.items():
        for category, steps in categories.items():
            books[client].put(category, steps)


def _asked(books):
    ends = [(book.client.pk, moment, book.day(moment)) for book in books for moment in book.ends]
    firsts = [first_day(book.client, book.year) for book in books]
    lasts = [first_day(book.client, book.year + 1) for book in books]
    years = [book.year for book in books]
    return {
        "clients": [book.client.pk for book in books], "years": years, "asked": sorted(set(years)),
        "firsts": firsts, "lasts": lasts, "first": min(firsts), "last": max(lasts),
        "owners": [row[0] for row in ends], "untils": [row[1] for row in ends],
        "days": [row[2] for row in ends], "live": [str(state) for state in LIVE],
    }  # fmt: skip
