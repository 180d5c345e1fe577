"""The statements that copy a client's year: what each row takes from the number of its job.

Of each kind the source of its copies, and the columns that differ from the row copied (`t`).
"""

N = "(j.id - %(low)s)"
DAY_OF = "AT TIME ZONE 'Asia/Shanghai'"
BEGUN = f"((%(first)s::date + (n - 1) * %(days)s / %(size)s + time '10:00') {DAY_OF})"
IS_OVER = "(%(is_past)s OR n <= 0.7 * %(size)s)"
SIGNED = f"(%(is_past)s OR mod({N}, 25) <> 13 AND j.requested_at < %(week)s)"
ON_WAY = f"CASE WHEN {SIGNED} THEN 'signed' WHEN mod({N}, 2) = 0 THEN 'draft' ELSE 'sent' END"
NET = f"(8000.37 + mod({N} * 7919, 50000))"
PRICE = f"(4000 + mod({N} * 31, 3000))::numeric"
MONTH = (
    f"(LEAST(date_trunc('month', j.requested_at {DAY_OF}), date_trunc('month', %(last)s::date)"
    " - interval '2 months') + k / 2 * interval '1 month')::date"
)
SOURCES = {
    "of_year": "j.id > %(low)s AND j.id <= %(high)s",
    "n": N,
    "signed": SIGNED,
    "month": MONTH,
    "over": "unnest(%(over)s::date[]) WITH ORDINALITY AS m(month, k)",
}


def later(days, condition="true"):
    """So many days after the job began, where it has come so far."""
    moment = f"LEAST(j.requested_at + interval '{days} days', %(now)s)"
    return f"CASE WHEN {condition} THEN {moment} END"


def halved(column, parts):
    """One of so many parts of a sum; the last takes the rest."""
    part = f"round({column} / {parts}, 2)"
    return f"CASE k WHEN {parts} THEN {column} - {part} * {parts - 1} ELSE {part} END"


def kept_if(column, condition):
    return f'CASE WHEN {condition} THEN t."{column}" END'


JOB = {
    "id": "%(low)s + n", "title": "'Job ' || n", "budget_year": "%(year)s",
    "number": "%(code)s || '-' || mod(%(year)s, 100) || '-' || lpad(n::text, 3, '0')",
    "kind": "CASE WHEN n = 1 THEN 'fee' WHEN mod(n, 4) = 2 THEN 'media' ELSE 'production' END",
    "requested_at": BEGUN, "approved_at": BEGUN, "due_on": f"({BEGUN} + interval '45 days')::date",
    "closed_at": f"CASE WHEN {IS_OVER} AND (n > 1 OR %(is_past)s)"
    f" THEN LEAST({BEGUN} + interval '40 days', %(now)s) END",
    "state": "CASE WHEN n = 1 AND NOT %(is_past)s THEN 'active' WHEN mod(n, 40) = 39"
    f" THEN 'cancelled' WHEN {IS_OVER} THEN 'closed' WHEN n <= 0.8 * %(size)s THEN 'delivered'"
    " WHEN n <= 0.95 * %(size)s THEN 'active' ELSE 'approved' END",
}  # fmt: skip
STEPS = (
    "jobs_job j, (VALUES (1, 0, 'requested', 'approved'), (2, 3, 'approved', 'active'),"
    " (3, 20, 'active', 'delivered'), (4, 39, 'delivered', 'closed'),"
    " (5, 5, 'approved', 'cancelled')) s(k, after, was, came) WHERE {of_year}"
    " AND CASE WHEN j.state = 'cancelled' THEN came IN ('approved', 'cancelled')"
    " ELSE array_position('{{approved,active,delivered,closed}}'::text[], came)"
    " <= array_position('{{approved,active,delivered,closed}}'::text[], j.state::text) END"
)
LOG = {
    "id": "j.id * 10 + k", "job_id": "j.id", "from_state": "was", "to_state": "came",
    "at": "LEAST(j.requested_at + after * interval '1 day', %(now)s)",
}  # fmt: skip
NOT_DRAFT = f"{ON_WAY} <> 'draft'"
PAPER = {
    "id": "j.id * 10", "job_id": "j.id", "state": ON_WAY,
    "created_at": later(2), "submitted_at": later(3, NOT_DRAFT), "sent_at": later(4, NOT_DRAFT),
    "signed_at": later(6, SIGNED), "signed_by_id": kept_if("signed_by_id", SIGNED),
    "answer_id": kept_if("answer_id", SIGNED), "expires_at": later(34, NOT_DRAFT),
}  # fmt: skip


