"""How papers about a client's money are printed and filed: those of no single job (7)."""

from django.utils.translation import gettext, override

from agency.common.pdf import render
from archives.papers import client_day, draw_number
from archives.services import file_document


def file_money(client, *, kind, code, words, face, template, data, by, at, jobs=()):
    """Draw the number, print and file. data(number) gives what the template takes; `words` is the
    untranslated title (gettext_noop)."""
    number = draw_number(client, code, at)
    content = render(template, data(number))
    stem = number.replace("/", "-")
    return file_document(
        client=client, kind=kind, title=_titled("zh-hans", words, client),
        title_en=_titled("en", words, client), content=content, face=face, number=number,
        name=f"{stem}.pdf" if face == "client" else f"{stem}-internal.pdf",
        dated_on=client_day(client, at), language=client.paper_language, job_numbers=list(jobs),
        by=by, at=at,
    )  # fmt: skip


def _titled(language, words, client):
    with override(language):
        return f"{gettext(words)} {client.get_display_name(language[:2])}"[:200]
