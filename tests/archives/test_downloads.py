from datetime import timedelta

import pytest

from accounts.services import make_link
from archives import storage
from archives.downloads import link_paper, paper_response, picture
from archives.kinds import Kind
from archives.links import document_of
from tests.archives.papers import NOON, PDF, make_document, png_header, zip_of
from tests.builders import make_client, make_contact

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def test_paper_goes_out_whole_as_a_download(db):
    response = paper_response(make_document(make_client(), name="报价单（终版）.pdf"))

    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''"
        "%E6%8A%A5%E4%BB%B7%E5%8D%95%EF%BC%88%E7%BB%88%E7%89%88%EF%BC%89.pdf"
    )


def test_headers_let_nothing_run(db):
    response = paper_response(make_document(make_client(), content=SVG, name="a.svg"))

    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Content-Disposition"] == 'attachment; filename="a.svg"'


def test_large_paper_is_streamed(db):
    content = PDF + b"%" * 2 * 1024**2

    response = paper_response(make_document(make_client(), content=content))

    assert b"".join(response.streaming_content) == content
    response.close()


@pytest.mark.rule("C15")
def test_large_paper_is_left_to_the_web_server_in_front(db, settings):
    settings.X_ACCEL_PREFIX = "/stored/"
    paper = make_document(make_client(), content=PDF + b"%" * 2 * 1024**2)

    response = paper_response(paper)

    assert response["X-Accel-Redirect"] == f"/stored/{paper.sha256[:2]}/{paper.sha256}"
    assert response.content == b""
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("size", [100, 2 * 1024**2])
def test_changed_paper_is_given_out_by_neither(db, settings, size):
    settings.X_ACCEL_PREFIX = "/stored/"
    paper = make_document(make_client(), content=PDF + b"%" * size)
    path = storage.root() / paper.sha256[:2] / paper.sha256
    path.chmod(0o600)
    path.write_bytes(PDF)

    with pytest.raises(storage.FileChanged):
        paper_response(paper)


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"<html><script>alert(1)</script>", "a.html", "application/octet-stream"),
        (b'<?xml version="1.0"?><a/>', "a.xml", "application/octet-stream"),
        (b"GIF89a/*" + b"x" * 20 + b"*/=1;alert(1)", "a.js", "image/gif"),
        (b"hello", "a.html", "text/plain; charset=utf-8"),
        (b"MZ" + b"\x00" * 90, "a.pdf.exe", "application/octet-stream"),
        (zip_of({"a": b"b"}), "a.zip", "application/zip"),
    ],
)
def test_type_is_ours_and_not_the_names(db, content, name, mime):
    response = paper_response(make_document(make_client(), content=content, name=name))

    assert response["Content-Type"] == mime


@pytest.mark.parametrize("name", ['say "hi".pdf', "a;b.pdf", "a%0d%0aX.pdf", "名" * 300 + ".pdf"])
def test_no_name_breaks_the_header(db, name):
    response = paper_response(make_document(make_client(), name=name))

    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment; filename")


def test_changed_paper_is_given_to_nobody(db):
    paper = make_document(make_client())
    path = storage.path_of(paper.sha256)
    path.chmod(0o640)
    path.write_bytes(b"other")

    with pytest.raises(storage.FileChanged):
        paper_response(paper)


def door(paper, client, **values):
    defaults = {"sha256": paper.sha256, "expires_at": NOON + timedelta(days=30), "at": NOON}
    return make_link(
        contact=make_contact(client), subject=paper, purpose="return", **{**defaults, **values}
    )


def test_contact_gets_the_paper_of_the_link(db):
    client = make_client()
    paper = make_document(client)
    link = door(paper, client)

    assert document_of(link) == paper
    assert link_paper(link).content == PDF


def test_link_gives_no_other_bytes_and_no_internal_face(db):
    client = make_client()

    assert link_paper(door(make_document(client), client, sha256="0" * 64)) is None
    assert link_paper(door(make_document(client, face="internal"), client)) is None


def test_link_to_something_else_leads_to_no_paper(db):
    client = make_client()
    link = door(make_document(client), client)
    link.subject_type = "accounts.client"

    assert document_of(link) is None
    assert link_paper(link) is None


def test_print_process_gets_filed_pictures_only(db):
    client = make_client()
    png = make_document(client, kind=Kind.REFERENCE, content=png_header(3, 3))
    pdf = make_document(client)

    assert picture(png.sha256) == ("image/png", png_header(3, 3))
    assert picture(pdf.sha256) is None
    assert picture("../../etc/passwd") is None
    assert picture("0" * 64) is None