def estimate(net, change):
    label = f"'/CO{change}'" if change else "''"
    return {
        **PAPER, "id": f"j.id * 10 + {change}", "change": str(change),
        "number": f"CASE WHEN {NOT_DRAFT} THEN j.number || '/PE' || {label} ELSE '' END",
        "subtotal": net, "net": net, "cost": f"round({net} * 0.85, 2)",
        "vat": f"round({net} * 0.06, 2)", "total": f"{net} + round({net} * 0.06, 2)",
    }  # fmt: skip


PLAN = {
    **PAPER, "number": f"CASE WHEN {NOT_DRAFT} THEN j.number || '/MP' ELSE '' END",
    "title": "j.title", "gross": f"6 * {PRICE}", "media_price": f"6 * {PRICE}",
    "client_net": f"6 * {PRICE}", "commission": f"6 * round({PRICE} * 0.15, 2)",
    "vat": f"round(6 * {PRICE} * 0.06, 2)", "total": f"6 * {PRICE} + round(6 * {PRICE} * 0.06, 2)",
}  # fmt: skip
HAS_RUN = f"{MONTH} + 31 < %(today)s AND p.state = 'signed'"
MEDIA_LINE = {
    "id": "p.id * 10 + k", "plan_id": "p.id", "position": "k + 1", "month": MONTH,
    "thread": "md5((p.id * 10 + k)::text)::uuid",
    "medium": "CASE mod(k, 2) WHEN 0 THEN 'tv' ELSE 'print' END", "unit_gross": PRICE,
    "gross": PRICE, "media_price": PRICE, "commission": f"round({PRICE} * 0.15, 2)",
    "run_ok": f"CASE WHEN {HAS_RUN} THEN 'run' ELSE 'open' END",
    "proof_id": f"CASE WHEN {HAS_RUN} THEN p.client_document_id END",
}  # fmt: skip
ESTIMATE_LINE = {
    "id": "e.id * 10 + k", "estimate_id": "e.id", "position": "k",
    "price": halved("e.net", 4), "cost": halved("e.cost", 4),
}  # fmt: skip
OF_ESTIMATE = "jobs_job j JOIN jobs_estimate e ON e.job_id = j.id"
OF_PLAN = "jobs_job j JOIN budgets_mediaplan p ON p.job_id = j.id"
AT_ESTIMATE = {"id": "e.id", "estimate_id": "e.id", "at": "e.submitted_at"}

# --- money -------------------------------------------------------------------------------------

