import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from agency.common.models import OutboxMail
from archives import storage
from archives.kinds import Kind
from archives.models import Dispatch, Document
from archives.services import dispatch
from tests.archives.papers import NOON, PDF, make_document, upload, zip_of
from tests.builders import make_client, make_contact, make_user

LIST, FILE = reverse("archives:document_list"), reverse("archives:document_create")
MAILS = reverse("archives:held_mail_list")


@pytest.fixture
def client_(ae, am):
    return make_client(code="LM", name="绿麦食品", team=[ae, am])


@pytest.fixture
def at_ae(client, ae):
    """A browser signed in as the client's own AE."""
    client.force_login(ae)
    return client


def page(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


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
    at_ae.get(LIST)  # the frame counts its duties once a while
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


def send(paper, contact, letter, state, **fields):
    context = {"words": ""}
    row = dispatch(
        document=paper, contacts=[contact], key="k", template=letter, context=context, at=NOON
    )[0]
    OutboxMail.objects.filter(pk=row.mail_id).update(state=state, **fields)
    return row


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


# --- filing -------------------------------------------------------------------------------------


def form(client_, *files, **values):
    defaults = {
        "client": client_.pk,
        "kind": "memo",
        "dated_on": "2026-11-19",
        "face": "internal",
        "form_key": str(uuid4()),
        "files": list(files),
    }
    return {**defaults, **values}


@pytest.mark.rule("R38")
def test_one_file_is_filed(at_ae, client_, ae):
    response = at_ae.post(FILE, form(client_, upload(PDF, "memo.pdf"), title="Memo"))

    paper = Document.objects.get()
    assert response["Location"] == paper.get_absolute_url()
    assert (paper.title, paper.kind, paper.face, paper.created_by) == (
        "Memo",
        "memo",
        "internal",
        ae,
    )


def test_many_files_are_filed_at_once(at_ae, client_):
    files = [upload(f"text {number}".encode(), f"{number}.txt") for number in range(3)]

    response = at_ae.post(FILE, form(client_, *files, title="ignored"), follow=True)

    assert sorted(Document.objects.values_list("title", flat=True)) == ["0", "1", "2"]
    assert "3 papers filed." in response.content.decode()


def test_refused_file_is_named_and_the_rest_is_filed(at_ae, client_):
    files = [upload(PDF, "good.pdf"), upload(b"", "empty.pdf")]

    text = page(at_ae.post(FILE, form(client_, *files, source="supplier 88")), 422)

    assert "empty.pdf: The submitted file is empty." in text or "empty.pdf" in text
    assert "supplier 88" in text
    assert [paper.title for paper in Document.objects.all()] == ["good"]


def test_same_form_twice_files_once(at_ae, client_):
    values = form(client_, form_key=str(uuid4()))
    for _time in range(2):
        values["files"] = [upload(PDF, "a.pdf"), upload(b"text", "b.txt")]
        assert at_ae.post(FILE, values).status_code == 302

    assert Document.objects.count() == 2


def test_duplicate_is_noticed_and_may_be_meant(at_ae, client_):
    at_ae.post(FILE, form(client_, upload(PDF, "a.pdf"), title="First"))

    text = page(at_ae.post(FILE, form(client_, upload(PDF, "b.pdf"))), 422)
    assert "in the folder already: First" in text

    at_ae.post(FILE, form(client_, upload(PDF, "b.pdf"), again="on"))
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("client", ""),
        ("client", "999999"),
        ("client", "x"),
        ("kind", ""),
        ("kind", "contact_report"),
        ("kind", "<script>"),
        ("dated_on", ""),
        ("dated_on", "2026-02-30"),
        ("dated_on", "0001-01-01"),
        ("dated_on", "9999-12-31"),
        ("dated_on", "yesterday"),
        ("title", "x" * 201),
        ("title", "a\r\nBcc: all@example.com"),
        ("source", "x" * 121),
        ("face", "both"),
        ("files", ""),
        ("form_key", ""),
        ("form_key", "not a key"),
    ],
)
def test_bad_input_is_said_at_its_field(at_ae, client_, field, value):
    values = form(client_, upload(PDF, "a.pdf"), **{"source": "kept", field: value})

    response = at_ae.post(FILE, values)

    page(response, 422)
    assert field in response.context["form"].errors
    assert field == "source" or 'value="kept"' in response.content.decode()
    assert Document.objects.count() == 0


