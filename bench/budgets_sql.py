"""The page of all clients as one aggregate: what a bare driver needs for the same figures.

A row a client, category and end of a month up to the instant: billed, and in execution of the jobs
that were alive then. Budgets and the plan of a month are of the version then in force.
"""

STANDINGS = """
WITH clients AS (
    SELECT id, timezone, make_date(%(year)s, fiscal_start_month::int, 1) AS first
    FROM accounts_client
), ends AS (
    SELECT c.id AS client, LEAST((m + interval '1 month') AT TIME ZONE c.timezone, %(at)s) AS until,
        m::date AS month, row_number() OVER (PARTITION BY c.id ORDER BY m) AS place
    FROM clients c, generate_series(c.first, c.first + interval '11 months', '1 month') m
    WHERE m <= %(at)s AT TIME ZONE c.timezone
), moves AS (
    SELECT j.client_id AS client, j.id AS job, 'production' AS category, e.signed_at AS since,
        e.superseded_at AS gone, e.net AS signed, 0 AS billed
    FROM jobs_estimate e JOIN jobs_job j ON j.id = e.job_id
    WHERE j.budget_year = %(year)s AND e.signed_at <= %(at)s
    UNION ALL
    SELECT c.id, p.job_id, 'media', p.signed_at, p.superseded_at, sum(l.media_price + l.service_fee
        + CASE p.mode WHEN 'on_top' THEN l.commission ELSE 0 END), 0
    FROM clients c JOIN jobs_job j ON j.client_id = c.id
    JOIN budgets_mediaplan p ON p.job_id = j.id JOIN budgets_medialine l ON l.plan_id = p.id
    WHERE l.month >= c.first AND l.month < c.first + interval '1 year' AND p.signed_at <= %(at)s
    GROUP BY 1, 2, 4, 5
    UNION ALL
    SELECT i.client_id, i.job_id, i.category, i.issued_on::timestamp AT TIME ZONE c.timezone, NULL,
        0, i.net
    FROM budgets_invoice i JOIN clients c ON c.id = i.client_id
    WHERE i.budget_year = %(year)s AND i.in_budget AND i.issued_at IS NOT NULL
), sums AS (
    SELECT e.client, e.until, m.job, m.category, sum(m.signed) AS signed, sum(m.billed) AS billed
    FROM ends e JOIN moves m ON m.client = e.client AND m.since < e.until
        AND (m.gone IS NULL OR m.gone > e.until)
    GROUP BY 1, 2, 3, 4
), states AS (
    SELECT l.job_id AS job, l.to_state AS state, l.at,
        lead(l.at) OVER (PARTITION BY l.job_id ORDER BY l.at, l.id) AS gone
    FROM jobs_joblog l WHERE l.job_id IN (SELECT job FROM moves)
), standings AS (
    SELECT s.client, s.until, s.category, sum(s.billed) AS billed,
        sum(greatest(s.signed - s.billed, 0)) FILTER (
            WHERE t.state IN ('approved', 'active', 'delivered')) AS in_execution
    FROM sums s JOIN states t ON t.job = s.job AND t.at <= s.until
        AND (t.gone IS NULL OR t.gone > s.until)
    GROUP BY 1, 2, 3
), pots AS (
    SELECT e.client, e.until, l.category, sum(l.amount) AS budget, sum((
        SELECT sum(planned) FROM unnest(ARRAY[m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11,
        m12]) WITH ORDINALITY AS p(planned, place) WHERE p.place <= e.place)) AS planned
    FROM ends e JOIN budgets_annualbudget b ON b.client_id = e.client AND b.year = %(year)s
        AND b.authorised_at <= e.until AND (b.superseded_at IS NULL OR b.superseded_at > e.until)
    JOIN budgets_budgetline l ON l.budget_id = b.id
    GROUP BY 1, 2, 3
)
SELECT client, until, category, budget, billed, in_execution, budget - billed - in_execution,
    planned
FROM pots FULL JOIN standings USING (client, until, category) ORDER BY 1, 3, 2
"""
# The same without the months behind: as it stands now.
NOW = STANDINGS.replace("WHERE m <=", "WHERE m + interval '1 month' > %(at)s AND m <=")