BILLED = "AND j.state <> 'cancelled' AND a.day <= %(today)s"
PRODUCTION = (
    f"{OF_ESTIMATE}, (VALUES (1, 0.6, 15), (2, 0.4, 30), (3, 1.0, 30)) s(k, share, after),"
    " LATERAL (SELECT (e.id - j.id * 10) * 4 + k AS place, 'production' AS kind, e.id AS estimate,"
    " NULL::bigint AS plan, NULL::bigint AS contract,"
    f" (j.requested_at {DAY_OF})::date + after AS day, 0.85 AS cost, CASE k WHEN 2"
    " THEN e.net - round(e.net * 0.6, 2) ELSE round(e.net * share, 2) END AS net) a"
    f" WHERE {{of_year}} AND e.state = 'signed' AND (k = 3) = (mod({{n}}, 7) <> 0) {BILLED}"
)
MEDIA = (
    f"{OF_PLAN}, generate_series(0, 4, 2) k, LATERAL (SELECT k AS place, 'media' AS kind,"
    " NULL::bigint AS estimate, p.id AS plan, NULL::bigint AS contract, {month} + 27 AS day,"
    f" 0.85 AS cost, 2 * {PRICE} AS net) a"
    f" WHERE {{of_year}} AND p.state = 'signed' {BILLED}"
)
FEE = (
    "jobs_job j, {over}, LATERAL (SELECT k AS place, 'fee' AS kind, NULL::bigint AS estimate,"
    " NULL::bigint AS plan, %(low)s AS contract, m.month + 27 AS day, 0 AS cost, 30000.00 AS net) a"
    f" WHERE {{of_year}} AND {{n}} = 1 {BILLED}"
)
TOTAL = "(a.net + round(a.net * 0.06, 2))"
IS_PAID = f"(%(is_past)s OR a.day + 50 < %(today)s AND mod({N}, 12) <> 7)"
IS_PART = f"(a.day + 30 < %(today)s AND mod({N}, 12) = 7)"
INVOICE = {
    "id": "j.id * 20 + a.place", "job_id": "j.id", "kind": "a.kind", "category": "j.kind",
    "budget_year": "%(year)s", "number": "'new ' || j.id * 20 + a.place",
    "estimate_id": "a.estimate", "plan_id": "a.plan", "contract_id": "a.contract",
    "net": "a.net", "vat": "round(a.net * 0.06, 2)", "total": TOTAL,
    "cost": "round(a.net * a.cost, 2)", "issued_on": "a.day", "due_on": "a.day + 30",
    "issued_at": f"(a.day + time '12:00') {DAY_OF}",
    "paid": f"CASE WHEN {IS_PAID} THEN {TOTAL} WHEN {IS_PART} THEN round({TOTAL} / 2, 2)"
    " ELSE 0 END",
    "state": f"CASE WHEN {IS_PAID} THEN 'paid' WHEN {IS_PART} THEN 'part_paid' ELSE 'issued' END",
}  # fmt: skip
CREDITED = (
    "jobs_job j JOIN budgets_invoice i ON i.job_id = j.id, LATERAL (SELECT round(i.net / 3, 2)"
    " AS net) a WHERE {of_year} AND i.id = j.id * 20 + 3 AND mod({n}, 40) = 5"
    " AND i.issued_on + 10 <= %(today)s"
)
CREDIT = {
    "id": "i.id + 16", "job_id": "j.id", "kind": "'credit'", "credits_id": "i.id",
    "category": "j.kind", "budget_year": "%(year)s", "number": "'new ' || i.id + 16",
    "estimate_id": "i.estimate_id", "net": "-a.net", "vat": "-round(a.net * 0.06, 2)",
    "total": f"-{TOTAL}", "cost": "round(-0.85 * a.net, 2)", "issued_on": "i.issued_on + 10",
    "due_on": "NULL", "issued_at": "i.issued_at + interval '10 days'", "paid": "0",
    "state": "'issued'",
}  # fmt: skip
OF_INVOICE = "jobs_job j JOIN budgets_invoice i ON i.job_id = j.id"
INVOICE_LINE = {
    "id": "i.id * 10 + k", "invoice_id": "i.id", "position": "k", "text": "'Part ' || k",
    "net": "CASE WHEN i.credits_id IS NULL THEN " + halved("i.net", 3) + " ELSE i.net END",
    "estimate_line_id": "CASE WHEN i.estimate_id IS NOT NULL THEN i.estimate_id * 10 + k END",
    "quantity": "1", "unit_price": "NULL",
}  # fmt: skip
PAYMENT = {
    "id": "i.id", "invoice_id": "i.id", "amount": "i.paid", "reference": "i.number",
    "on": "LEAST(i.due_on, %(today)s)", "at": "LEAST(i.issued_at + interval '30 days', %(now)s)",
}  # fmt: skip

# --- the year ----------------------------------------------------------------------------------

