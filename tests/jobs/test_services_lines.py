"""The lines of a draft, one and many; shut once it is submitted; their sums as kept."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agency.common.errors import Stale
from agency.common.models import AuditEntry
from jobs.constants import LINES_MOST
from jobs.models import Estimate, EstimateLine
from jobs.services import estimate as service
from jobs.services import lines as lines_service
from jobs.sums import totals
from tests.jobs import make
from tests.jobs.drafts import D, change_order, fresh, refusal
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db


# --- lines -------------------------------------------------------------------------------------


@pytest.mark.rule("R58")
def test_worked_example_through_the_verbs(draft, add, ae):
    service.save_header(estimate=draft, by=ae, at=NOW, contingency_rate=D("0.05"))
    add(quantity=D("2"), unit_cost=D("12500"))
    add(text="Retouching", quantity=D("7"), unit_cost=D("865.33"), unit="pictures")
    add(text="Printing", quantity=D("5000"), unit_cost=D("1.2360"), vat_rate=D("0.13"))
    add(text="Art direction", quantity=D("3"), unit_cost=D("1200"), fixed_price=D("2000"))
    add(text="Film", unit_cost=D("7480"), is_optional=True, chosen=False)
    row = fresh(draft)
    assert (row.subtotal, row.cost, row.margin) == (D("49809.70"), D("40837.31"), D("8972.39"))
    assert (row.contingency, row.net, row.vat, row.total) == (
        D("2490.49"), D("52300.19"), D("3646.97"), D("55947.16"),
    )  # fmt: skip
    assert list(row.lines.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_line_carries_the_new_sums(add):
    assert add(unit_cost=D("100"), markup_rate=D("0")).estimate.total == D("106.00")


def test_new_line_takes_the_rates_of_the_head(draft, add, ae):
    service.save_header(estimate=draft, by=ae, at=NOW, markup_rate=D("0.3"), vat_rate=D("0.13"))
    line = add(unit_cost=D("100"))
    assert (line.markup_rate, line.vat_rate, line.price) == (D("0.3"), D("0.13"), D("130.00"))


def test_changed_line(draft, add, am):
    line = add(unit_cost=D("100"))
    changed = add(line=line, by=am, quantity=D("3"), row_version=line.row_version)
    assert (changed.cost, changed.row_version) == (D("300.00"), line.row_version + 1)
    assert fresh(draft).cost == D("300.00")
    assert list(draft.editors.all()) == [am]
    entry = AuditEntry.objects.filter(verb="save_line").last()
    assert entry.changes == {"quantity": ["1.000", "3"]}


def test_same_values_are_no_change(draft, add, am):
    line = add(unit_cost=D("100"))
    assert add(line=line, by=am, quantity=D("1")).row_version == line.row_version
    assert not draft.editors.exists()


def test_line_of_an_older_page_is_stale(draft, add):
    line = add(unit_cost=D("100"))
    add(line=line, quantity=D("3"), row_version=line.row_version)
    with pytest.raises(Stale):
        add(line=line, quantity=D("5"), row_version=line.row_version)
    assert fresh(draft).cost == D("300.00")


def test_line_that_was_dropped_meanwhile(draft, add, ae):
    line = add()
    lines_service.delete_line(line=line, by=ae, at=NOW)
    error = refusal(add, line=line, quantity=D("3"))
    assert error.message == "This line is not there any more."


def test_line_of_another_estimate_is_not_there(draft, add, job):
    other = make.make_estimate(make.make_job(job.client, job.ae), [{}])
    error = refusal(add, line=other.lines.get(), quantity=D("3"))
    assert error.message == "This line is not there any more."


def test_dropped_line_leaves_the_sums(draft, add, am):
    add(unit_cost=D("100"), markup_rate=D("0"))
    line = add(unit_cost=D("50"), markup_rate=D("0"))
    lines_service.delete_line(line=line, by=am, at=NOW, row_version=line.row_version)
    assert fresh(draft).subtotal == D("100.00")
    assert list(draft.editors.all()) == [am]


def test_option_left_out_and_chosen(draft, add):
    line = add(unit_cost=D("100"), markup_rate=D("0"), is_optional=True, chosen=False)
    assert fresh(draft).subtotal == D("0.00")
    add(line=line, chosen=True)
    assert fresh(draft).subtotal == D("100.00")


def test_only_options_are_left_out(add):
    assert add(unit_cost=D("100"), chosen=False).chosen is True


@pytest.mark.rule("R60")
@pytest.mark.parametrize("name", ["quantity", "unit_cost", "fixed_price"])
def test_less_than_nothing_only_in_a_change_order(draft, add, ae, name):
    error = refusal(add, **{name: D("-1")})
    assert (error.field, error.message) == (
        name, "Less than 0 is possible only in a change order.",
    )  # fmt: skip
    assert not draft.lines.exists()
    order = change_order(draft, ae)
    data = {"text": "Less", "unit": "pcs", "unit_cost": D("100"), name: D("-1")}
    line = lines_service.save_line(estimate=order, data=data, by=ae, at=NOW)
    assert line.price < 0


def test_quantity_of_nothing(add):
    error = refusal(add, quantity=D("0"))
    assert (error.field, error.message) == ("quantity", "The quantity cannot be 0.")


def test_amount_too_large_for_its_column(draft, add):
    error = refusal(add, quantity=D("999999999"), unit_cost=D("9999999999"))
    assert (error.field, error.message) == (
        "quantity", "The amount of this line is too large to be kept.",
    )  # fmt: skip
    assert not draft.lines.exists()


def test_total_too_large_for_its_column(draft, add):
    add(quantity=D("100"), unit_cost=D("9000000000"), markup_rate=D("0"))
    error = refusal(
        add, quantity=D("100"), unit_cost=D("9000000000"), markup_rate=D("0")
    )  # fmt: skip
    assert error.message == "The total is too large to be kept."
    assert draft.lines.count() == 1


def test_deliverable_of_another_job(add, job, ae):
    thing = make.make_deliverable(make.make_job(job.client, ae))
    error = refusal(add, deliverable=thing)
    assert (error.field, error.message) == (
        "deliverable", "This deliverable belongs to another job.",
    )  # fmt: skip


def test_no_more_lines_than_a_paper_bears(draft, add):
    EstimateLine.objects.bulk_create(
        EstimateLine(estimate=draft, position=place, text="Line", unit="pcs")
        for place in range(1, LINES_MOST + 1)
    )
    error = refusal(add)
    assert (error.field, error.message) == ("text", "An estimate has at most 400 lines.")


def test_lines_change_places(draft, add, ae):
    first, second, third = (add(text=text) for text in ("One", "Two", "Three"))
    lines_service.move_line(line=third, up=True, by=ae, at=NOW)
    assert [line.text for line in draft.lines.all()] == ["One", "Three", "Two"]
    lines_service.move_line(line=first, up=False, by=ae, at=NOW)
    assert [line.text for line in draft.lines.all()] == ["Three", "One", "Two"]
    lines_service.move_line(line=second, up=False, by=ae, at=NOW)
    assert [line.text for line in draft.lines.all()] == ["Three", "One", "Two"]


def test_saving_a_line_asks_little(draft, add, ae):
    line = add(unit_cost=D("100"))
    for _row in range(30):
        add(unit_cost=D("10"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        add(line=line, quantity=D("2"))
    assert len(few) <= 11, "\n".join(query["sql"][:150] for query in few)


@pytest.mark.rule("R58")
def test_the_same_form_twice_is_one_line(draft, ae, job):
    key = uuid4()
    data = {"text": "Printing", "unit": "pcs", "unit_cost": D("100")}
    first, second = (
        lines_service.save_line(estimate=draft, data=data, by=ae, at=NOW, form_key=key)
        for _time in range(2)
    )
    assert first == second
    lines_service.add_rows(estimate=draft, rows=[data], by=ae, at=NOW, form_key=key)
    assert draft.lines.count() == 1
    other = make.make_estimate(make.make_job(job.client, ae))
    error = refusal(lines_service.save_line, estimate=other, data=data, by=ae, at=NOW, form_key=key)
    assert error.message == "This form has been sent already, for another estimate."


# --- doors that stay shut after submission ------------------------------------------------------


@pytest.mark.rule("R56")
@pytest.mark.parametrize("state", ["submitted", "manager_ok", "approved", "sent", "signed"])
def test_nothing_is_written_into_a_submitted_estimate(draft, add, ae, state):
    line = add(unit_cost=D("100"))
    other = add(unit_cost=D("50"))
    row = make.pass_to(fresh(draft), state)
    before = Estimate.objects.filter(pk=row.pk).values().get()
    kept = list(EstimateLine.objects.values())
    doors = [
        lambda: add(unit_cost=D("1")),
        lambda: add(line=line, quantity=D("9")),
        lambda: lines_service.delete_line(line=line, by=ae, at=NOW),
        lambda: lines_service.move_line(line=other, up=True, by=ae, at=NOW),
        lambda: lines_service.add_rows(
            estimate=draft, rows=[{"text": "One", "unit": "pcs"}], by=ae, at=NOW
        ),
        lambda: lines_service.save_quotes(line=line, quotes=[], by=ae, at=NOW),
        lambda: service.save_header(estimate=draft, by=ae, at=NOW, vat_rate=D("0.13")),
        lambda: service.follow_brief(estimate=draft, by=ae, at=NOW),
        lambda: service.set_charged(estimate=draft, free=[], by=ae, at=NOW),
        lambda: service.delete_estimate(estimate=draft, by=ae, at=NOW),
    ]
    for door in doors:
        assert refusal(door).message.startswith("Not possible: this is “")
    assert Estimate.objects.filter(pk=row.pk).values().get() == before
    assert list(EstimateLine.objects.values()) == kept


@pytest.mark.parametrize("name", ["quantity", "price", "text", "vat_rate"])
def test_the_database_refuses_too(draft, add, name):
    line = add(unit_cost=D("100"))
    make.pass_to(fresh(draft), "submitted")
    value = "Other" if name == "text" else D("0.5")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        EstimateLine.objects.filter(pk=line.pk).update(**{name: value})


# --- many rows ---------------------------------------------------------------------------------


def test_rows_are_appended_at_once(draft, add, am):
    add(unit_cost=D("1"), markup_rate=D("0"))
    rows = [
        {"text": "Two", "unit": "pcs", "quantity": D("2"), "unit_cost": D("10")},
        {"text": "Three", "unit": "pcs", "fixed_price": D("5"), "vat_rate": D("0.13")},
    ]
    lines_service.add_rows(estimate=draft, rows=rows, by=am, at=NOW)
    assert list(draft.lines.values_list("position", "text", "price")) == [
        (1, "Photographer", D("1.00")), (2, "Two", D("23.53")), (3, "Three", D("5.00")),
    ]  # fmt: skip
    assert fresh(draft).subtotal == D("29.53")
    assert list(draft.editors.all()) == [am]


@pytest.mark.rule("R60")
def test_one_bad_row_and_nothing_is_added(draft, ae):
    rows = [{"text": "Two", "unit": "pcs"}, {"text": "Less", "unit": "pcs", "quantity": D("-1")}]
    refusal(lines_service.add_rows, estimate=draft, rows=rows, by=ae, at=NOW)
    assert not draft.lines.exists()


def test_no_room_for_so_many_rows(draft, ae):
    rows = [{"text": "Line", "unit": "pcs"}] * (LINES_MOST + 1)
    error = refusal(lines_service.add_rows, estimate=draft, rows=rows, by=ae, at=NOW)
    assert error.message == "An estimate has at most 400 lines."


# --- any lines through the database -------------------------------------------------------------

rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.just("Line"),
            "unit": st.just("pcs"),
            "quantity": st.decimals("0.001", "9999", places=3),
            "unit_cost": st.decimals("0", "99999", places=4),
            "markup_rate": st.decimals("0", "1", places=4),
            "fixed_price": st.none() | st.decimals("0", "99999", places=4),
            "vat_rate": st.sampled_from([D("0.06"), D("0.13"), D("0")]),
            "is_optional": st.just(True),
            "chosen": st.booleans(),
        }
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.rule("R58")
@settings(
    max_examples=100, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(rows=rows, contingency=st.decimals("0", "1", places=4))
def test_kept_sums_are_those_of_the_kept_lines(draft, ae, rows, contingency):
    Estimate.objects.filter(pk=draft.pk).update(contingency_rate=contingency)
    EstimateLine.objects.all().delete()
    lines_service.add_rows(estimate=draft, rows=rows, by=ae, at=NOW)
    row = fresh(draft)
    sums = totals(row.lines.all(), contingency, row.vat_rate)
    assert row.subtotal == sum((line.price for line in row.lines.filter(chosen=True)), D("0"))
    assert (row.subtotal, row.contingency, row.net, row.vat, row.total, row.cost) == (
        sums.subtotal, sums.contingency, sums.net, sums.vat, sums.total, sums.cost,
    )  # fmt: skip
