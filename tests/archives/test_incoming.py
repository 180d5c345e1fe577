"""Files that came in wait until somebody has said where they belong (R38, C14)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agency.common.errors import Refused, Stale
from archives import services, storage, verify
from archives.models import Document, Incoming
from archives.reading import Reading
from archives.tasks import incoming as steps
from tests.archives.papers import NOON, make_document, upload
from tests.builders import assign, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R38")]
BODY = "绿麦食品 合同 2026年3月5日".encode()


@pytest.fixture
def desk():
    """(client LM, its AE)"""
    client, person = make_client("LM", name="绿麦食品"), make_user()
    assign(client, person)
    return client, person


def take(person, content=BODY, name="scan.txt", **more):
    file = upload(content, name, "text/plain")
    return services.receive(upload=file, source="drop", owner=person, at=NOON, **more)


def filed(row, client, by, **more):
    facts = {"kind": "contract", "dated_on": date(2026, 3, 5), **more}
    return services.file_incoming(incoming=row, client=client, by=by, at=NOON, **facts)


def test_a_file_waits_with_what_its_name_says(desk):
    client, person = desk
    row = take(person, name="LM 报价 20260305.txt")
    assert (row.client, row.kind, row.dated_on) == (client, "supplier_quote", date(2026, 3, 5))
    assert not Document.objects.exists()


def test_the_clock_reads_it_and_guesses_what_is_still_open(desk):
    row = take(desk[1])
    assert row.kind == ""
    for item in steps.unread(NOON):
        steps.keep_reading(item, NOON)
    row.refresh_from_db()
    assert (row.kind, row.client, row.dated_on) == ("contract", desk[0], date(2026, 3, 5))


def test_what_a_person_filled_in_is_not_guessed_over(desk):
    row = take(desk[1], name="memo.txt")
    services.keep_reading(incoming=row, reading=Reading("传真 合同"), at=NOON)
    row.refresh_from_db()
    assert row.kind == "memo"


def test_filing_makes_the_paper_with_its_text_and_ends_the_wait(desk):
    client, person = desk
    row = take(person)
    services.keep_reading(incoming=row, reading=Reading("条款 甲方", 3), at=NOON)
    row.refresh_from_db()
    paper = filed(row, client, person, row_version=row.row_version)
    assert (paper.text, paper.pages, paper.title) == ("条款 甲方", 3, "scan")
    with storage.open_checked(paper.sha256) as file:
        assert file.read() == BODY
    row.refresh_from_db()
    assert (row.state, row.document, row.text) == ("filed", paper, "")


def test_it_is_filed_once(desk):
    client, person = desk
    row = take(person)
    filed(row, client, person)
    with pytest.raises(Refused, match="already"):
        filed(row, client, person)


def test_from_a_page_shown_before_nothing_is_filed(desk):
    client, person = desk
    with pytest.raises(Stale):
        filed(take(person), client, person, row_version=99)


def test_the_same_bytes_wait_once_and_are_said_to_be_there(desk):
    client, person = desk
    row = take(person)
    assert take(person, name="again.txt") == row
    make_document(client, content=BODY, kind="memo")
    with pytest.raises(Refused, match="File again"):
        filed(row, client, person)
    assert filed(row, client, person, again=True).pk


def test_the_same_bytes_wait_once_also_where_the_client_was_guessed(desk):
    row = take(desk[1], name="LM notes.txt")
    assert take(desk[1], name="again.txt") == row


def test_a_job_nobody_filed_for_is_refused(desk):
    client, person = desk
    row = take(person)
    with pytest.raises(Refused, match="names such a job") as refused:
        filed(row, client, person, job_number="LM-26-999")
    assert refused.value.field == "job_number"
    make_document(client, kind="brief", job_numbers=["LM-26-014"])
    paper = filed(row, client, person, job_number="lm-26-014")
    assert [one.job_number for one in paper.job_numbers.all()] == ["LM-26-014"]


def test_another_client_is_closed_and_so_is_a_kind_of_the_house(desk):
    row = take(desk[1])
    with pytest.raises(PermissionDenied):
        filed(row, make_client(), desk[1])
    with pytest.raises(Refused, match="file themselves"):
        filed(row, desk[0], desk[1], kind="estimate")


def test_who_may_not_file_hands_nothing_in():
    with pytest.raises(PermissionDenied):
        take(make_user(role="management"))


def test_seen_by_who_dropped_it_and_by_who_serves_its_client(desk):
    mate, stranger, row = make_user(), make_user(), take(desk[1], name="LM notes.txt")
    assign(desk[0], mate)
    seen = [Incoming.objects.visible_to(one, NOON).count() for one in (desk[1], mate, stranger)]
    assert (seen, row.client) == ([1, 1, 0], desk[0])


def test_not_kept_with_a_reason_and_its_file_is_no_orphan(desk):
    row = take(desk[1])
    services.discard_incoming(incoming=row, reason="A holiday photo", by=desk[1], at=NOON)
    row.refresh_from_db()
    assert row.state == "discarded"
    assert row.sha256 in verify.known_hashes()


def test_twin_forms_take_the_file_in_once(desk, client):
    client.force_login(desk[1])
    page = reverse("archives:incoming_create")
    key = "6f1f6ac0-41a4-4b7d-9a57-1f0d2b8d3c11"
    for _time in range(2):
        sent = {"files": [upload(BODY, "a.txt"), upload(b"other", "b.txt")], "form_key": key}
        assert client.post(page, sent).status_code == 302
    assert Incoming.objects.count() == 2


def test_for_the_script_each_file_is_answered_with_its_row_or_the_reason(desk, client):
    client.force_login(desk[1])
    page, script = reverse("archives:incoming_create"), {"HTTP_ACCEPT": "application/json"}
    key = "6f1f6ac0-41a4-4b7d-9a57-1f0d2b8d3c11"
    good = client.post(page, {"files": upload(BODY, "LM a.txt"), "form_key": key}, **script)
    assert "LM a.txt" in good.json()["row"]
    bad = client.post(page, {"files": upload(b"", "none.txt"), "form_key": key[::-1]}, **script)
    assert bad.status_code == 422


def test_all_that_are_complete_are_filed_and_the_rest_keeps_what_was_typed(desk, client):
    customer, person = desk
    ready, lacking = take(person, name="LM 合同 20260305.txt"), take(person, b"x", "x.txt")
    client.force_login(person)
    sent = {"only": "all"}
    for row in (ready, lacking):
        facts = {"client": customer.pk, "kind": row.kind, "dated_on": row.dated_on or ""}
        facts |= {"face": "internal", "title": f"Title {row.pk}", "row_version": 0}
        sent |= {f"r{row.pk}-{name}": value for name, value in facts.items()}
    answer = client.post(reverse("archives:incoming_list"), sent)
    assert answer.status_code == 422
    assert f"Title {lacking.pk}" in answer.content.decode()
    assert Document.objects.get().title == f"Title {ready.pk}"


def test_the_list_asks_as_much_for_one_file_as_for_many(
    desk, client, django_assert_max_num_queries
):
    client.force_login(desk[1])
    take(desk[1])
    page = reverse("archives:incoming_list")
    with django_assert_max_num_queries(15) as one:
        client.get(page)
    for number in range(9):
        take(desk[1], f"{number}".encode(), f"LM {number}.txt")
    with django_assert_max_num_queries(len(one)):
        assert client.get(page).content.decode().count('incoming" id=') == 10
