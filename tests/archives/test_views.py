import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from archives import storage
from archives.kinds import Kind
from archives.models import Document
from tests.archives.papers import make_document, page, send
from tests.builders import make_client, make_contact

LIST, FILE = reverse("archives:document_list"), reverse("archives:document_create")
MAILS = reverse("archives:held_mail_list")


# --- list ---------------------------------------------------------------------------------------


def test_list_shows_papers_of_ones_clients(at_ae, client_):
    make_document(client_, title="Media review", number="LM/CR/2026/014")
    make_document(make_client(), title="Somebody else's")

    text = page(at_ae.get(LIST))

    assert "Media review" in text
    assert "LM/CR/2026/014" in text
    assert "Somebody else's" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "媒介 LM-CR-2026-014"}, ["report"]),
        ({"kind": "memo"}, ["memo"]),
        ({"part": "client"}, ["memo", "report"]),
        ({"part": "money"}, []),
        ({"year": "2025"}, ["memo"]),
        ({"q": "nothing like it"}, []),
    ],
)
def test_list_is_narrowed(at_ae, client_, query, found):
    make_document(client_, title="媒介 report", number="LM/CR/2026/014")
    make_document(client_, title="memo", kind=Kind.MEMO, dated_on=date(2025, 3, 1), name="m.txt")

    rows = at_ae.get(LIST, query).context["rows"]

    assert sorted(row.title.split()[-1] for row in rows) == found


@pytest.mark.parametrize("query", [{"year": "x"}, {"client": "9999"}, {"kind": "x"}, {"page": "z"}])
def test_nonsense_in_the_address_shows_a_page(at_ae, client_, query):
    page(at_ae.get(LIST, query))


def test_list_as_sheet(at_ae, client_):
    make_document(client_, title="=HYPERLINK(1)", number="LM/CR/2026/014")

    sheet = load_workbook(io.BytesIO(at_ae.get(LIST, {"format": "xlsx"}).content)).active

    assert [cell.value for cell in sheet[2]][:4] == [
        "LM/CR/2026/014",
        "=HYPERLINK(1)",
        "Contact report",
        "绿麦食品",
    ]
    assert sheet.cell(2, 2).data_type == "s"


def test_empty_list_offers_the_first_step(at_ae, client_):
    assert FILE in page(at_ae.get(LIST))


def test_list_takes_the_same_number_of_queries_for_1_3_and_50_rows(at_ae, client_):
    at_ae.get(LIST)  # the frame asks for its own things once a while
    counts = []
    for rows in (1, 3, 50):
        for number in range(Document.objects.count(), rows):
            make_document(client_, content=f"{number}".encode(), contact=make_contact(client_))
        with CaptureQueriesContext(connection) as queries:
            at_ae.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]


# --- one paper ----------------------------------------------------------------------------------


def test_paper_page_tells_its_facts(at_ae, client_, ae):
    paper = make_document(
        client_, number="LM/CR/2026/014", by=ae, job_numbers=["LM-26-001"], name="a.exe"
    )
    make_document(client_, number="LM/CR/2026/014", face="internal", content=b"internal")

    text = page(at_ae.get(paper.get_absolute_url()))

    assert paper.sha256 in text
    assert "LM-26-001" in text
    assert "not scanned for viruses" in text
    assert "Internal face" in text
    assert "Declare void" not in text


def test_paper_page_shows_who_got_it_and_what_was_answered(at_ae, client_, letter):
    paper = make_document(client_)
    contact = make_contact(client_, "周以宁")
    send(paper, contact, letter, "held", server_reply="lost after DATA")

    text = page(at_ae.get(paper.get_absolute_url()))

    assert "周以宁" in text
    assert "It arrived" in text
    assert "Send again" in text


def test_other_clients_paper_is_not_there(at_ae):
    paper = make_document(make_client())

    for name in ("document_detail", "document_pdf", "document_void"):
        address = reverse(f"archives:{name}", args=[paper.pk])
        assert at_ae.get(address).status_code in (403, 404)
    assert at_ae.get(paper.get_absolute_url()).status_code == 404
    assert at_ae.get(reverse("archives:document_pdf", args=[paper.pk])).status_code == 404


def test_stranger_is_asked_to_sign_in(client, db):
    paper = make_document(make_client())

    for address in (LIST, FILE, MAILS, paper.get_absolute_url()):
        assert reverse("accounts:login") in client.get(address)["Location"]


def test_download_has_safe_headers(at_ae, client_):
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    paper = make_document(client_, content=svg, name="a.svg")

    response = at_ae.get(reverse("archives:document_pdf", args=[paper.pk]))

    assert response.content == svg
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-store"


def test_changed_file_is_said_in_words(at_ae, client_):
    paper = make_document(client_)
    path = storage.path_of(paper.sha256)
    path.chmod(0o640)
    path.write_bytes(b"other")

    response = at_ae.get(reverse("archives:document_pdf", args=[paper.pk]))

    assert response.status_code == 507
    assert "no longer what was filed" in response.content.decode()
    assert b"other" not in response.content


# --- void ---------------------------------------------------------------------------------------


def test_manager_declares_void_with_a_reason(client, client_, am):
    client.force_login(am)
    paper = make_document(client_, kind=Kind.MEMO)
    address = reverse("archives:document_void", args=[paper.pk])
    assert "cannot be taken back" in page(client.get(address))

    page(client.post(address, {"reason": "short"}), 422)
    client.post(address, {"reason": "filed under the wrong client"})

    assert Document.objects.get().state == "void"
    assert "filed under the wrong client" in page(client.get(paper.get_absolute_url()))


def test_ae_may_not_declare_void(at_ae, client_):
    paper = make_document(client_, kind=Kind.MEMO)

    assert at_ae.get(reverse("archives:document_void", args=[paper.pk])).status_code == 403
