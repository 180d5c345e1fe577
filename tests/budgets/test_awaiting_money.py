"""Overdue invoices on the home page of the account manager (R69, R87)."""

from datetime import date, timedelta

import pytest

from budgets.reports import awaiting
from budgets.services.dunning import record_dunning
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_user, when
from tests.jobs.make import make_job

ae, am, ad, invoice = from_kept("ae", "am", "ad", "invoice")
# Due on 31 October: fifteen days overdue on 15 November.
AT = when("2026-11-15 10:00")
DAY = timedelta(days=1)
pytestmark = pytest.mark.rule("R87")


def make_kept():
    ae, am, ad = make_user(), make_user(role="am"), make_user(role="ad")
    client = make_client("LM", team=[ae, am, ad])
    make_document(client)
    job = make_job(client, ae)
    owed.bill(job, "5.00", "2026-10-01", state="paid", paid="5.00")
    return {"ae": ae, "am": am, "ad": ad, "invoice": owed.bill(job, "1060.00", "2026-10-31")}


def waiting(user, at=AT):
    return [duty.sentence for duty in awaiting(user, at) if str(duty.group) == "Receivables"]


def test_manager_is_asked_from_the_fifteenth_day(ae, am, ad, invoice):
    assert waiting(am, AT - DAY) == []
    [sentence] = waiting(am)
    assert invoice.number in sentence
    assert waiting(ae) == waiting(ad) == []


def test_nothing_waits_while_it_was_spoken_of_or_promised(am, invoice):
    record_dunning(
        invoice=invoice, kind="call", on=date(2026, 11, 15), promise_on=date(2026, 12, 5),
        text="They promised", by=am, at=AT,
    )  # fmt: skip
    assert waiting(am, AT + 14 * DAY) == []
    assert waiting(am, when("2026-12-05 10:00")) == []
    assert len(waiting(am, when("2026-12-06 10:00"))) == 1
