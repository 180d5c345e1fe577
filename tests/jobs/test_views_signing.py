"""The pages of a signature on paper: one records the scan, another person confirms it (3.6)."""

import pytest
from django.utils import timezone

from accounts.models import ClientLink
from archives.models import ClientAnswer, Document
from jobs.services.signing import record_signature
from tests.archives.papers import upload
from tests.builders import assign, make_client, make_contact, make_user
from tests.jobs.desk import address, refused
from tests.jobs.way import Team

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R57")]


@pytest.fixture
def team():
    return Team(code="LM")


@pytest.fixture
def sent(team):
    return team.sent(at=timezone.now())


@pytest.fixture
def recorded(team, sent):
    """The AE has recorded the scan; it waits for a second person."""
    record_signature(
        estimate=sent, contact=team.signer, proof=team.scan(), by=team.ae, at=timezone.now()
    )
    sent.refresh_from_db()
    return sent


def record(page, row, contact, **fields):
    typed = {"row_version": row.row_version, "contact": contact.pk, "proof": upload(), **fields}
    return page.post(address("signature_record", row), typed)


def confirm(page, row, **fields):
    typed = {"row_version": row.row_version, **fields}
    return page.post(address("signature_confirm", row), typed)


def scans():
    return Document.objects.filter(kind="signature_proof")


def test_the_scan_is_recorded_and_signs_nothing_yet(team, sent, sign_in):
    page = sign_in(team.ae)
    assert page.get(address("signature_record", sent)).status_code == 200
    answer = record(page, sent, team.signer)
    assert (answer.status_code, answer.url) == (302, sent.get_absolute_url())
    kept, scan = ClientAnswer.objects.get(), scans().get()
    assert (kept.contact, kept.recorded_by, kept.confirmed_by) == (team.signer, team.ae, None)
    assert (kept.proof, scan.dated_on) == (scan, timezone.localdate())
    assert [row.job_number for row in scan.job_numbers.all()] == [team.job.number]
    sent.refresh_from_db()
    assert (sent.state, sent.answer) == ("sent", kept)
    assert ClientLink.objects.get(purpose="sign").state == "revoked"


def test_another_person_confirms_and_it_is_signed(team, recorded, sign_in):
    page = sign_in(team.am)
    assert page.get(address("signature_confirm", recorded)).status_code == 200
    assert confirm(page, recorded).url == recorded.get_absolute_url()
    recorded.refresh_from_db()
    assert (recorded.state, recorded.signed_by) == ("signed", team.signer)
    assert recorded.answer.confirmed_by == team.am


def test_who_recorded_it_does_not_confirm(team, sent, sign_in):
    page = sign_in(team.am)
    record(page, sent, team.signer)
    sent.refresh_from_db()
    refused(confirm(page, sent))
    sent.refresh_from_db()
    assert (sent.state, sent.answer.confirmed_by) == ("sent", None)


def test_confirming_twice_is_no_page_any_more(team, recorded, sign_in):
    page = sign_in(team.am)
    confirm(page, recorded)
    assert confirm(page, recorded).status_code == 404
    assert recorded.approvals.filter(step="client").count() == 1


def test_nothing_recorded_nothing_to_confirm(team, sent, sign_in):
    page = sign_in(team.am)
    assert page.get(address("signature_confirm", sent)).status_code == 404
    assert confirm(page, sent).status_code == 404


@pytest.mark.parametrize(
    ("role", "records", "confirms"),
    [
        ("ae", 302, 403),
        ("finance", 403, 403),
        ("management", 403, 403),
        ("department", 404, 404),
        ("admin", 404, 404),
    ],
)
def test_wrong_roles(team, recorded, sign_in, role, records, confirms):
    """An AE records and does not confirm; the others do neither."""
    person = team.ae if role == "ae" else make_user(role=role)
    if role == "department":
        assign(team.client, person)
    page = sign_in(person)
    assert confirm(page, recorded).status_code == confirms
    fresh = team.sent(team.draft(change=1), at=timezone.now())
    assert record(page, fresh, team.signer).status_code == records
    recorded.refresh_from_db()
    assert (recorded.state, recorded.answer.confirmed_by) == ("sent", None)


def test_people_of_another_client_find_no_page(team, recorded, sign_in):
    other = make_user(role="am")
    make_client(team=[other])
    page = sign_in(other)
    for name in ("signature_record", "signature_confirm"):
        assert page.get(address(name, recorded)).status_code == 404
        assert page.post(address(name, recorded), {}).status_code == 404


def test_nobody_comes_in_without_signing_in(recorded, client):
    for name in ("signature_record", "signature_confirm"):
        answer = client.post(address(name, recorded), {})
        assert (answer.status_code, "/login/" in answer.url) == (302, True)


def test_a_contact_of_another_client_signs_nothing(team, sent, sign_in):
    stranger = make_contact(make_client("YL"), can_sign=True)
    answer = record(sign_in(team.ae), sent, stranger)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["contact"])
    assert not scans().exists()


@pytest.mark.parametrize("proof", [None, upload(b"", "scan.pdf")])
def test_no_scan_no_record(team, sent, sign_in, proof):
    answer = record(sign_in(team.ae), sent, team.signer, **{"proof": proof or ""})
    assert answer.status_code == 422
    assert not ClientAnswer.objects.exists()
    assert not scans().exists()


def test_the_scan_of_a_refused_record_is_not_filed(team, recorded, sign_in):
    before = scans().count()
    answer = record(sign_in(team.ae), recorded, team.signer)
    refused(answer, "A signature has been recorded already and waits for a second person.")
    assert scans().count() == before
    assert ClientAnswer.objects.count() == 1


def test_a_stale_page_records_and_confirms_nothing(team, recorded, sign_in):
    stale = {"row_version": recorded.row_version - 1}
    before = scans().count()
    assert record(sign_in(team.ae), recorded, team.signer, **stale).status_code == 409
    assert confirm(sign_in(team.am), recorded, **stale).status_code == 409
    recorded.refresh_from_db()
    assert (recorded.state, scans().count()) == ("sent", before)
