"""The preparation pack: proposed, attached, not needed with a reason, and nobody else's (R7)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from archives.kinds import Kind
from archives.services import void_document
from meetings import services
from meetings.models import PrepItem
from tests.archives.papers import make_document
from tests.builders import from_kept, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R7")]
AT = when("2026-11-18 09:00")
START, END = "2026-11-19 15:00", "2026-11-19 16:00"
WHY = "Nothing of the kind this time."


def make_kept():
    ae, am = make_user("ae"), make_user("am", role="am")
    client, contact = make.make_account(ae, am)
    papers = [
        make_document(
            client, Kind.CONTACT_REPORT, title=f"Report {day}", dated_on=date(2026, 11, day)
        )
        for day in (3, 5)
    ]
    plan = make.plan(client, ae, START, END, [ae, contact], at=AT)
    return {
        "ae": ae,
        "am": am,
        "customer": client,
        "contact": contact,
        "plan": plan,
        "newest": papers[1],
    }


ae, am, customer, contact, plan, newest = from_kept(
    "ae", "am", "customer", "contact", "plan", "newest"
)


def place(plan, kind):
    return plan.preparations.get(kind=kind)


def attach(plan, paper, by, kind="work", **more):
    return services.attach(item=place(plan, kind), documents=[paper], by=by, at=AT, **more)


def test_ten_places_five_of_them_required(plan):
    rows = dict(plan.preparations.values_list("kind", "required"))
    assert list(rows) == PrepItem.Kind.values
    assert {kind for kind, required in rows.items() if required} == set(PrepItem.REQUIRED)


def test_the_newest_paper_of_the_kind_is_there_at_once(plan, newest):
    assert list(place(plan, "last_report").documents.all()) == [newest]
    assert plan.preparations.lacking().count() == 4


def test_of_two_faces_the_clients_is_proposed(customer, ae, contact):
    facts = {"number": "LM/PE/2026/001", "dated_on": date(2026, 11, 9)}
    make_document(customer, Kind.ESTIMATE, face="internal", **facts)
    theirs = make_document(customer, Kind.ESTIMATE, face="client", **facts)
    row = make.plan(customer, ae, START, END, [ae, contact], at=AT)
    assert list(place(row, "quotes").documents.all()) == [theirs]


def test_a_void_or_foreign_paper_is_never_proposed(customer, ae, am, contact, other_ae):
    other, _person = make.make_account(other_ae)
    make_document(other, Kind.CLIPPING)
    void = make_document(customer, Kind.CLIPPING)
    void_document(document=void, reason="It was the wrong one.", by=am, at=AT)
    row = make.plan(customer, ae, START, END, [ae, contact], at=AT)
    assert not place(row, "references").documents.exists()


def test_papers_filed_since_fill_the_empty_places(plan, customer, ae):
    clipping = make_document(customer, Kind.CLIPPING)
    services.attach_newest(meeting=plan, by=ae, at=AT)
    assert list(place(plan, "references").documents.all()) == [clipping]
    with pytest.raises(Refused, match="holds no paper"):
        services.attach_newest(meeting=plan, by=ae, at=AT)


def test_a_paper_is_attached_and_taken_out(plan, customer, ae):
    script = make_document(customer, Kind.OTHER, title="Script")
    item = attach(plan, script, ae)
    assert list(item.documents.all()) == [script]
    assert not services.detach(item=item, document=script, by=ae, at=AT).documents.exists()


@pytest.mark.rule("R78")
def test_a_paper_of_another_client_is_refused(plan, ae, other_ae):
    other, _person = make.make_account(other_ae, ae)
    with pytest.raises(Refused, match="not one of the client's"):
        attach(plan, make_document(other, Kind.OTHER), ae)
    assert not place(plan, "work").documents.exists()


def test_not_needed_wants_a_reason(plan, ae):
    item = place(plan, "ads")
    with pytest.raises(Refused, match="at least 10"):
        services.set_not_needed(item=item, reason="no", by=ae, at=AT)
    assert services.set_not_needed(item=item, reason=WHY, by=ae, at=AT).not_needed == WHY
    assert not plan.preparations.lacking().filter(kind="ads").exists()
    assert services.set_needed(item=item, by=ae, at=AT).not_needed == ""


def test_attached_and_not_needed_exclude_each_other(plan, customer, ae):
    with pytest.raises(Refused, match="take it out first"):
        services.set_not_needed(item=place(plan, "last_report"), reason=WHY, by=ae, at=AT)
    services.set_not_needed(item=place(plan, "ads"), reason=WHY, by=ae, at=AT)
    assert attach(plan, make_document(customer, Kind.OTHER), ae, "ads").not_needed == ""


def test_somebody_else_was_quicker(plan, customer, ae):
    with pytest.raises(Stale):
        attach(plan, make_document(customer, Kind.OTHER), ae, row_version=7)


@pytest.mark.parametrize("role", ["finance", "management", "department"])
def test_who_does_not_run_meetings_changes_nothing(plan, newest, role):
    with pytest.raises(PermissionDenied):
        services.detach(
            item=place(plan, "last_report"), document=newest, by=make_user(role=role), at=AT
        )


def test_the_ae_of_another_client_changes_nothing(plan, newest, other_ae):
    with pytest.raises(PermissionDenied):
        attach(plan, newest, other_ae)


def test_a_held_meeting_keeps_its_pack(plan, newest, ae):
    services.cancel_meeting(meeting=plan, row_version=None, by=ae, at=AT)
    with pytest.raises(Refused, match="Cancelled"):
        attach(plan, newest, ae)
