"""The list of orders, costs and errors on the page (R53, R57, R59)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agency.common.models import AuditEntry
from archives.models import Document
from jobs.models import Cost, ErrorNote
from tests.archives.papers import upload
from tests.builders import make_client, make_user
from tests.jobs import desk, make
from tests.jobs.desk import address, listed, refused
from tests.jobs.make import DUE, D
from tests.meetings.pages import fields_of, send

pytestmark = pytest.mark.django_db
WHY = "The client wants to wait a week"
TODAY = timezone.localdate()


@pytest.fixture
def ready(ae, am):
    return desk.ready_job(ae, am)


@pytest.fixture
def artist(ready):
    return desk.worker(ready)


@pytest.fixture
def page(sign_in, ae):
    return sign_in(ae)


def give(page, job, **fields):
    typed = {"text": "Make the key visual", "due_on": f"{DUE}", **fields}
    return send(page, address("order_create", job), **typed)


# --- the list of orders -------------------------------------------------------------------------


@pytest.fixture
def orders(ready, ae, other_ae):
    """Open for creative, done for production, taken for a supplier; one foreign."""
    foreign = make.make_job(make_client(team=[other_ae]), other_ae)
    desk.sign(ready)
    return {
        "creative": make.make_order(ready, due_on=TODAY - timedelta(days=1)),
        "done": make.make_order(ready, "production", state="done", done_at=make.NOW, due_on=TODAY),
        "supplier": make.make_order(
            ready, "supplier", supplier=make.make_supplier(), state="received", due_on=DUE
        ),
        "foreign": make.make_order(foreign),
    }


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"creative", "done", "supplier"}),
        ({"state": "open"}, {"creative", "supplier"}),
        ({"state": "given"}, {"creative"}),
        ({"state": "received"}, {"supplier"}),
        ({"state": "done"}, {"done"}),
        ({"state": "withdrawn"}, set()),
        ({"state": "nonsense"}, {"creative", "done", "supplier"}),
        ({"department": "production"}, {"done"}),
        ({"department": "creative", "state": "done"}, set()),
    ],
)
def test_orders_are_filtered(page, orders, asked, names):
    assert listed(page, "order_list", **asked) == {orders[name] for name in names}


def test_orders_are_filtered_by_client(page, orders, ready, ae):
    other = make.make_order(make.make_job(make_client(team=[ae]), ae))
    assert listed(page, "order_list", client=other.client.pk) == {other}
    assert len(listed(page, "order_list", client=ready.client.pk)) == 3


@pytest.mark.rule("R53")
def test_department_finds_its_tasks_only(sign_in, orders, artist):
    assert listed(sign_in(artist), "order_list") == {orders["creative"]}


def test_late_order_is_red_and_a_done_one_green(page, orders):
    shown = page.get(reverse("jobs:order_list"))
    tone = next(column.tone for column in shown.context["columns"] if column.kind == "badge")
    assert [tone(orders[name]) for name in ("creative", "done", "supplier")] == ["red", "green", ""]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["creative", "done", "supplier"]),
        ("due", ["creative", "done", "supplier"]),
        ("-due", ["supplier", "done", "creative"]),
    ],
)
def test_orders_are_sorted_by_their_day(page, orders, sort, names):
    rows = page.get(reverse("jobs:order_list"), {"sort": sort}).context["rows"]
    assert list(rows) == [orders[name] for name in names]


def test_sheet_of_orders_holds_the_rows_of_the_list(page, orders, ready):
    asked = {"format": "xlsx", "state": "open"}
    cells = desk.sheet_of(page.get(reverse("jobs:order_list"), asked))
    assert [(row[1], row[2], row[4]) for row in cells] == [
        ("Creative", "Creative department", "Given"),
        ("Supplier", "Lantern Print", "Received"),
    ]
    assert {row[0] for row in cells} == {str(ready)}


def test_department_takes_no_sheet(sign_in, orders, artist):
    answer = sign_in(artist).get(reverse("jobs:order_list"), {"format": "xlsx"})
    assert answer.status_code == 403


def test_orders_cost_the_same_queries_however_many(
    page, orders, ready, django_assert_max_num_queries
):
    page.get(reverse("jobs:order_list"))
    for _number in range(10):
        make.make_order(ready)
    with django_assert_max_num_queries(16):
        assert len(listed(page, "order_list")) == 13


# --- costs --------------------------------------------------------------------------------------


@pytest.fixture
def printer():
    return make.make_supplier("Harbour Print")


@pytest.fixture
def signed(ready, printer):
    """In work, 1,500.00 signed, a supplier's order given."""
    desk.sign(ready)
    type(ready).objects.filter(pk=ready.pk).update(state="active")
    make.make_order(ready, "supplier", supplier=printer)
    ready.refresh_from_db()
    return ready


