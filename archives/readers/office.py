"""The text of office papers, tables and notes with it. Bombs were refused at the door (C14)."""

import io

import docx
import openpyxl
import pptx

MAX_TEXT = 2_000_000
MAX_ROWS = 20_000
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def read_docx(source):
    """Every paragraph, those in tables, headers and footers too."""
    document = docx.Document(io.BytesIO(source))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    lines = [text for part in parts for text in paragraphs(part)]
    return answer(lines)


def paragraphs(part):
    for paragraph in part.iter(PARAGRAPH):
        text = "".join(piece.text or "" for piece in paragraph.iter(WORDS))
        if text.strip():
            yield text


def read_xlsx(source):
    """Every cell as it was last worked out, sheet by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(source), read_only=True, data_only=True)
    return answer(cells(book), len(book.sheetnames))


def cells(book):
    left = MAX_ROWS
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(max_row=left, values_only=True):
            left -= 1
            shown = [str(value) for value in row if value is not None]
            if shown:
                yield "\t".join(shown)
            if left <= 0:
                return


def read_pptx(source):
    """Every slide with its tables and what the speaker wanted to say."""
    slides = pptx.Presentation(io.BytesIO(source)).slides
    return answer((text for slide in slides for text in on_slide(slide)), len(slides))


def on_slide(slide):
    yield from (text for shape in slide.shapes for text in in_shape(shape))
    if slide.has_notes_slide:
        yield slide.notes_slide.notes_text_frame.text


def in_shape(shape):
    if shape.has_text_frame:
        yield shape.text_frame.text
    if getattr(shape, "has_table", False):
        yield from (cell.text for row in shape.table.rows for cell in row.cells)
    for inner in getattr(shape, "shapes", ()):
        yield from in_shape(inner)


def answer(lines, pages=None):
    """{"pages", "text"}: no more than a paper's text may hold."""
    parts, left = [], MAX_TEXT
    for line in lines:
        parts.append(line[:left])
        left -= len(line) + 1
        if left <= 0:
            break
    return {"pages": pages, "text": "\n".join(parts)}
