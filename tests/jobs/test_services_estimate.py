"""The draft of an estimate: who begins it, by what rates, how its lines change its sums."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AgencySettings
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from jobs.constants import LINES_MOST
from jobs.models import Estimate, EstimateLine
from jobs.services import estimate as service
from jobs.services import lines as lines_service
from jobs.sums import totals
from tests.archives.papers import make_document
from tests.builders import make_client, make_contract, make_user
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db
D = Decimal
DAY = date(2026, 11, 19)


@pytest.fixture
def job(ae, am):
    job = make.make_job(make_client(team=[ae, am]), ae, approved_by=am)
    make.make_brief(job)
    return job


@pytest.fixture
def draft(job, ae):
    return service.draft_estimate(job=job, by=ae, at=NOW)


@pytest.fixture
def add(draft, ae):
    """add(text="Photographer", quantity=…): a line of the draft."""

    def add(by=ae, line=None, row_version=None, **data):
        values = {"text": "Photographer", "unit": "days", "quantity": D("1")}
        return lines_service.save_line(
            estimate=draft, line=line, row_version=row_version, by=by, at=NOW,
            data=data if line else {**values, **data},
        )  # fmt: skip

    return add


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def refusal(function, **kwargs):
    with pytest.raises(Refused) as caught:
        function(**kwargs)
    return caught.value


def change_order(draft, ae):
    """A change order's draft on the same job, as the chain makes it."""
    return make.make_estimate(draft.job, change=1, author=ae)


# --- the draft ---------------------------------------------------------------------------------


@pytest.mark.rule("R55")
def test_draft_begins_with_the_house_rates(draft, ae, job):
    assert (draft.state, draft.change, draft.revision) == ("draft", 0, 1)
    assert (draft.markup_rate, draft.vat_rate, draft.contingency_rate) == (
        D("0.1765"), D("0.06"), D("0"),
    )  # fmt: skip
    assert draft.brief == job.briefs.get()
    assert (draft.author, draft.currency, draft.number) == (ae, "CNY", "")
    entry = AuditEntry.objects.get(verb="draft_estimate")
    assert (entry.actor_id, entry.client_code, entry.subject_id) == (
        ae.pk, job.client.code, draft.pk,
    )  # fmt: skip


def test_contract_in_force_gives_the_rates(job, ae):
    make_contract(job.client, markup_rate=D("0.2"), contingency_rate=D("0.05"), vat_rate=D("0.13"))
    draft = service.draft_estimate(job=job, by=ae, at=NOW)
    assert (draft.markup_rate, draft.contingency_rate, draft.vat_rate) == (
        D("0.2"), D("0.05"), D("0.13"),
    )  # fmt: skip


def test_later_contract_does_not_reach_the_draft(draft, job):
    make_contract(job.client, markup_rate=D("0.9"), vat_rate=D("0.13"))
    assert fresh(draft).markup_rate == D("0.1765")
    assert fresh(draft).vat_rate == D("0.06")


def test_asked_twice_there_is_one_draft(draft, job, am):
    assert service.draft_estimate(job=job, by=am, at=NOW) == draft
    assert Estimate.objects.count() == 1


@pytest.mark.rule("R50")
def test_no_estimate_without_a_brief_in_force(job, ae):
    job.briefs.update(state="draft", in_force_at=None)
    error = refusal(service.draft_estimate, job=job, by=ae, at=NOW)
    assert error.message == "There is no job brief in force."
    assert not Estimate.objects.exists()


@pytest.mark.parametrize("state", ["requested", "rejected", "cancelled", "delivered", "closed"])
def test_no_estimate_for_a_job_that_is_not_at_work(job, ae, state):
    other = make.make_job(job.client, ae, state=state)
    make.make_brief(other)
    error = refusal(service.draft_estimate, job=other, by=ae, at=NOW)
    assert error.message == (
        f"An estimate belongs to a job in work; this one is “{other.get_state_display()}”."
    )


@pytest.mark.parametrize("kind", ["media", "fee"])
def test_media_and_fee_jobs_have_none(job, ae, kind):
    other = make.make_job(job.client, ae, kind=kind)
    make.make_brief(other)
    assert "no estimate" in refusal(service.draft_estimate, job=other, by=ae, at=NOW).message