def enter(page, job, printer, **fields):
    typed = {"kind": "order", "supplier": f"{printer.pk}", "amount": "800.00", "number": "A-17"}
    return send(page, address("cost_create", job), **{**typed, **fields})


@pytest.mark.rule("R57", "R59")
def test_cost_is_entered_against_a_line(page, signed, printer):
    line = signed.estimates.get().lines.get(text="Printing")
    answer = enter(page, signed, printer, line=f"{line.pk}")
    cost = Cost.objects.get()
    assert answer.url == signed.get_absolute_url()
    assert (cost.kind, cost.amount, cost.line, cost.number) == ("order", D("800.00"), line, "A-17")
    assert (cost.on, cost.supplier, cost.document) == (TODAY, printer, None)


@pytest.mark.parametrize(
    ("kind", "filed_as"), [("order", "supplier_quote"), ("bill", "supplier_bill")]
)
def test_paper_of_a_cost_is_filed_inside_the_house(page, signed, printer, kind, filed_as):
    given = {"paper": upload(name="bill.pdf"), "on": "2026-11-18"}
    answer = enter(page, signed, printer, kind=kind, **given)
    assert answer.status_code == 302
    paper = Document.objects.get(kind=filed_as)
    assert Cost.objects.get().document == paper
    assert (paper.face, paper.title, paper.dated_on) == (
        "internal",
        "Harbour Print A-17",
        date(2026, 11, 18),
    )
    assert [row.job_number for row in paper.job_numbers.all()] == [signed.number]


