"""Spreadsheets as people hand them in, also hostile ones."""

import io
import random
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

ROWS = 200_000
ROW = (
    '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="B{0}"><v>{2}</v></c></row>'
)


def xlsx(*rows, merge=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("sheet.xlsx", target.getvalue())


def endless(word):
    """A sheet of 200,000 rows, each with the word and a number."""
    draw = random.Random(7)
    rows = "".join(ROW.format(place, word, draw.random()) for place in range(1, ROWS + 1))
    plain, target = xlsx(["x"]), io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                head, tail = text.split(b"<sheetData>")[0], text.split(b"</sheetData>")[1]
                text = head + b"<sheetData>" + rows.encode() + b"</sheetData>" + tail
            new.writestr(name, text)
    return SimpleUploadedFile("endless.xlsx", target.getvalue())