def test_other_clients_folder_takes_nothing(at_ae):
    text = page(at_ae.post(FILE, form(make_client(), upload(PDF, "a.pdf"))), 422)

    assert "Select a valid choice" in text
    assert Document.objects.count() == 0


HOSTILE = [
    ("a.html", b"<html><script>alert(1)</script>", 302),
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 302),
    ("../../etc/passwd", b"traversal", 302),
    ("..\\..\\boot.ini", b"backslash", 302),
    ("quote\u202efdp.exe", b"right to left", 302),
    ("名" * 100 + ".pdf", b"three hundred bytes", 302),
    ("a.pdf.exe", b"MZ" + b"\x00" * 90, 302),
    (".htaccess", b"deny from all", 302),
    ("CON", b"device", 302),
    ('"><img src=x onerror=alert(1)>.pdf', b"markup", 302),
    ("a.gif", b"GIF89a/*" + b"x" * 20 + b"*/=1;alert(1)", 302),
    ("a.docx", zip_of({"[Content_Types].xml": b"", "word/document.xml": b"<!DOCTYPE x>"}), 302),
    ("a.zip", zip_of({"../../x": b"slip"}), 302),
    ("bomb.zip", zip_of({"a": b"\x00" * 2_000_000}), 422),
    ("broken.zip", b"PK\x03\x04", 422),
    ("empty.pdf", b"", 422),
]


@pytest.mark.parametrize(("name", "content", "status"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_hostile_file_is_filed_safely_or_refused_in_words(at_ae, client_, name, content, status):
    response = at_ae.post(FILE, form(client_, upload(content, name)))

    page(response, status)
    if status == 422:
        assert response.context["form"].errors["files"]
        assert Document.objects.count() == 0
        return
    paper = Document.objects.get()
    assert "/" not in paper.name
    assert "\\" not in paper.name
    assert "<img" not in page(at_ae.get(paper.get_absolute_url()))
    answer = at_ae.get(reverse("archives:document_pdf", args=[paper.pk]))
    assert answer.content == content
    assert answer["Content-Type"] not in ("text/html", "image/svg+xml", "application/xml")


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


# --- mails --------------------------------------------------------------------------------------


def test_mails_in_doubt_are_listed_with_their_buttons(at_ae, client_, letter):
    send(make_document(client_, title="In doubt"), make_contact(client_), letter, "held")

    text = page(at_ae.get(MAILS))

    assert "In doubt" in text
    assert "It arrived" in text
    assert "Send again" in text


@pytest.mark.parametrize(("days", "is_shown"), [(29, True), (31, False)])
def test_handed_mails_of_late_are_shown_when_asked_for(at_ae, client_, letter, days, is_shown):
    row = send(make_document(client_), make_contact(client_), letter, "handed", handed_at=NOON)
    queued_at = timezone.now() - timedelta(days=days)
    Dispatch.objects.filter(pk=row.pk).update(queued_at=queued_at)

    assert list(at_ae.get(MAILS).context["rows"]) == []
    shown = page(at_ae.get(MAILS, {"show": "handed"}))
    assert ("It came back" in shown) is is_shown


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("held", "mail_arrived", "handed"),
        ("held", "mail_again", "queued"),
        ("failed", "mail_again", "queued"),
        ("handed", "mail_back", "bounced"),
    ],
)
def test_buttons_decide(at_ae, client_, letter, before, name, after):
    fields = {"handed_at": NOON} if before == "handed" else {}
    row = send(make_document(client_), make_contact(client_), letter, before, **fields)
    address = reverse(f"archives:{name}", args=[row.pk])
    assert at_ae.get(address).status_code == 405

    assert at_ae.post(address).status_code == 302
    row.refresh_from_db()
    assert row.state == after


def test_button_pressed_too_late_says_so(at_ae, client_, letter):
    row = send(make_document(client_), make_contact(client_), letter, "queued")

    response = at_ae.post(reverse("archives:mail_arrived", args=[row.pk]), follow=True)

    assert "Not possible" in response.content.decode()


def test_mails_of_other_clients_are_not_there(client, client_, other_ae, letter):
    row = send(make_document(client_), make_contact(client_), letter, "held")
    client.force_login(other_ae)

    assert client.post(reverse("archives:mail_arrived", args=[row.pk])).status_code == 404
    assert list(client.get(MAILS).context["rows"]) == []


def test_finance_decides_on_no_mail(client, client_):
    client.force_login(make_user(role="finance"))

    assert client.get(MAILS).status_code == 403