VERSIONS = "(VALUES (1, 'superseded', 20), (2, 'authorised', NULL)) s(k, state, days) WHERE true"
AUTHORISED = "%(authorised)s::timestamptz + (k - 1) * interval '20 days'"
BUDGET = {
    "id": "%(low)s * 10 + k", "year": "%(year)s", "version": "k", "state": "s.state",
    "authorised_at": AUTHORISED, "authorised_on": f"({AUTHORISED})::date",
    "superseded_at": "%(authorised)s::timestamptz + days * interval '1 day'",
    "reason": "CASE WHEN k > 1 THEN 'More for the autumn' ELSE '' END",
}  # fmt: skip
BUDGET_LINE = {"id": "(%(low)s * 10 + k)::bigint * 10000 + t.id", "budget_id": "%(low)s * 10 + k"}
IS_DRAFT = "m.month IS NOT DISTINCT FROM %(drafted)s::date"
END = f"((m.month + interval '1 month') {DAY_OF})"
REPORT = {
    "id": "%(low)s + k", "month": "m.month", "budget_id": "%(low)s * 10 + 2", "cutoff_at": END,
    "due_at": f"{END} + interval '6 days'", "number": f"CASE WHEN {IS_DRAFT} THEN '' ELSE"
    " %(code)s || '/MB/' || to_char(m.month, 'YYYY/MM') END",
    "state": f"CASE WHEN {IS_DRAFT} THEN 'draft' ELSE 'issued' END",
    **dict.fromkeys(
        ("submitted_at", "signed_at", "issued_at"),
        f"CASE WHEN NOT ({IS_DRAFT}) THEN {END} + interval '4 days' END",
    ),
    **{name: kept_if(name, f"NOT ({IS_DRAFT})")
       for name in ("author_id", "signed_by_id", "document_id", "internal_document_id")},
}  # fmt: skip
ADJUSTMENT = {"id": "%(low)s", "report_id": "r.id", "signed_at": "r.signed_at"}
CONTRACT = {
    "id": "%(low)s", "number": "%(code)s || '-K-' || %(year)s", "starts_on": "%(first)s",
    "ends_on": "%(last)s",
}  # fmt: skip
CHANCE = {
    "id": "%(low)s + k", "month": "(%(first)s::date + k * interval '1 month')::date",
    "stage": "CASE WHEN NOT %(is_past)s THEN t.stage WHEN mod(k, 2) = 0 THEN 'won' ELSE 'lost' END",
    "closed_reason": "CASE WHEN %(is_past)s THEN 'Too dear' ELSE '' END",
}  # fmt: skip
COST = {
    "id": "%(low)s + k * 2 + s.odd", "month": "m.month", "kind": "s.kind",
    "amount": "t.amount * s.share",
}  # fmt: skip
EXPENSE = {
    "id": "%(low)s + k * 2 + odd", "on": "m.month + 7 + odd",
    "number": "%(code)s || '/EX/' || %(year)s || '/' || k * 2 + odd",
}  # fmt: skip
YEAR = (
    ("job", "generate_series(1, %(size)s) n WHERE true", JOB),
    ("log", STEPS, LOG),
    ("estimate", "jobs_job j WHERE {of_year} AND j.kind = 'production'", estimate(NET, 0)),
    ("estimate", "jobs_job j WHERE {of_year} AND j.kind = 'production' AND {signed}"
     " AND mod({n}, 9) = 0", estimate(f"(1000 + {N})::numeric", 1)),
    ("estimate_line", f"{OF_ESTIMATE}, generate_series(1, 4) k WHERE {{of_year}}", ESTIMATE_LINE),
    ("approval", f"{OF_ESTIMATE} WHERE {{of_year}} AND e.state <> 'draft'", AT_ESTIMATE),
    ("second", f"{OF_ESTIMATE} WHERE {{of_year}} AND e.state <> 'draft'",
     {**AT_ESTIMATE, "id": "-e.id"}),
    ("plan", "jobs_job j WHERE {of_year} AND j.kind = 'media'", PLAN),
    ("media_line", f"{OF_PLAN}, generate_series(0, 5) k WHERE {{of_year}}", MEDIA_LINE),
    ("budget", VERSIONS, BUDGET),
    ("contract", "(VALUES (1)) s(k) WHERE true", CONTRACT),
    ("report", "{over} WHERE true", REPORT),
    ("adjustment", "budgets_monthlyreport r WHERE r.id = %(low)s + 2 AND r.state = 'issued'",
     ADJUSTMENT),
    ("invoice", PRODUCTION, INVOICE),
    ("invoice", MEDIA, INVOICE),
    ("invoice", FEE, INVOICE),
    ("invoice", CREDITED, CREDIT),
    ("chance", "generate_series(1, 8) k WHERE (%(is_past)s OR k > 3)", CHANCE),
    ("cost", "{over}, (VALUES (0, 'staff', 1), (1, 'other', 0.1)) s(odd, kind, share) WHERE true",
     COST),
    ("expense", "{over}, generate_series(0, 1) odd WHERE true", EXPENSE),
)  # fmt: skip
CORRECT = (
    "UPDATE budgets_invoice i SET credited = c.total,"
    " paid = CASE WHEN i.paid = i.total THEN i.total + c.total ELSE i.paid END"
    " FROM budgets_invoice c WHERE c.credits_id = i.id AND c.id BETWEEN %(low)s * 20"
    " AND %(high)s * 20 + 19",
    "UPDATE budgets_invoice i SET number = r.head || lpad(r.place::text, 3, '0') FROM ("
    " SELECT id, head, row_number() OVER (PARTITION BY head ORDER BY id) AS place FROM ("
    " SELECT id, %(code)s || CASE WHEN kind = 'credit' THEN '/CN/' ELSE '/IN/' END"
    " || %(year)s || '/' AS head FROM budgets_invoice"
    " WHERE id BETWEEN %(low)s * 20 AND %(high)s * 20 + 19) x) r WHERE r.id = i.id",
)
PAPERS_OF_MONEY = (
    ("invoice_line", f"{OF_INVOICE}, generate_series(1, 3) k WHERE {{of_year}}"
     " AND (k = 1 OR i.credits_id IS NULL)", INVOICE_LINE),
    ("payment", f"{OF_INVOICE} WHERE {{of_year}} AND i.paid <> 0", PAYMENT),
)  # fmt: skip
