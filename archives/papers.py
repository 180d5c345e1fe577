"""Facts that stand on papers, as the plain data templates take (docs/papers.md)."""

from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import AgencySettings
from accounts.models.client import RESERVED_CODE
from accounts.models.scope import local_day
from agency.common.pdf import blank
from agency.common.services import next_number
from archives.models import Document


def house():
    """The letterhead."""
    agency = AgencySettings.load()
    return {
        "name": agency.name,
        "name_en": agency.name_en,
        "address": "　".join(filter(None, [agency.address, agency.postcode])),
        "phone": agency.phone,
        "site": agency.website,
        "logo": agency.logo_sha256,
    }


def person_of(person):
    """Somebody of ours or of the client's."""
    facts = {"name": person.name, "title": "", "role": "", "note": ""}
    if hasattr(person, "address_as"):
        return facts | {"title": person.title, "address_as": person.address_as}
    role = person.department if person.role == "department" else person.role
    return facts | {"name_en": person.name_en, "role": role}


def head(client, face, *, number, at, revision=1):
    """What templates/pdf/base.html wants of every paper: face, client, number, instant."""
    return {
        "face": face,
        "lang": client.paper_language,
        "zone": client.timezone,
        "house": house(),
        "number": number,
        "revision": revision,
        "client": {"name": client.name, "name_en": client.name_en},
        "issued_at": at,
    }


def blank_head(face, lang):
    """The same of a blank form: room for whatever is written by hand (R68)."""
    return {
        "face": face,
        "lang": lang,
        "zone": settings.TIME_ZONE,
        "house": house(),
        "number": blank.number(lang),
        "revision": 1,
        "client": {"name": "", "name_en": ""},
        "brand": blank.ROOM,
        "jobs": [blank.ROOM],
        "job_title": blank.ROOM,
        "author": blank.PERSON,
        "issued_at": blank.ROOM,
    }


def draw_number(client, code, at):
    """The next house number of a kind of paper: LM/PE/2026/014, by the client's year.

    HQ/MM/2026/003 for what is no client's: the code is kept for the house (7).
    """
    owner = client.code if client else RESERVED_CODE
    key = f"{owner}/{code}/{client_day(client, at).year}"
    return f"{key}/{next_number(key):03d}"


def client_day(client, at):
    """The client's day at the instant, the agency's where it is no client's (Z3)."""
    return at.astimezone(ZoneInfo(client.timezone)).date() if client else local_day(at)


def trail_facts(answer, number):
    """The page of evidence of one answer (C11)."""
    paper, client = answer.document, answer.document.client
    return {
        **head(client, Document.Face.CLIENT.value, number=number, at=answer.at),
        "brand": paper.brand.name if paper.brand else "",
        "jobs": [row.job_number for row in paper.job_numbers.all()],
        "record": "signature" if answer.link.purpose == "sign" else "return",
        "paper": {
            "title": paper.title,
            "title_en": paper.title_en,
            "number": paper.number,
            "revision": paper.revision,
            "sha256": paper.sha256,
            "pages": paper.pages,
            "issued_at": paper.issued_at,
        },
        "sent": [_sent(row) for row in paper.dispatches.filter(contact=answer.contact)],
        "answers": [_answered(answer)],
    }


def _sent(row):
    return {
        "who": person_of(row.contact),
        "channel": row.channel,
        "address": row.address,
        "queued_at": row.queued_at,
        "handed_at": row.mail.handed_at if row.mail else row.handed_at,
    }


def _answered(answer):
    return {
        "who": person_of(answer.contact),
        "act": answer.answer,
        "at": answer.at,
        "typed_name": answer.typed_name,
        "about": answer.about,
        "words": answer.reason,
        "way": "link",
        "sha256": answer.sha256,
        "ip": answer.ip or "",
        "agent": answer.user_agent,
        "code_at": answer.code_at,
        "proof": None,
        "recorded_by": None,
        "confirmed_by": None,
        "confirmed_at": None,
    }
