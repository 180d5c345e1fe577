"""What every paper of a job has in its head, and how it is filed (domain.md 7)."""

from django.utils.translation import gettext, override

from archives.papers import client_day, head, person_of
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