@pytest.mark.parametrize("state", ["submitted", "sent", "signed"])
def test_running_or_signed_one_is_not_begun_again(job, ae, state):
    make.pass_to(make.make_estimate(job), state)
    error = refusal(service.draft_estimate, job=job, by=ae, at=NOW)
    assert error.message == "This job has an estimate already."


def test_after_a_withdrawn_one_comes_a_revision(job, ae):
    old = make.make_estimate(job)
    Estimate.objects.filter(pk=old.pk).update(state="withdrawn")
    error = refusal(service.draft_estimate, job=job, by=ae, at=NOW)
    assert error.message == "Please revise the former estimate: its lines are taken over."


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_who_writes_no_estimates(job, draft, role):
    person = make_user(role=role, department="production" if role == "department" else "")
    with pytest.raises(PermissionDenied):
        service.draft_estimate(job=job, by=person, at=NOW)
    with pytest.raises(PermissionDenied):
        service.save_header(estimate=draft, by=person, at=NOW, note_client="Hello")
    with pytest.raises(PermissionDenied):
        lines_service.save_line(estimate=draft, data={}, by=person, at=NOW)


def test_another_clients_ae_writes_nothing(draft, other_ae):
    with pytest.raises(PermissionDenied):
        lines_service.save_line(estimate=draft, data={}, by=other_ae, at=NOW)


# --- the head ----------------------------------------------------------------------------------


def test_rates_of_the_head_change_the_sums(draft, add, am):
    add(unit_cost=D("100"), markup_rate=D("0"))
    row = service.save_header(
        estimate=draft, by=am, at=NOW, contingency_rate=D("0.05"), vat_rate=D("0.13")
    )
    assert (row.contingency, row.net, row.vat, row.total) == (
        D("5.00"), D("105.00"), D("6.65"), D("111.65"),
    )  # fmt: skip
    assert fresh(draft).total == D("111.65")
    assert am in draft.editors.all()


def test_head_saved_without_a_change_is_no_change(draft, am):
    row = service.save_header(estimate=draft, by=am, at=NOW, note_client="")
    assert row.row_version == draft.row_version
    assert not draft.editors.exists()
    assert not AuditEntry.objects.filter(verb="save_estimate").exists()


def test_head_of_an_older_page_is_stale(draft, ae):
    service.save_header(estimate=draft, by=ae, at=NOW, note_client="One", row_version=0)
    with pytest.raises(Stale):
        service.save_header(estimate=draft, by=ae, at=NOW, note_client="Two", row_version=0)
    assert fresh(draft).note_client == "One"


def test_lines_do_not_make_the_head_stale(draft, add, ae):
    add(unit_cost=D("100"))
    row = service.save_header(estimate=draft, by=ae, at=NOW, note_client="One", row_version=0)
    assert row.note_client == "One"


def test_draft_follows_the_new_brief(draft, job, ae):
    job.briefs.update(state="superseded")
    new = make.make_brief(job)
    Estimate.objects.filter(pk=draft.pk).update(brief_changed=True)
    row = service.follow_brief(estimate=draft, by=ae, at=NOW)
    assert (row.brief, row.brief_changed) == (new, False)


def test_draft_is_dropped_with_its_lines(draft, add, ae):
    add()
    service.delete_estimate(estimate=draft, by=ae, at=NOW)
    assert not Estimate.objects.exists()
    assert not EstimateLine.objects.exists()
    assert AuditEntry.objects.filter(verb="delete_estimate").count() == 1


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


