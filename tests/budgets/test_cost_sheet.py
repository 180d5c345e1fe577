"""What all clients cost in a month, on one sheet; rows pasted, with what is wrong by row (6.7)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from agency.common.models import AuditEntry
from budgets.incoming_costs import costs_of
from budgets.models import AccountCost
from budgets.services.account_cost import save_month
from tests.budgets import owed, sheets
from tests.budgets.business import D
from tests.builders import from_kept, make_client, make_user
from tests.jobs.drafts import refusal
from tests.jobs.make import NOW
from tests.meetings.pages import fields_of, send, text_of

pytestmark = pytest.mark.django_db
lm, yl, finance = from_kept("lm", "yl", "finance")
OCTOBER = date(2026, 10, 1)
PAGE = "/budgets/costs/sheet/?month=2026-10"


def make_kept():
    return {"lm": make_client("LM", name="绿麦"), "yl": make_client("YL"),
            "finance": make_user(role="finance")}  # fmt: skip


def save(by, *cells):
    return save_month(month=OCTOBER, cells=cells, by=by, at=NOW)


def kept():
    rows = AccountCost.objects.order_by("client__code", "kind")
    return [(row.client.code, row.kind, row.amount) for row in rows]


def test_sheet_is_written_whole_and_only_what_changed(lm, yl, finance):
    first = owed.cost(lm, "5.00", "2026-10-01")
    cells = [(lm, "staff", D("5.00"), first.row_version), (lm, "other", D("1.00"), None),
             (yl, "staff", D("7.00"), None), (yl, "other", None, None)]  # fmt: skip
    assert save(finance, *cells) == 2
    assert [row[1:] for row in kept()] == [
        ("other", D("1.00")), ("staff", D("5.00")), ("staff", D("7.00")),
    ]  # fmt: skip
    assert AuditEntry.objects.filter(verb="create_account_cost").count() == 2


def test_sheet_refused_in_one_cell_writes_nothing(lm, yl, finance):
    wrong = (yl, "staff", D("-1"), None)
    assert refusal(save_month, month=OCTOBER, cells=[(lm, "staff", D("1"), None), wrong],
                   by=finance, at=NOW).field == "amount"  # fmt: skip
    first = owed.cost(lm, "5.00", "2026-10-01")
    with pytest.raises(Stale):
        save(finance, (lm, "staff", D("6"), first.row_version + 1))
    with pytest.raises(PermissionDenied):
        save(make_user(role="ad"), (yl, "staff", D("1"), None))
    assert [row[2] for row in kept()] == [D("5.00")]


def test_rows_are_read_by_code_or_name(lm, yl):
    read = costs_of("Client\tOther\tStaff\n绿麦\t5\t1,200.00\nyl\t\t¥7\nTotal\t5\t1207", [lm, yl])
    assert read.amounts == {
        (lm, "staff"): D("1200.00"), (lm, "other"): D("5.00"), (yl, "staff"): D("7.00"),
    }  # fmt: skip
    assert read.problems == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ZZ\t5", "there is no client “ZZ”."),
        ("LM\ttwelve", "“twelve” is no amount."),
        ("LM\t1.005", "“1.005” is no amount."),
        ("LM\t=1+1", "“=1+1” is no amount."),
        ("LM\t-5", "A cost is at least 0."),
        ("YL\t5", "YL stands there twice."),
    ],
)
def test_what_is_wrong_is_said_by_row(lm, yl, row, words):
    read = costs_of(f"{yl.code}\t1\n{row}", [lm, yl])
    assert read.problems == [f"Row 2: {words}".replace("YL stands", f"{yl} stands")]
    assert list(read.amounts.values()) == [D("1.00")]


def test_page_puts_rows_into_the_sheet_then_saves(lm, finance, sign_in):
    page = sign_in(finance)
    shown = send(page, PAGE, text="LM\t1200\t30", do="read")
    assert "not saved yet" in text_of(shown)
    assert kept() == []
    send(page, PAGE, **{**fields_of(shown), "text": ""})
    assert [row[1:] for row in kept()] == [("other", D("30.00")), ("staff", D("1200.00"))]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: sheets.xlsx(["LM", "=1+1"]), "Row 1: “=1+1” is no amount."),
        (lambda: sheets.xlsx(["LM", 5], merge="A2:A3"), "merged cells"),
        (lambda: sheets.endless("LM"), "rows can be read"),
    ],
)
def test_hostile_sheets_are_refused_in_words(lm, finance, sign_in, file, words):
    answer = send(sign_in(finance), PAGE, file=file(), do="read")
    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert kept() == []
