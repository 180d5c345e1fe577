"""No page of budgets asks more the more it shows: at most 20 questions."""

import pytest
from django.utils import timezone

from agency.common.models import Heartbeat
from tests.budgets import months, owed, years
from tests.builders import make_client, make_user, unguarded
from tests.test_queries import SIZES, asked, copy

pytestmark = pytest.mark.django_db
MOST = 20


def make_world():
    """A director's client with a signed, billed and overdue job, and the draft of a report."""
    ae, ad = make_user(role="ae"), make_user(role="ad")
    Heartbeat.objects.create(at=timezone.now(), host="host", boot_s=1, db_gap_s=0)
    return ad, grown(ae, ad)


def grown(ae, ad):
    client = make_client(team=[ae, ad])
    budget = years.make_year(client, production="100", media="10")
    job = years.job_of(client)
    estimate = years.signed(job, "400")
    invoice = owed.bill(job, "40", "2026-06-10")
    owed.chance(client, "9", "0.5", "2026-12-01")
    months.make_monthly(client, client.budgets.get())
    return {"client": client, "budget": budget, "rows": (job, estimate, invoice)}


def pages(client):
    report = client.monthly_reports.get()
    year = f"/budgets/clients/{client.pk}/2026/"
    return {
        "all clients": "/budgets/", "all clients, sheet": "/budgets/?format=xlsx",
        "year": year, "year, sheet": f"{year}?format=xlsx", "list": f"{year}billed/",
        "receivables": "/budgets/receivables/", "forecast": "/budgets/forecast/",
        "report": report.get_absolute_url(), "reports": "/budgets/monthly/",
    }  # fmt: skip


def add_jobs(rows, first, last):
    for number in range(first, last):
        job, estimate, invoice = (type(row).objects.get(pk=row.pk) for row in rows)
        copy(job, number=f"{job.number}-{number}")
        copy(estimate, job=job, number=f"{estimate.number}-{number}")
        copy(invoice, job=job, number=f"{invoice.number}-{number}")


def counts(browser, found, client):
    for page, address in pages(client).items():
        found.setdefault(page, []).append(asked(browser, address))


def judged(found):
    assert {page: asks for page, asks in found.items() if len(set(asks)) > 1} == {}
    assert {page: asks for page, asks in found.items() if asks[0] > MOST} == {}


def test_more_jobs_cost_no_more_questions(client):
    (ad, world), found, made = make_world(), {}, 1
    client.force_login(ad)
    for size in SIZES:
        with unguarded():
            add_jobs(world["rows"], made, size)
        made = size
        counts(client, found, world["client"])
    judged(found)


def test_more_clients_cost_no_more_questions(client):
    (ad, world), found = make_world(), {}
    client.force_login(ad)
    counts(client, found, world["client"])
    for _number in range(2):
        grown(make_user(role="ae"), ad)
    counts(client, found, world["client"])
    judged(found)