def test_bill_answers_an_order_and_is_not_offered_twice(page, signed, printer):
    enter(page, signed, printer)
    order = Cost.objects.get()
    enter(page, signed, printer, kind="bill", order=f"{order.pk}")
    assert [bill.amount for bill in order.bills.all()] == [D("800.00")]
    form = page.get(address("cost_create", signed)).context["form"]
    assert list(form.fields["order"].queryset) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", ""),
        ("amount", "much"),
        ("amount", "1.005"),
        ("amount", "0"),
        ("amount", "99999999999"),
        ("on", "yesterday"),
        ("supplier", ""),
        ("line", "999999"),
        ("number", "A\n17"),
        ("kind", "gift"),
        ("amount", "1500.01"),
    ],
)
def test_cost_typed_wrong_is_refused_at_its_field(page, signed, printer, field, typed):
    answer = enter(page, signed, printer, **{field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Cost.objects.exists()


@pytest.mark.rule("R59")
def test_above_the_line_the_manager_ticks(sign_in, signed, printer, ae, am):
    line = signed.estimates.get().lines.get(text="Paper")
    over = {"line": f"{line.pk}", "amount": "500.01"}
    refused(enter(sign_in(ae), signed, printer, over="on", **over), "the account manager enters it")
    refused(enter(sign_in(am), signed, printer, **over), "please tick that it may be")
    assert enter(sign_in(am), signed, printer, over="on", **over).status_code == 302
    assert Cost.objects.get().over_by == am


@pytest.mark.rule("R57")
def test_no_cost_before_the_signature(page, ready, printer):
    type(ready).objects.filter(pk=ready.pk).update(state="active")
    refused(enter(page, ready, printer), "The client has not signed the production estimate.")
    assert not Cost.objects.exists()


@pytest.mark.parametrize("kind", ["order", "bill"])
def test_paper_of_a_refused_cost_is_not_filed(page, ready, printer, kind):
    type(ready).objects.filter(pk=ready.pk).update(state="active")
    papers, lines = Document.objects.count(), AuditEntry.objects.count()
    refused(enter(page, ready, printer, kind=kind, paper=upload(name="bill.pdf")), "not signed")
    assert (Document.objects.count(), AuditEntry.objects.count()) == (papers, lines)
    assert not Cost.objects.exists()


def test_cost_with_its_paper_sent_twice_is_one_of_each(page, signed, printer):
    fields = fields_of(page.get(address("cost_create", signed)))
    typed = {**fields, "supplier": f"{printer.pk}", "kind": "bill", "amount": "800.00"}
    for _time in range(2):
        sent = {**typed, "paper": upload(name="bill.pdf")}
        assert page.post(address("cost_create", signed), sent).status_code == 302
    assert Cost.objects.get().document == Document.objects.get(kind="supplier_bill")


def test_production_enters_costs_and_creative_does_not(sign_in, signed, printer, artist):
    make.make_order(signed, "production")
    make.make_order(signed)
    people = {desk.worker(signed, "production"): 200, artist: 403}
    for user, status in people.items():
        assert sign_in(user).get(address("cost_create", signed)).status_code == status


# --- errors -------------------------------------------------------------------------------------


def note(page, job, **fields):
    typed = {"kind": "price", "text": "A zero too many", "amount": "90.00", **fields}
    return send(page, address("error_create", job), **typed)


@pytest.mark.rule("R59")
def test_error_is_noted_at_the_signed_estimate(page, signed, am):
    assert note(page, signed, noticed_by=f"{am.pk}").url == signed.get_absolute_url()
    row = ErrorNote.objects.get()
    assert (row.kind, row.amount, row.found_on) == ("price", D("90.00"), TODAY)
    assert (row.estimate, row.noticed_by) == (signed.estimates.get(), am)


def test_error_without_a_signed_estimate_stands_at_the_job(page, ready):
    note(page, ready, amount="")
    row = ErrorNote.objects.get()
    assert (row.job, row.estimate, row.amount) == (ready, None, None)


@pytest.mark.parametrize(
    ("field", "typed"),
    [("text", ""), ("kind", "sin"), ("amount", "lots"), ("found_on", "soon"), ("found_on", "")],
)
def test_error_typed_wrong_is_refused_at_its_field(page, ready, field, typed):
    answer = note(page, ready, **{field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not ErrorNote.objects.exists()


def test_only_people_of_the_client_can_have_noticed_it(page, ready, other_ae):
    answer = note(page, ready, noticed_by=f"{other_ae.pk}")
    assert list(answer.context["form"].errors) == ["noticed_by"]


@pytest.fixture
def notes(ready, other_ae):
    foreign = make.make_job(make_client(team=[other_ae]), other_ae)

    def put(job, kind, day, amount=None):
        return job.error_notes.create(
            kind=kind, found_on=date(2026, 11, day), text=f"{kind} wrong", amount=amount
        )

    return {
        "price": put(ready, "price", 3, D("90.00")),
        "date": put(ready, "date", 10),
        "sum": put(ready, "sum", 17, D("-12.50")),
        "foreign": put(foreign, "price", 10),
    }


@pytest.mark.rule("R59")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"price", "date", "sum"}),
        ({"kind": "price"}, {"price"}),
        ({"since": "2026-11-10"}, {"date", "sum"}),
        ({"until": "2026-11-10"}, {"price", "date"}),
        ({"since": "2026-11-04", "until": "2026-11-16"}, {"date"}),
        ({"since": "nonsense", "kind": "sum"}, {"sum"}),
    ],
)
def test_errors_are_filtered(page, notes, asked, names):
    assert listed(page, "error_list", **asked) == {notes[name] for name in names}


def test_errors_are_filtered_by_client(page, notes, ready, ae):
    other = make.make_job(make_client(team=[ae]), ae)
    assert listed(page, "error_list", client=ready.client.pk) == {
        notes[name] for name in ("price", "date", "sum")
    }
    assert listed(page, "error_list", client=other.client.pk) == set()


def test_sheet_of_errors_has_the_newest_first(page, notes):
    cells = desk.sheet_of(page.get(reverse("jobs:error_list"), {"format": "xlsx"}))
    assert [row[2] for row in cells] == ["sum wrong", "date wrong", "price wrong"]
    assert [row[3] and D(str(row[3])) for row in cells] == [D("-12.5"), None, D("90")]


@pytest.mark.parametrize(
    ("role", "status"), [("am", 200), ("finance", 403), ("department", 403), ("admin", 403)]
)
def test_errors_are_for_the_account_service(sign_in, db, role, status):
    assert sign_in(make_user(role=role)).get(reverse("jobs:error_list")).status_code == status
