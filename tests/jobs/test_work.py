"""Start orders: given, taken, done, withdrawn (R53, R57)."""

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from archives.models import Document
from jobs.models import StartOrder
from jobs.services import work
from tests.builders import assign, make_client, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = pytest.mark.django_db
WHY = "The client wants to wait a week"


@pytest.fixture
def ready(ae, am):
    """A job on which creative work may start, and its department's person."""
    client = make_client("LM", team=[ae, am])
    job = make.make_job(client, ae, risk_note="The agency bears it till then")
    brief = make.make_brief(job)
    for department in ("creative", "production"):
        make.confirm(brief, department)
    make.make_brief(job, kind="creative")
    make.make_timeline(job)
    return job


@pytest.fixture
def artist(ready):
    user = make_user(role="department", department="creative")
    assign(ready.client, user)
    return user


def give(job, ae, kind="creative", **fields):
    defaults = {"department": "creative", "text": "Make the key visual", "due_on": DUE}
    return work.give_order(job=job, kind=kind, by=ae, at=NOW, **{**defaults, **fields})


@pytest.mark.rule("R53")
def test_first_order_makes_the_job_active_and_tells_the_department(ready, ae, artist):
    order = give(ready, ae)
    ready.refresh_from_db()
    assert (ready.state, order.state, order.brief.version) == ("active", "given", 1)
    assert Notification.objects.get(recipient=artist).kind == "start_order"
    paper = Document.objects.get(kind="start_order")
    assert (paper.number, paper.face) == ("LM/SO/2026/001", "internal")
    assert order.document == paper


@pytest.mark.rule("R53")
def test_second_order_finds_the_job_active(ready, ae, artist):
    give(ready, ae)
    give(ready, ae, text="Then the copy")
    assert ready.start_orders.count() == 2


@pytest.mark.rule("R52", "R57")
def test_refusal_names_every_reason_and_changes_nothing(ready, ae):
    ready.briefs.get(kind="job").confirmations.filter(department="production").delete()
    with pytest.raises(Refused) as refused:
        give(ready, ae, kind="production", department="production")
    assert [words for _field, words in refused.value.reasons] == [
        "Production department has not confirmed that the brief is enough.",
        "The client has not signed the production estimate.",
    ]
    ready.refresh_from_db()
    assert ready.state == "approved"
    assert not StartOrder.objects.exists()
    assert not Document.objects.filter(kind="start_order").exists()


@pytest.mark.rule("R57")
@pytest.mark.parametrize("role", ["ae", "am", "ad", "gad"])
def test_no_rank_starts_production_before_the_signature(ready, role):
    user = make_user(role=role)
    assign(ready.client, user, role=role, is_lead=False)
    with pytest.raises(Refused):
        give(ready, user, kind="production", department="production")


@pytest.mark.rule("R57")
def test_signed_job_starts_production(ready, ae):
    make.pass_to(make.make_estimate(ready), "signed")
    assert give(ready, ae, kind="production", department="production").pk


def test_supplier_is_named(ready, ae):
    make.pass_to(make.make_estimate(ready), "signed")
    with pytest.raises(Refused) as refused:
        give(ready, ae, kind="supplier", department="")
    assert refused.value.field == "supplier"
    idle = make.make_supplier(is_active=False)
    with pytest.raises(Refused):
        give(ready, ae, kind="supplier", department="", supplier=idle)


def test_department_is_named(ready, ae):
    with pytest.raises(Refused) as refused:
        give(ready, ae, department="")
    assert refused.value.field == "department"


def test_person_is_of_the_department(ready, ae):
    printer = make_user(role="department", department="production")
    with pytest.raises(Refused) as refused:
        give(ready, ae, to=printer)
    assert refused.value.field == "to"


def test_same_form_twice_is_one_order(ready, ae):
    key = "0b1ce4f8-3f29-4f6e-9c6e-5a7ef4d0d4a2"
    assert give(ready, ae, form_key=key) == give(ready, ae, form_key=key)


def test_foreign_ae_and_department_give_nothing(ready, other_ae, artist):
    for user in (other_ae, artist):
        with pytest.raises(PermissionDenied):
            give(ready, user)


@pytest.mark.rule("R53")
def test_department_takes_and_finishes_its_order(ready, ae, artist):
    order = work.receive_order(order=give(ready, ae), by=artist, at=NOW)
    assert (order.state, order.received_by) == ("received", artist)
    order = work.finish_order(order=order, by=artist, at=NOW)
    assert (order.state, order.done_by, order.done_at) == ("done", artist, NOW)
    assert Notification.objects.filter(recipient=ae, kind="start_order").exists()


def test_what_is_done_without_being_taken_was_taken_too(ready, ae, artist):
    order = work.finish_order(order=give(ready, ae), by=artist, at=NOW)
    assert (order.received_by, order.received_at) == (artist, NOW)


@pytest.mark.parametrize("verb", ["receive_order", "finish_order"])
def test_done_order_is_not_done_again(ready, ae, artist, verb):
    order = work.finish_order(order=give(ready, ae), by=artist, at=NOW)
    with pytest.raises(Refused):
        getattr(work, verb)(order=order, by=artist, at=NOW)


def test_other_department_and_ae_do_not_take_it(ready, ae):
    order = give(ready, ae)
    printer = make_user(role="department", department="production")
    assign(ready.client, printer)
    for user in (printer, ae):
        with pytest.raises(PermissionDenied):
            work.receive_order(order=order, by=user, at=NOW)


def test_supplier_order_is_reported_done_by_who_gave_it_or_production(ready, ae):
    make.pass_to(make.make_estimate(ready), "signed")
    printer = make_user(role="department", department="production")
    assign(ready.client, printer)
    for user in (ae, printer):
        name = f"Print house of {user}"
        order = give(ready, ae, kind="supplier", department="",
                     supplier=make.make_supplier(name))  # fmt: skip
        assert work.finish_order(order=order, by=user, at=NOW).state == "done"


def test_withdrawal_has_a_reason_and_reaches_the_department(ready, ae, artist):
    order = give(ready, ae)
    with pytest.raises(Refused):
        work.withdraw_order(order=order, reason="no", by=ae, at=NOW)
    order = work.withdraw_order(order=order, reason=WHY, by=ae, at=NOW)
    assert (order.state, order.withdraw_reason) == ("withdrawn", WHY)
    assert WHY in Notification.objects.filter(recipient=artist).latest("pk").label
    assert AuditEntry.objects.filter(verb="withdraw_order").count() == 1


def test_stale_page_withdraws_nothing(ready, ae):
    order = give(ready, ae)
    with pytest.raises(Stale):
        work.withdraw_order(order=order, reason=WHY, by=ae, at=NOW, row_version=7)


def test_department_sees_only_its_own_orders(ready, ae, artist):
    mine = give(ready, ae)
    make.pass_to(make.make_estimate(ready), "signed")
    give(ready, ae, kind="production", department="production")
    assert list(StartOrder.objects.visible_to(artist)) == [mine]
    assert StartOrder.objects.visible_to(ae).count() == 2
