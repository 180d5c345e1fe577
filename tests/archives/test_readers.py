"""The text of office papers and of scans, read in the cage (9.2, B4)."""

import io
import zipfile

import docx
import openpyxl
import pptx
import pytest
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont
from pptx.util import Inches

from archives import storage
from archives.reading import Reading, read_text
from archives.sniff import DOCX, PDF, PPTX, XLSX
from tests.archives.papers import zip_of

pytestmark = pytest.mark.django_db
FONT = settings.BASE_DIR / "agency/common/fonts/NotoSansSC-Regular.ttf"


def saved(thing):
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def read(content, mime):
    return read_text(storage.store(content).sha256, mime)


def test_a_word_paper_is_read_with_its_tables_and_header():
    paper = docx.Document()
    paper.add_paragraph("甲方：绿麦食品")
    paper.add_table(1, 1).cell(0, 0).text = "55,947.16"
    paper.sections[0].header.paragraphs[0].text = "合同"
    assert read(saved(paper), DOCX).text.split() == ["甲方：绿麦食品", "55,947.16", "合同"]


def test_a_sheet_is_read_cell_by_cell_with_the_names_of_its_sheets():
    book = openpyxl.Workbook()
    book.active.title = "报价"
    book.active.append(["印刷", 1200.5, None, "元"])
    assert read(saved(book), XLSX) == Reading("报价\n印刷\t1200.5\t元", 1)


def test_slides_are_read_with_their_tables_groups_and_notes():
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    box = (Inches(1), Inches(1), Inches(3), Inches(1))
    slide.shapes.add_table(1, 1, *box).table.cell(0, 0).text = "媒介"
    slide.shapes.add_group_shape().shapes.add_textbox(*box).text_frame.text = "提案"
    slide.notes_slide.notes_text_frame.text = "慢慢讲"
    assert read(saved(show), PPTX) == Reading("媒介\n提案\n慢慢讲", 1)


LAUGHS = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "LOL"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY spy SYSTEM "file:///etc/passwd">]>"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_entities():
    """A word paper whose body asks for entities and for a file of this machine."""
    body = f'{LAUGHS}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>in &b; &spy;</w:t></w:r>'
    body += "</w:p></w:body></w:document>"
    sound = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(sound) as parts:
        entries = {name: parts.read(name) for name in parts.namelist()}
    return zip_of(entries | {"word/document.xml": body.encode()})


def test_entities_of_a_paper_are_never_followed():
    text = read(with_entities(), DOCX).text
    assert "root:" not in text
    assert "LOL" not in text


@pytest.mark.parametrize("mime", [DOCX, XLSX, PPTX])
def test_what_only_says_it_is_an_office_paper_has_no_text(mime):
    assert read(zip_of({"[Content_Types].xml": b"<no"}), mime) == Reading()


def page_saying(words, side=1000):
    """A scanned page: nothing but pixels."""
    picture = Image.new("L", (side * 2, side), "white")
    font = ImageFont.truetype(str(FONT), side // 20)
    ImageDraw.Draw(picture).text((side // 10, side // 3), words, "black", font)
    return picture


def as_file(picture, kind):
    out = io.BytesIO()
    picture.save(out, kind, resolution=200)
    return out.getvalue()


def test_a_scanned_pdf_is_read_by_the_engine():
    found = read(as_file(page_saying("绿麦食品合同"), "PDF"), PDF)
    assert ("食品" in found.text, found.pages) == (True, 1)


def test_a_photographed_page_is_read_and_a_small_picture_is_not():
    assert "食品" in read(as_file(page_saying("绿麦食品合同"), "PNG"), "image/png").text
    small = as_file(page_saying("绿麦食品合同", 200), "PNG")
    assert read(small, "image/png") == Reading()


def test_without_the_engine_a_scan_is_filed_without_text(monkeypatch):
    scan = as_file(page_saying("绿麦食品合同"), "PDF")
    monkeypatch.setenv("PATH", "/nowhere")
    assert read(scan, PDF) == Reading("", 1)
