"""The one page of evidence that every answer by link leaves behind (C11, ST)."""

import logging
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services import next_number
from agency.common.verbs import lock, verb
from archives.kinds import Kind
from archives.models import ClientAnswer, Document
from archives.papers import trail_facts
from archives.services.documents import file_document

logger = logging.getLogger(__name__)
TEMPLATE = "archives/pdf/trail.html"
LANGUAGES = {"en": "en"}


def try_trail(answer, at):
    """Print and file the page now; where that fails the answer stands and the clock prints it."""
    try:
        with transaction.atomic():
            return file_trail(answer=answer, at=at)
    except Refused:
        logger.exception("the evidence of answer %s could not be printed yet", answer.pk)
        answer.trail = None
        return None


@verb
def file_trail(*, answer, at):
    """Print the page of evidence of an answer given by link, file it, and note it on the answer."""
    row = lock(answer)
    if row.trail_id:
        return row.trail
    paper = row.document
    signed = row.answer in (ClientAnswer.Answer.SIGNED, ClientAnswer.Answer.REFUSED)
    day = timezone.localdate(row.at, ZoneInfo(paper.client.timezone))
    number = _number(paper.client, day.year)
    row.trail = file_document(
        client=paper.client,
        kind=Kind.SIGNATURE_PROOF if signed else Kind.RETURN_PROOF,
        title=_title(paper, signed),
        content=render(TEMPLATE, trail_facts(row, number)),
        name=f"{number.replace('/', '-')}.pdf",
        face=Document.Face.CLIENT,
        dated_on=day,
        number=number,
        contact=row.contact,
        brand=paper.brand,
        source=paper.number,
        job_numbers=[job.job_number for job in paper.job_numbers.all()],
        by=None,
        at=at,
    )
    row.save(update_fields=["trail"])
    answer.trail = row.trail
    return row.trail


def _number(client, year):
    key = f"{client.code}/ST/{year}"
    return f"{key}/{next_number(key):03d}"


def _title(paper, signed):
    with translation.override(LANGUAGES.get(paper.client.paper_language, "zh-hans")):
        words = _("Record of signature") if signed else _("Record of return")
    return f"{words} {paper.label}"[:200]
