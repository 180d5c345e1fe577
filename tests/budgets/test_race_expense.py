"""Two requests that fit the month's budget only one by one, approved at the same instant (3.14)."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from agency.common.errors import Refused
from budgets.models import ExpenseRequest
from budgets.services.expense import approve_expense
from tests.archives.papers import make_document
from tests.budgets.business import D, allow, make_expense
from tests.builders import make_client, make_user
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rule("R86")]


def approve_at_once(rows, by):
    """[what came of each]: all begin at the same instant, each on a connection of its own."""
    start, found = Barrier(len(rows)), []

    def run(row):
        start.wait()
        try:
            found.append(approve_expense(expense=row, by=by, at=NOW).state)
        except Refused as refused:
            found.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_last_room_of_the_month_is_given_once(settings):
    settings.FAULT = "at_lock:0.2,pdf_blank"
    ae, am = make_user(role="ae"), make_user(role="am")
    make_document(make_client("LM", team=[ae, am]))
    allow("500")
    rows = [make_expense(ae, "requested", amount=D("300")) for _number in range(2)]
    said = approve_at_once(rows, am)
    assert said == ["This goes over the month's budget: the next rank decides it.", "approved"]
    levels = ExpenseRequest.objects.order_by("level").values_list("state", "level")
    assert list(levels) == [("approved", 2), ("requested", 3)]
