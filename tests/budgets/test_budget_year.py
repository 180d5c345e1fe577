"""The budget year of a job: the AM's to change, until it is billed or counted (2, 6.3)."""

from datetime import timedelta

import pytest

from agency.common.errors import Refused
from archives.models import DocumentJob
from budgets.models import ClosedMonth
from jobs.services.job import update_job
from tests.archives.papers import make_document
from tests.budgets.make import make_signed
from tests.builders import make_client, make_contract
from tests.jobs.make import NOW, make_job

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R36")]
NEXT = NOW.year + 1
MONTH = NOW.date().replace(day=1)


@pytest.fixture
def job(ae, am):
    client = make_client("LM", team=[ae, am])
    make_contract(client)
    return make_job(client, ae)


def refusal(job, by):
    with pytest.raises(Refused) as refused:
        update_job(job=job, by=by, at=NOW, budget_year=NEXT)
    return refused.value.reasons


def close(month):
    ClosedMonth.objects.create(month=month, closed_at=NOW)


def test_manager_moves_a_signed_job_while_its_month_is_open(job, am):
    make_signed(job, "1000.00")
    assert update_job(job=job, by=am, at=NOW, budget_year=NEXT).budget_year == NEXT


def test_executive_moves_it_only_before_it_has_a_number(job, ae):
    assert refusal(job, ae) == [
        ("budget_year", "The budget year is the account manager's to change.")
    ]
    asked = make_job(job.client, ae, state="requested")
    assert update_job(job=asked, by=ae, at=NOW, budget_year=NEXT).budget_year == NEXT


def test_it_stays_once_an_invoice_is_filed(job, am):
    paper = make_document(job.client, kind="production_invoice")
    DocumentJob.objects.create(document=paper, job_number=job.number)
    assert refusal(job, am)[0][1].startswith("An invoice of this job is filed")


def test_it_stays_once_signed_in_a_month_that_is_closed(job, am):
    make_signed(job, "1000.00")
    close(MONTH)
    assert refusal(job, am)[0][1].startswith("It counts in a month that is closed")


def test_a_fee_job_counts_from_its_number(job, am):
    fee = make_job(job.client, job.ae, kind="fee", makes_ads=False)
    close((MONTH - timedelta(days=1)).replace(day=1))
    assert update_job(job=fee, by=am, at=NOW, budget_year=NEXT).budget_year == NEXT
    close(MONTH)
    with pytest.raises(Refused):
        update_job(job=fee, by=am, at=NOW, budget_year=NEXT - 1)
