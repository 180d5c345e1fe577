"""Forty files that somebody may send to do harm: {name: bytes} (B4, C14, C15)."""

import io
import zipfile

from tests.archives.papers import EICAR, PDF, png_header, zip_of

CANARY = "http://127.0.0.1:9/canary"
ACT = f"alert(1);fetch('{CANARY}');document.title='pwned'"
TAG = f"<script>{ACT}</script>"
XXE = f'<!DOCTYPE x [<!ENTITY spy SYSTEM "file:///etc/passwd"><!ENTITY out SYSTEM "{CANARY}">]>'
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><l>&b;&b;</l>'
TYPES = b"<Types/>"
ROOT = "[Content_Types].xml"


def pdf_with(act):
    """A PDF that asks the reader to do something as soon as it is opened."""
    return (
        f"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<<{act}>>>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


def office(folder, part):
    return zip_of({ROOT: TYPES, f"{folder}/{part}": f"{XXE}<x>&spy;&out;</x>".encode()})


def nested():
    inner = zip_of({"zeros": bytes(1_000_000)})
    return zip_of({f"{number}.zip": inner for number in range(20)})


def linked():
    """A ZIP whose entry is a symbolic link out of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


NAMES = {
    "../../../etc/passwd": b"root",
    "..\\..\\boot.ini": b"boot",
    "CON": b"device",
    ".htaccess": b"AddType text/html .pdf",
    "quote\u202efdp.exe": b"MZ turned round",
    "a\r\nSet-Cookie: x=1.pdf": PDF + b"1",
    f"{'长' * 300}.pdf": PDF + b"2",
    f"<img src=x onerror={ACT}>.pdf": PDF + b"3",
    "'; DROP TABLE archives_document; --.pdf": PDF + b"4",
    '=HYPERLINK("http://x").csv': b"=cmd|' /C calc'!A0,@SUM(1),+1,-1",
    "{{ 7*7 }}{% load x %}.txt": b"{{ settings.SECRET_KEY }}",
}
BOMBS = {
    "bomb.zip": zip_of({"zeros": bytes(3_000_000)}),
    "bomb.docx": zip_of({ROOT: TYPES, "word/document.xml": bytes(3_000_000)}),
    "many.zip": zip_of({f"{number}": b"" for number in range(5_001)}),
    "nested.zip": nested(),
    "flood.png": png_header(40_000, 40_000),
    "wide.png": png_header(2**31 - 1, 1),
    "cut.zip": zip_of({"a": b"a" * 100})[:-10],
    "slip.zip": zip_of({"../../../../tmp/slip": b"x"}),
    "link.zip": linked(),
}
POLYGLOTS = {
    "picture.gif": b"GIF89a/*" + ACT.encode() + b"*/",
    "page.pdf": b"<html>" + TAG.encode() + PDF,
    "paper.html.pdf": PDF + TAG.encode(),
    "jpeg.jpg": b"\xff\xd8\xff\xe0" + TAG.encode(),
    "both.zip": PDF + zip_of({"a": b"b"}),
    "program.pdf": b"MZ\x90\x00 no paper",
    "script.png": b"#!/bin/sh\nrm -rf /\n",
}
SCRIPTS = {
    "a.html": f"<!doctype html>{TAG}".encode(),
    "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml">{TAG}</html>'.encode(),
    "a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{ACT}">{TAG}</svg>'.encode(),
    "a.xml": f"{XXE}<x>&spy;&out;</x>".encode(),
    "laughs.xml": LAUGHS.encode(),
    "a.txt": TAG.encode(),
    "script.pdf": pdf_with(f"/S/JavaScript/JS({ACT})"),
    "launch.pdf": pdf_with("/S/Launch/F(calc.exe)"),
    "deep.pdf": b"%PDF-1.4\n" + b"<<" * 100_000,
    "spy.docx": office("word", "document.xml"),
    "spy.xlsx": office("xl", "workbook.xml"),
    "spy.pptx": office("ppt", "presentation.xml"),
    "virus.txt": EICAR.encode(),
}
NOTHING = {"empty.pdf": b""}
FILES = NAMES | BOMBS | POLYGLOTS | SCRIPTS | NOTHING
