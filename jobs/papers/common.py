"""What every paper of a job has in its head, and how it is filed (domain.md 7)."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override

from agency.common.services import next_number
from archives.papers import head, person_of
from archives.services import file_document


def header(job, face, *, author, at, number="", revision=1):
    """The plain data that templates/pdf/base.html wants; `face` is "client" or "internal"."""
    client = job.client
    return {
        **head(client, face, number=number, at=at, revision=revision),
        "brand": job.brand.name if job.brand else "",
        "jobs": [job.number] if job.number else [],
        "job_title": job.title,
        "author": person_of(author),
    }


def draw_number(client, code, at):
    """The next house number of a kind of paper: LM/PE/2026/014, by the client's year."""
    key = f"{client.code}/{code}/{client_day(client, at).year}"
    return f"{key}/{next_number(key):03d}"


def client_day(client, at):
    """The client's day at the instant (Z3)."""
    return at.astimezone(ZoneInfo(client.timezone)).date()


def file_paper(job, *, kind, words, content, face, number, by, at, revision=1, replaces=None):
    """File one face of a paper of the job; `words` is the untranslated title (gettext_noop)."""
    stem = number.replace("/", "-") + (f"-R{revision}" if revision > 1 else "")
    return file_document(
        client=job.client,
        kind=kind,
        title=titled("zh-hans", words, job),
        title_en=titled("en", words, job),
        content=content,
        name=f"{stem}.pdf" if face == "client" else f"{stem}-internal.pdf",
        face=face,
        dated_on=client_day(job.client, at),
        number=number,
        revision=revision,
        language=job.client.paper_language,
        brand=job.brand,
        product=job.product,
        job_numbers=[job.number] if job.number else [],
        replaces=replaces,
        by=by,
        at=at,
    )


def titled(language, words, job):
    with override(language):
        return f"{gettext(words)} {job.title}"[:200]
