"""Fax and memo as plain data (domain.md 7): filled from a letter, or blank (R68)."""

from django.conf import settings

from agency.common.pdf.blank import PERSON, ROOM, lines
from archives.papers import blank_head, house, person_of

BLANK_LINES = {"fax": 18, "memo": 19}


def blank_letter(kind, lang):
    return {
        **blank_head("client" if kind == "fax" else "internal", lang),
        "kind": kind,
        "paper": f"{kind}_letter",
        "to": ROOM,
        "company": ROOM,
        "fax_number": ROOM,
        "copy": ROOM,
        "pages": ROOM,
        "wished_on": ROOM,
        "subject": ROOM,
        "text": lines(BLANK_LINES[kind]),
        "author": PERSON,
        "is_blank": True,
    }


def letter_paper(letter, at, *, pages):
    """A letter of a client, or of the house itself."""
    client, agency = letter.client, house()
    who = {"name": client.name, "name_en": client.name_en} if client else _house(agency)
    return {
        "face": "client" if letter.is_fax else "internal",
        "lang": letter.language,
        "zone": client.timezone if client else settings.TIME_ZONE,
        "house": agency,
        "number": letter.number,
        "revision": 1,
        "client": who,
        "jobs": [letter.job_number] if letter.job_number else [],
        "issued_at": letter.issued_at or at,
        "kind": letter.kind,
        "paper": f"{letter.kind}_letter",
        "to": letter.to,
        "company": letter.company,
        "fax_number": letter.fax_number,
        "copy": letter.copy,
        "pages": pages,
        "wished_on": letter.wished_on,
        "subject": letter.subject,
        "text": letter.body,
        "author": person_of(letter.created_by),
        "is_blank": False,
    }


def _house(agency):
    return {"name": agency["name"], "name_en": agency["name_en"]}
