"""The lines of a draft plan, one and many; their sums as kept; shut once it is submitted."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from agency.common.models import AuditEntry
from budgets.models import MediaLine
from budgets.services import plan_lines as service
from budgets.sums import plan_totals
from jobs.constants import LINES_MOST
from tests.budgets import plans
from tests.budgets.make import make_plan
from tests.budgets.plans import EXAMPLE, LINE, MONTH, D, add
from tests.builders import from_kept, make_user
from tests.jobs import make as jobs
from tests.jobs.drafts import fresh, refusal
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db


def make_kept():
    am = make_user(role="am")
    draft = plans.draft_of(plans.media_job(team=[am]))
    return {"draft": draft, "ae": draft.author, "am": am}


draft, ae, am = from_kept("draft", "ae", "am")


def test_line_carries_the_new_sums(draft):
    line = add(draft, unit_gross=D("1000"), discount_rate=D("0.1"))
    assert (line.media_price, line.commission) == (D("900.00"), D("135.00"))
    assert (line.plan.total, fresh(draft).total) == (D("954.00"), D("954.00"))


def test_agreed_price_takes_the_place_of_the_discount(draft):
    line = add(draft, runs=3, discount_rate=D("0.5"), fixed_price=D("1234.56"))
    assert (line.gross, line.media_price) == (D("3000.00"), D("1234.56"))


def test_any_day_of_the_month_is_its_first(draft):
    assert add(draft, month=date(2026, 11, 30)).month == MONTH


def test_changed_line_makes_an_editor(draft, am):
    line = add(draft)
    changed = add(draft, line=line, by=am, runs=3, row_version=line.row_version)
    assert (changed.gross, changed.row_version) == (D("3000.00"), line.row_version + 1)
    assert list(draft.editors.all()) == [am]
    entry = AuditEntry.objects.filter(verb="save_media_line").last()
    assert entry.changes == {"runs": [1, 3]}


def test_same_values_are_no_change(draft, am):
    line = add(draft)
    assert add(draft, line=line, by=am, runs=1).row_version == line.row_version
    assert not draft.editors.exists()


def test_line_of_an_older_page_is_stale(draft):
    line = add(draft)
    add(draft, line=line, runs=3, row_version=line.row_version)
    with pytest.raises(Stale):
        add(draft, line=line, runs=5, row_version=line.row_version)
    assert fresh(draft).gross == D("3000.00")


def test_same_form_twice_is_one_line(draft):
    key = uuid4()
    first = add(draft, form_key=key)
    assert add(draft, form_key=key, runs=9) == first
    assert (draft.lines.count(), fresh(draft).gross) == (1, D("1000.00"))


def test_form_of_another_plan_is_refused(draft):
    key = uuid4()
    add(plans.draft_of(plans.media_job()), form_key=key)
    assert "for another plan" in refusal(add, plan=draft, form_key=key).message


def test_line_that_was_removed_meanwhile(draft, ae):
    line = add(draft)
    service.remove_line(line=line, by=ae, at=NOW)
    assert fresh(draft).total == D("0.00")
    for verb in (
        lambda **_no: add(draft, line=line, runs=3),
        lambda **_no: service.remove_line(line=line, by=ae, at=NOW),
        lambda **_no: service.move_line(line=line, up=True, by=ae, at=NOW),
    ):
        assert refusal(verb).message == "This line is not there any more."


def test_line_of_another_plan_is_not_there(draft):
    other = make_plan(jobs.make_job(draft.client, draft.author, kind="media"), [{}])
    error = refusal(add, plan=draft, line=other.lines.get(), runs=3)
    assert error.message == "This line is not there any more."


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"vehicle": " "}, "vehicle"),
        ({"runs": -1}, "runs"),
        ({"bonus_runs": -1}, "bonus_runs"),
        ({"unit_gross": D("-0.01")}, "unit_gross"),
        ({"fixed_price": D("-0.01")}, "fixed_price"),
        ({"discount_rate": D("1.0001")}, "discount_rate"),
        ({"discount_rate": D("-0.0001")}, "discount_rate"),
        ({"runs": 2, "unit_gross": D("500000000000.00")}, "unit_gross"),
    ],
)
def test_what_no_plan_can_hold(draft, data, field):
    assert refusal(add, plan=draft, **data).field == field
    assert not draft.lines.exists()


def test_total_that_cannot_be_kept(draft):
    add(draft, unit_gross=D("600000000000.00"))
    error = refusal(add, plan=draft, unit_gross=D("600000000000.00"))
    assert "too large" in error.message
    assert draft.lines.count() == 1


def test_whole_discount_is_free(draft):
    assert add(draft, discount_rate=D("1")).media_price == D("0.00")


def test_moved_lines(draft, ae, am):
    first, second, third = (add(draft, vehicle=name) for name in "ABC")
    service.move_line(line=third, up=True, by=am, at=NOW)
    service.move_line(line=first, up=True, by=ae, at=NOW)
    service.move_line(line=second, up=False, by=ae, at=NOW)
    assert [line.vehicle for line in draft.lines.all()] == ["A", "C", "B"]
    assert list(draft.lines.values_list("position", flat=True)) == [1, 2, 3]
    assert list(draft.editors.all()) == [am]


def test_many_rows_at_once(draft, am):
    key = uuid4()
    rows = [{**LINE, **line} for line in EXAMPLE]
    for _again in range(2):
        service.add_rows(plan=draft, rows=rows, by=am, at=NOW, form_key=key)
    lines = list(draft.lines.all())
    assert fresh(draft).media_price == D("489172.50")
    assert len({line.thread for line in lines}) == 3
    assert list(draft.editors.all()) == [am]


def test_one_wrong_row_adds_none(draft, ae):
    rows = [LINE, {**LINE, "runs": -1}]
    refusal(service.add_rows, plan=draft, rows=rows, by=ae, at=NOW)
    assert not draft.lines.exists()


def test_more_lines_than_a_plan_bears(draft, ae):
    service.add_rows(plan=draft, rows=[LINE] * LINES_MOST, by=ae, at=NOW)
    assert refusal(add, plan=draft).message == "A media plan has at most 400 lines."


def test_sums_are_those_of_the_rows(draft):
    for number in range(1, 8):
        add(draft, runs=number, unit_gross=D("333.33"), discount_rate=D("0.0333"))
    row = fresh(draft)
    sums = plan_totals(list(row.lines.all()), row.mode, row.vat_rate)
    assert (row.client_net, row.vat, row.total) == (sums.client_net, sums.vat, sums.total)


def test_other_department_writes_no_line(draft):
    line = add(draft)
    by = plans.worker(draft.job, "creative")
    for verb in (
        lambda: add(draft, by=by),
        lambda: service.remove_line(line=line, by=by, at=NOW),
        lambda: service.move_line(line=line, up=True, by=by, at=NOW),
        lambda: service.add_rows(plan=draft, rows=[LINE], by=by, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_lines_one_sees(draft):
    line = add(draft)
    assert list(MediaLine.objects.visible_to(draft.author)) == [line]
    assert list(MediaLine.objects.visible_to(plans.worker(draft.job))) == [line]
    assert not MediaLine.objects.visible_to(make_user()).exists()
    assert not MediaLine.objects.visible_to(plans.worker(draft.job, "creative")).exists()
