"""Pages of start orders, costs and errors, as a browser uses them (R53, R57, R59)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agency.common.models import Notification
from jobs.models import StartOrder
from tests.builders import make_client
from tests.jobs import desk, make
from tests.jobs.desk import address, refused
from tests.jobs.make import DUE
from tests.meetings.pages import send, text_of

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


# --- giving -------------------------------------------------------------------------------------


@pytest.mark.rule("R53")
def test_order_form_shows_why_each_kind_may_not_start(page, ready):
    kinds = dict(page.get(address("order_create", ready)).context["kinds"])
    unsigned = "The client has not signed the production estimate."
    assert {str(label): reasons for label, reasons in kinds.items()} == {
        "Planning": [],
        "Creative": [],
        "Media": [
            "Media department has not confirmed that the brief is enough.",
            "The client has not signed the media plan.",
        ],
        "Production": [unsigned],
        "Supplier": [unsigned],
    }


@pytest.mark.rule("R57")
def test_after_the_signature_production_and_suppliers_may_start(page, ready):
    desk.sign(ready)
    kinds = page.get(address("order_create", ready)).context["kinds"]
    assert [str(label) for label, reasons in kinds if reasons] == ["Media"]


@pytest.mark.parametrize(
    ("asked", "kind", "department"),
    [
        ("", "creative", "creative"),
        ("production", "production", "production"),
        ("media", "media", "media"),
        ("planning", "planning", ""),
        ("supplier", "supplier", ""),
        ("nonsense", "creative", "creative"),
    ],
)
def test_form_begins_with_the_kind_asked_for(page, ready, asked, kind, department):
    form = page.get(address("order_create", ready), {"kind": asked}).context["form"]
    assert (form.initial["kind"], form.initial["department"]) == (kind, department)
    assert form.initial["due_on"] == ready.due_on


@pytest.mark.rule("R53")
def test_order_given_on_the_page_reaches_the_department(page, ready, artist):
    answer = give(page, ready)
    order = StartOrder.objects.get()
    assert answer.url == order.job.get_absolute_url()
    assert (order.text, order.due_on, order.department) == ("Make the key visual", DUE, "creative")
    assert Notification.objects.get(recipient=artist).kind == "start_order"
    shown = page.get(answer.url)
    assert "The order is given; the department has been told." in text_of(shown)


def test_order_may_name_one_person_of_the_department(page, ready, artist):
    other = desk.worker(ready)
    give(page, ready, to=f"{artist.pk}")
    assert StartOrder.objects.get().to == artist
    assert not Notification.objects.filter(recipient=other).exists()


@pytest.mark.rule("R57")
def test_refused_order_says_why_and_keeps_what_was_typed(page, ready):
    answer = give(page, ready, kind="production", department="production", text="Print 5,000")
    refused(answer, "The client has not signed the production estimate.", "Print 5,000")
    assert answer.context["form"]["due_on"].value() == f"{DUE}"
    assert not StartOrder.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("text", ""),
        ("text", "x" * 4001),
        ("text", "bell \x07"),
        ("due_on", ""),
        ("due_on", "2026-02-30"),
        ("kind", "magic"),
        ("department", ""),
        ("to", "999999"),
        ("supplier", "999999"),
        ("form_key", "no key"),
    ],
)
def test_order_typed_wrong_is_refused_at_its_field(page, ready, field, typed):
    answer = give(page, ready, **{field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not StartOrder.objects.exists()


def test_supplier_order_wants_its_supplier(page, ready):
    desk.sign(ready)
    answer = give(page, ready, kind="supplier", department="")
    refused(answer, "Please choose the supplier.")
    supplier = make.make_supplier()
    give(page, ready, kind="supplier", department="", supplier=f"{supplier.pk}")
    assert StartOrder.objects.get().supplier == supplier


def test_idle_supplier_is_not_offered(page, ready):
    kept, _idle = make.make_supplier("Kept"), make.make_supplier("Idle", is_active=False)
    form = page.get(address("order_create", ready)).context["form"]
    assert list(form.fields["supplier"].queryset) == [kept]


def test_same_form_sent_twice_is_one_order(page, ready):
    key = "0b1ce4f8-3f29-4f6e-9c6e-5a7ef4d0d4a2"
    assert [give(page, ready, form_key=key).status_code for _time in range(2)] == [302, 302]
    assert StartOrder.objects.count() == 1


# --- one order ----------------------------------------------------------------------------------


def buttons(page, order):
    context = page.get(order.get_absolute_url()).context
    return context["may_take"], context["may_withdraw"]


def test_page_of_an_order_tells_its_story(page, ready, ae):
    order = make.make_order(ready, text="Make the key visual\nin two sizes")
    shown = page.get(order.get_absolute_url())
    words = text_of(shown)
    assert "Make the key visual in two sizes" in words
    assert f"{ready} · Creative department" in words
    assert ae.name in words
    assert shown.context["page_title"] == "Creative · Creative department"


@pytest.mark.rule("R53")
@pytest.mark.parametrize(
    ("who", "state", "may"),
    [
        ("ae", "given", (False, True)),
        ("artist", "given", (True, False)),
        ("artist", "received", (True, False)),
        ("artist", "done", (False, False)),
        ("ae", "done", (False, False)),
    ],
)
def test_each_sees_the_buttons_that_are_his(sign_in, ready, ae, artist, who, state, may):
    done = {"done_at": make.NOW, "done_by": artist} if state == "done" else {}
    order = make.make_order(ready, state=state, **done)
    assert buttons(sign_in({"ae": ae, "artist": artist}[who]), order) == may


@pytest.mark.rule("R53")
def test_department_takes_and_finishes_through_its_pages(sign_in, ready, ae, artist):
    order, page = make.make_order(ready), sign_in(artist)
    assert send(page, address("order_receive", order)).url == order.get_absolute_url()
    order.refresh_from_db()
    assert (order.state, order.received_by) == ("received", artist)
    assert send(page, address("order_finish", order)).url == order.get_absolute_url()
    order.refresh_from_db()
    assert (order.state, order.done_by) == ("done", artist)
    assert "Done; the AE has been told." in text_of(page.get(order.get_absolute_url()))
    assert Notification.objects.filter(recipient=ae, kind="start_order").count() == 1


@pytest.mark.rule("R53")
def test_who_gave_a_suppliers_order_reports_it_done(page, ready, ae):
    desk.sign(ready)
    order = make.make_order(ready, "supplier", supplier=make.make_supplier())
    assert buttons(page, order) == (True, True)
    assert send(page, address("order_receive", order)).status_code == 302
    assert send(page, address("order_finish", order)).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.done_by) == ("done", ae)


def test_production_sees_and_finishes_a_suppliers_order(sign_in, ready):
    desk.sign(ready)
    supplier = make.make_supplier()
    order = make.make_order(ready, "supplier", supplier=supplier, department="production")
    printer = desk.worker(ready, "production")
    assert send(sign_in(printer), address("order_finish", order)).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.done_by) == ("done", printer)


@pytest.mark.parametrize("verb", ["order_receive", "order_finish"])
def test_nobody_else_takes_an_order(sign_in, ready, ae, am, verb):
    order = make.make_order(ready)
    for user in (ae, am):
        assert sign_in(user).get(address(verb, order)).status_code == 403
        assert sign_in(user).post(address(verb, order), {"row_version": 1}).status_code == 403
    order.refresh_from_db()
    assert order.state == "given"


def test_withdrawal_wants_a_reason_and_tells_the_department(page, ready, artist):
    order = make.make_order(ready)
    refused(send(page, address("order_withdraw", order), reason="no"))
    assert send(page, address("order_withdraw", order), reason=WHY).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.withdraw_reason) == ("withdrawn", WHY)
    assert WHY in Notification.objects.get(recipient=artist).label
    assert WHY in text_of(page.get(order.get_absolute_url()))


@pytest.mark.parametrize(
    ("who", "verb", "typed"),
    [
        ("artist", "order_receive", {}),
        ("artist", "order_finish", {}),
        ("ae", "order_withdraw", {"reason": WHY}),
    ],
)
def test_stale_page_does_nothing_and_shows_what_was_typed(
    sign_in, ready, ae, artist, who, verb, typed
):
    order = make.make_order(ready)
    page = sign_in({"ae": ae, "artist": artist}[who])
    answer = send(page, address(verb, order), **typed, **desk.STALE)
    desk.is_stale(answer, order, "given")
    assert [words for words in typed.values() if words not in text_of(answer)] == []


@pytest.mark.parametrize(
    ("who", "verb", "typed"),
    [
        ("artist", "order_receive", {}),
        ("artist", "order_finish", {}),
        ("ae", "order_withdraw", {"reason": WHY}),
    ],
)
def test_order_that_ended_is_not_touched_again(sign_in, ready, ae, artist, who, verb, typed):
    order = make.make_order(ready, state="done", done_at=make.NOW, done_by=artist)
    page = sign_in({"ae": ae, "artist": artist}[who])
    refused(send(page, address(verb, order), **typed))
    order.refresh_from_db()
    assert (order.state, order.done_at) == ("done", make.NOW)


# --- who may come in ----------------------------------------------------------------------------

OF_JOB = ("order_create", "cost_create", "error_create")
OF_ORDER = ("order_detail", "order_receive", "order_finish", "order_withdraw")


@pytest.mark.parametrize("name", [*OF_JOB, *OF_ORDER])
def test_pages_of_another_client_are_not_there(sign_in, ready, other_ae, name):
    make_client(team=[other_ae])
    row = ready if name in OF_JOB else make.make_order(ready)
    expected = 403 if name in ("order_receive", "order_finish") else 404
    answer = sign_in(other_ae).get(address(name, row))
    assert answer.status_code in (404, expected)


@pytest.mark.parametrize("name", OF_ORDER)
def test_orders_of_another_department_are_not_there(sign_in, ready, name):
    desk.sign(ready)
    order = make.make_order(ready)
    make.make_order(ready, "production")
    printer = desk.worker(ready, "production")
    assert sign_in(printer).get(address(name, order)).status_code in (
        (404,) if name != "order_withdraw" else (403, 404)
    )


@pytest.mark.parametrize("name", OF_JOB)
def test_department_gives_no_orders_and_enters_nothing(sign_in, ready, artist, name):
    make.make_order(ready)
    page = sign_in(artist)
    assert page.get(address(name, ready)).status_code == 403
    assert page.post(address(name, ready), {}).status_code == 403


@pytest.mark.parametrize("name", [*OF_JOB, "order_withdraw"])
def test_stranger_is_asked_to_sign_in(client, ready, name):
    row = ready if name in OF_JOB else make.make_order(ready)
    answer = client.get(address(name, row))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:login"))