def test_saving_a_line_asks_little(draft, add, ae, django_assert_max_num_queries):
    line = add(unit_cost=D("100"))
    for _row in range(30):
        add(unit_cost=D("10"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        add(line=line, quantity=D("2"))
    assert len(few) <= 14, "\n".join(query["sql"][:150] for query in few)


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


# --- quotes ------------------------------------------------------------------------------------


def quote(supplier, amount="100", chosen=False, **fields):
    return {"supplier": supplier, "amount": D(amount), "on": DAY, "chosen": chosen, **fields}


def three():
    return [make.make_supplier(name) for name in ("Lantern Print", "North Bridge", "Green Reed")]


@pytest.mark.rule("R78")
def test_quotes_of_a_line(draft, add, am):
    line = add(unit_cost=D("100"))
    one, two, _three = three()
    quotes = [quote(one), quote(two, "90", chosen=True)]
    row = lines_service.save_quotes(line=line, quotes=quotes, by=am, at=NOW)
    assert [(row.supplier, row.amount) for row in line.quotes.all()] == [
        (two, D("90.00")), (one, D("100.00")),
    ]  # fmt: skip
    assert row.supplier == two
    assert list(draft.editors.all()) == [am]
    lines_service.save_quotes(line=line, quotes=quotes[:1], by=am, at=NOW)
    assert line.quotes.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("twice", "Each supplier quotes once."),
        ("chosen", "Only one quote can be chosen."),
        ("nothing", "A quote is an amount above 0."),
        ("paper", "This paper belongs to another client."),
    ],
)
def test_quotes_that_cannot_be(add, ae, change, message):
    line = add()
    one, two, _three = three()
    quotes = {
        "twice": [quote(one), quote(one)],
        "chosen": [quote(one, chosen=True), quote(two, chosen=True)],
        "nothing": [quote(one, "0")],
        "paper": [quote(one, document=make_document(make_client(), kind="supplier_quote"))],
    }[change]
    error = refusal(lines_service.save_quotes, line=line, quotes=quotes, by=ae, at=NOW)
    assert error.message == message
    assert not line.quotes.exists()


# --- what is lacking ---------------------------------------------------------------------------


def lacks(draft):
    return [str(words) for _field, words in service.gaps(fresh(draft))]


def test_empty_draft_lacks_lines(draft):
    assert lacks(draft) == ["There is no line yet."]


@pytest.mark.rule("R58")
def test_each_deliverable_has_a_line_or_is_not_charged(draft, add, job, ae):
    poster, flyer = (make.make_deliverable(job, name) for name in ("Poster", "Flyer"))
    missing = "“{}” has no line and is not marked as not charged.".format
    line = add(deliverable=poster)
    assert lacks(draft) == [missing("Flyer")]
    service.set_charged(estimate=draft, free=[flyer.pk], by=ae, at=NOW)
    assert lacks(draft) == []
    add(line=line, is_optional=True, chosen=False)
    assert lacks(draft) == [missing("Poster")]
    service.set_charged(estimate=draft, free=[], by=ae, at=NOW)
    assert lacks(draft) == [missing("Poster"), missing("Flyer")]


def test_change_order_covers_only_what_changes(draft, job, ae):
    make.make_deliverable(job)
    order = change_order(draft, ae)
    make.make_line(order)
    assert lacks(order) == []


@pytest.mark.rule("R78")
@pytest.mark.parametrize(
    ("cost", "quotes", "reason", "is_lacking"),
    [
        ("20000.00", 0, "", False),
        ("20000.01", 0, "", True),
        ("20000.01", 2, "", True),
        ("20000.01", 3, "", False),
        ("20000.01", 0, "The only press of this size", False),
        ("20000.01", 0, "short", True),
    ],
)
def test_three_quotes_for_a_dear_line(draft, add, ae, cost, quotes, reason, is_lacking):
    line = add(text="Print", unit_cost=D(cost))
    rows = [quote(supplier) for supplier in three()[:quotes]]
    lines_service.save_quotes(line=line, quotes=rows, by=ae, at=NOW)
    service.save_header(estimate=draft, by=ae, at=NOW, quotes_reason=reason)
    wanted = "Fewer than three supplier quotes for “Print”: get them, or give the reason."
    assert lacks(draft) == ([wanted] if is_lacking else [])


@pytest.mark.rule("R78")
def test_limit_is_the_houses(draft, add):
    house = AgencySettings.load()
    house.quotes_above = D("50")
    house.save()
    add(text="Print", unit_cost=D("51"))
    assert len(lacks(draft)) == 1


@pytest.mark.rule("R78")
def test_work_of_our_own_needs_no_quotes(draft, add):
    line = add(text="Art direction", unit_cost=D("30000"), fixed_price=D("40000"))
    assert lacks(draft) == []
    add(line=line, supplier=make.make_supplier())
    assert len(lacks(draft)) == 1


@pytest.mark.rule("R78")
def test_option_left_out_needs_no_quotes(draft, add):
    add(text="Film", unit_cost=D("30000"), is_optional=True, chosen=False)
    assert lacks(draft) == []


def test_brief_changed_under_the_draft(draft, add, job):
    add()
    job.briefs.update(state="superseded")
    assert lacks(draft) == ["The brief has changed: please go through the lines by the new one."]


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
