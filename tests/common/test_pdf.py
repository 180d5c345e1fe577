"""Any paper: what it may open, what it holds, how it fails."""

import hashlib
import io
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image

from agency.common import pdf
from tests import papers
from tests.pdfs import fonts_of, objects, squeezed

PICTURE = io.BytesIO()
Image.new("RGB", (40, 20), "#0a5e58").save(PICTURE, "PNG")
PICTURE_HASH = hashlib.sha256(PICTURE.getvalue()).hexdigest()


def find_picture(sha256):
    return ("image/png", PICTURE.getvalue()) if sha256 == PICTURE_HASH else None


def page(body):
    return f'<html lang="zh-Hans"><title>x</title><body data-house="x"><p>会晤报告</p>{body}</body>'


@pytest.fixture
def canary():
    """A server that nobody may ask: `.asked` holds the paths of those who did."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


OUTSIDE = [
    '<img src="{url}/1" alt="x">',
    '<img src="file:///etc/passwd" alt="x">',
    '<link rel="stylesheet" href="{url}/2">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "<style>@import '{url}/3';</style>",
    "<style>p {{ background: url({url}/4) }}</style>",
    "<style>@font-face {{ font-family: x; src: url({url}/5) }}</style>",
    '<base href="{url}/"><img src="6" alt="x">',
    '<object data="{url}/7"></object>',
    '<embed src="file:///etc/hostname">',
    '<svg><title>x</title><image href="{url}/8"/></svg>',
    '<svg><title>x</title><use href="file:///etc/passwd#x"/></svg>',
    '<img src="data:text/plain,planted" alt="x">',
    '<img src="ftp://127.0.0.1/9" alt="x">',
    '<img src="font:../../settings.py" alt="x">',
    '<img src="doc:../../etc/passwd" alt="x">',
    '<img src="//169.254.169.254/latest/meta-data" alt="x">',
]


@pytest.mark.parametrize("body", OUTSIDE)
def test_nothing_outside_is_opened_and_the_paper_is_made(body, canary):
    url = f"http://127.0.0.1:{canary.server_port}"
    paper = pdf.print_html(page(body.format(url=url)))
    text = squeezed(pdf.text_of(paper))
    assert canary.asked == []
    assert text.removeprefix("会晤报告").removeprefix("x") == "第1页，共1页"
    assert b"root:" not in objects(paper)


def test_what_was_not_opened_is_said_in_the_log(caplog):
    pdf.print_html(page('<img src="file:///etc/passwd" alt="x">'))
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "may not open file:///etc/passwd" in caplog.text


def test_a_filed_picture_is_printed(settings, caplog):
    settings.PDF_PICTURES = "tests.common.test_pdf.find_picture"
    paper = pdf.print_html(page(f'<img src="doc:{PICTURE_HASH}" alt="标志">'))
    assert b"/Subtype /Image" in paper
    assert caplog.records == []


def test_an_unknown_picture_is_left_out(settings, caplog):
    settings.PDF_PICTURES = "tests.common.test_pdf.find_picture"
    paper = pdf.print_html(page(f'<img src="doc:{"0" * 64}" alt="标志">'))
    assert b"/Subtype /Image" not in paper
    assert "may not open doc:000" in caplog.text


def test_the_letterhead_takes_the_logo_of_the_house(settings, caplog):
    settings.PDF_PICTURES = "tests.common.test_pdf.find_picture"
    house = papers.HOUSE | {"logo": PICTURE_HASH}
    paper = pdf.render("archives/pdf/trail.html", papers.trail(house=house))
    assert b"/Subtype /Image" in paper
    assert caplog.records == []


def test_the_name_of_the_house_runs_over_the_pages():
    house = papers.HOUSE | {"name": "远帆广告", "name_en": "Farsail"}
    context = papers.contact_report(house=house)
    text = pdf.text_of(pdf.render("meetings/pdf/contact_report.html", context))
    assert "远帆广告 Farsail" in text.split("\f")[1]
    assert "青屿" not in text.replace("青屿广告 望海厅", "")


def test_the_same_context_gives_the_same_bytes():
    first = pdf.render("archives/pdf/trail.html", papers.trail())
    pdf.render("meetings/pdf/contact_report.html", papers.contact_report())
    assert pdf.render("archives/pdf/trail.html", papers.trail()) == first


def test_another_word_gives_other_bytes():
    first = pdf.render("archives/pdf/trail.html", papers.trail())
    assert pdf.render("archives/pdf/trail.html", papers.trail(number="LM/CR/2026/015")) != first


def test_only_our_fonts_are_embedded(caplog):
    paper = pdf.print_html(page("<p>喆堃镕珺翀祎 <b>Bold 粗</b> ▲ ✓</p>"))
    assert fonts_of(paper) == {"Paper", "Paper-Bold"}
    assert caplog.records == []


def test_a_missing_glyph_is_said_in_the_log(caplog):
    pdf.print_html(page("<p>\uf8fe</p>"))
    assert ".notdef glyph rendered" in caplog.text


def test_pages_as_pictures():
    paper = pdf.render("meetings/pdf/contact_report.html", papers.contact_report())
    pictures = [Image.open(io.BytesIO(each)) for each in pdf.preview_pages(paper)]
    assert [(each.format, each.size) for each in pictures] == [("PNG", (1042, 1474))] * 2
    assert len(pdf.preview_pages(paper, limit=1)) == 1


def test_what_is_no_pdf_has_no_pages():
    with pytest.raises(pdf.PdfFailed):
        pdf.preview_pages(b"no paper")


def test_fault_point_fails_the_paper(settings):
    settings.FAULT = "pdf_fail"
    with pytest.raises(pdf.PdfFailed):
        pdf.render("archives/pdf/trail.html", papers.trail())


def test_it_is_pdf_ua_with_title_and_language():
    paper = pdf.render("archives/pdf/trail.html", papers.trail())
    parts = objects(paper)
    assert b"pdfuaid:part" in parts
    assert b"/Lang (zh-Hans)" in parts
    assert b"/DisplayDocTitle true" in parts
