from uuid import uuid4

import pytest
from django.urls import reverse

from archives.models import Document
from tests.archives.papers import PDF, page, upload, zip_of
from tests.builders import make_client

LIST, FILE = reverse("archives:document_list"), reverse("archives:document_create")
MAILS = reverse("archives:held_mail_list")


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
