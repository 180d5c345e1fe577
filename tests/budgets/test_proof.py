"""verify_money finds what does not add up, and says where; check_identity refuses it."""

from datetime import date
from decimal import Decimal as D
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agency.common.errors import Refused
from budgets.models import ClosedMonth, Invoice
from budgets.reports.proof import check_identity, findings, moments, year_faults
from budgets.reports.standing import book_of
from tests.budgets import years
from tests.builders import from_kept, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R36")]
client, job, bill = from_kept("client", "job", "bill")
NOW = when("2026-11-20 12:00")


def make_kept():
    client = make_client("LM", team=[make_user(role="ae")])
    years.make_year(client, production="1000.00")
    job = years.job_of(client)
    years.signed(job, "640.00", when("2026-10-10 10:00"))
    bill = years.billed(job, "240.50", date(2026, 10, 20))
    return {"client": client, "job": job, "bill": bill}


def test_all_is_well(client, job):
    assert list(findings(NOW)) == []
    check_identity(job, NOW)
    out = StringIO()
    call_command("verify_money", stdout=out)
    assert "All figures add up." in out.getvalue()


def test_closed_months_are_asked_too(client):
    ClosedMonth.objects.create(month=date(2026, 10, 1), closed_at=NOW)
    ClosedMonth.objects.create(month=date(2025, 10, 1), closed_at=NOW)
    assert moments(client, 2026, NOW) == [when("2026-11-01 00:00"), NOW]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"paid": D("1.00")}, "paid 1.00, its papers 0.00"),
        ({"credited": D("-1.00")}, "credited −1.00, its papers 0.00"),
        ({"net": D("240.51"), "total": D("254.94")}, "another sum than 254.94"),
        ({"number": "LM/PI/2026/002"}, "LM/PI/2026: numbers missing: 1"),
    ],
)
def test_what_is_wrong_is_said(bill, change, said):
    years.rewrite(bill, **change)
    assert any(said in line for line in findings(NOW))
    with pytest.raises(CommandError, match="1 places"):
        call_command("verify_money", stdout=StringIO())


def test_more_billed_than_signed(client, job):
    years.billed(job, "399.51", date(2026, 11, 2))
    said = f"{job.number}: billed 640.01, signed 640.00"
    assert said in list(findings(NOW))
    with pytest.raises(Refused, match=f"{job.number}: billed 640.01"):
        check_identity(job, NOW)


def test_signed_for_less_since_wants_a_credit_note_and_is_no_fault(client, job):
    years.billed(job, "399.50", date(2026, 11, 2))
    years.signed(job, "-100.00", when("2026-11-05 10:00"), change=1)
    assert list(findings(NOW)) == []
    check_identity(job, NOW)


def test_billed_to_the_last_cent(client, job):
    years.billed(job, "399.50", date(2026, 11, 2))
    assert list(findings(NOW)) == []


def test_figures_are_reckoned_twice(client, job):
    book = book_of(client, 2026)
    years.rewrite(Invoice.objects.get(), net=D("200.00"), total=D("214.43"))
    (fault,) = year_faults(book, NOW)
    assert fault.endswith(f"{job.number} billed: 240.50, singly 200.00")
