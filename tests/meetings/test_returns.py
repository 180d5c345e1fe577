"""What the client answers, by link or on paper, and what follows (R21, R22, domain.md 3.2)."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ClientLink
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from archives.models import ClientAnswer
from meetings import services
from tests.archives.papers import make_document
from tests.builders import make_client, make_contact, make_user, when
from tests.meetings import make

pytestmark = pytest.mark.django_db
AT = when("2026-11-20 10:00")
WORDS = "We agreed on another size."


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def report(account, ae):
    client, contact = account
    make_contact(client, "叶知秋")
    return make.delivered(client, contact, ae)


def other_of(report):
    return report.recipients.exclude(pk=report.returner_id).get()


@pytest.mark.rule("R21")
def test_the_returner_accepts(report, account):
    _client, contact = account
    kept = make.answer(report, contact, AT)
    report.refresh_from_db()
    assert (report.state, report.returned_at, report.next_notice_at) == ("accepted", AT, None)
    assert (kept.answer, kept.typed_name, kept.sha256) == (
        "accepted",
        contact.name,
        report.document.sha256,
    )
    assert {who for who, _slot in make.told(report, "returned")} == {"ae", "am"}
    assert make.link_of(report, contact).state == ClientLink.State.USED
    entry = AuditEntry.objects.get(verb="return_accepted")
    assert (entry.actor, entry.contact_name) == (None, contact.name)


@pytest.mark.rule("R22")
def test_any_recipient_may_object(report, ae):
    make.object_to(report, other_of(report), AT)
    report.refresh_from_db()
    assert (report.state, report.objected_at) == ("objected", AT)
    told = {who for who, _slot in make.told(report, "objected")}
    assert told == {"ae", "am", "ad"}
    notice = Notification.objects.about(report).filter(kind="objected").first()
    assert notice.due_at == when("2026-11-21 10:00")
    assert report.next_notice_at == when("2026-11-20 22:00")


@pytest.mark.rule("R22")
def test_an_objection_needs_words(report, account):
    _client, contact = account
    with pytest.raises(Refused) as caught:
        make.object_to(report, contact, AT, reason="no")
    assert caught.value.field == "reason"
    report.refresh_from_db()
    assert report.state == "issued"


@pytest.mark.rule("R21")
def test_anybody_elses_yes_does_not_change_the_state(report):
    make.answer(report, other_of(report), AT)
    report.refresh_from_db()
    assert (report.state, report.returned_at) == ("issued", None)
    assert ClientAnswer.objects.count() == 1


def test_the_same_answer_twice_is_one_answer(report, account):
    _client, contact = account
    first = make.answer(report, contact, AT)
    again = make.answer(report, contact, AT)
    assert first.pk == again.pk
    assert AuditEntry.objects.filter(verb="return_accepted").count() == 1


@pytest.mark.rule("R22")
@pytest.mark.parametrize("state", ["accepted", "deemed_accepted"])
def test_an_objection_after_acceptance_is_told_and_the_state_stays(report, account, state):
    _client, contact = account
    if state == "accepted":
        make.answer(report, contact, AT)
    else:
        make.tick(when("2026-11-23 11:37"))
    make.object_to(report, contact, when("2026-11-24 10:00"))
    report.refresh_from_db()
    assert (report.state, report.objected_at) == (state, None)
    assert {who for who, _slot in make.told(report, "objected")} == {"ae", "am", "ad"}


def test_an_answer_for_another_paper_is_refused(report, account):
    _client, contact = account
    link = make.link_of(report, contact)
    with pytest.raises(Stale):
        services.answer_return(
            link=link, answer="accepted", typed_name="何嘉宁", sha256="0" * 64, at=AT
        )
    with pytest.raises(Refused):
        services.answer_return(
            link=link, answer="signed", typed_name="何嘉宁", sha256=link.sha256, at=AT
        )


@pytest.mark.rule("R23")
def test_the_link_of_a_replaced_report_says_so(report, account, ae):
    _client, contact = account
    link = make.link_of(report, contact)
    draft = services.revise_report(report=report, reason="a date was wrong", by=ae, at=AT)
    make.send_out(draft, ae, AT)
    with pytest.raises(Refused):
        make.answer(report, contact, AT)
    link.refresh_from_db()
    assert link.state == ClientLink.State.REVOKED


def record(report, by, answer="accepted", proof=None, contact=None, **fields):
    proof = proof or make_document(report.client, kind="return_proof", name="scan.pdf")
    return services.record_return(
        report=report,
        contact=contact or report.returner,
        answer=answer,
        proof=proof,
        by=by,
        at=AT,
        **fields,
    )


@pytest.mark.rule("R21")
def test_a_paper_return_counts_with_its_proof(report, ae):
    kept = record(report, ae)
    report.refresh_from_db()
    assert (report.state, kept.recorded_by, kept.proof.kind) == ("accepted", ae, "return_proof")


@pytest.mark.rule("R22")
def test_a_paper_objection_starts_the_revision_clock(report, ae):
    record(report, ae, "objected", about="1", reason=WORDS)
    report.refresh_from_db()
    assert (report.state, report.objected_at) == ("objected", AT)


def test_a_paper_return_is_refused_where_it_does_not_belong(report, account, ae):
    client, contact = account
    draft = make.log(client, contact, ae)
    foreign = make_client()
    with pytest.raises(Refused):
        record(draft, ae)
    with pytest.raises(Refused):
        record(report, ae, answer="signed")
    with pytest.raises(Refused):
        record(report, ae, contact=make_contact(foreign))
    with pytest.raises(Refused):
        record(report, ae, proof=make_document(foreign, kind="return_proof", name="scan.pdf"))
    report.refresh_from_db()
    assert report.state == "issued"


def test_others_may_not_record_a_return(report, other_ae):
    proof = make_document(report.client, kind="return_proof", name="scan.pdf")
    for person in (other_ae, make_user(role="finance"), make_user(role="department")):
        with pytest.raises(PermissionDenied):
            record(report, person, proof=proof)


def test_a_stale_page_records_nothing(report, ae):
    shown = report.row_version
    make.answer(report, other_of(report), AT)
    with pytest.raises(Stale):
        record(report, ae, row_version=shown)
