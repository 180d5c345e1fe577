"""A paper's words are put into the index in the transaction that files or changes it (9.2)."""

from django.db import connection
from django.utils.translation import gettext, override

from archives.kinds import Kind
from archives.search.words import joined, vector

CHUNK, OVERLAP = 8_000, 20
BETWEEN = " · "
LANGUAGES = ("zh-hans", "en")
INSERT = """
INSERT INTO archives_searchchunk (document_id, seq, client_id, body, words, created_at)
VALUES {rows}
ON CONFLICT (document_id, seq) DO UPDATE SET
    client_id = EXCLUDED.client_id, body = EXCLUDED.body, words = EXCLUDED.words
"""
ROW = "(%s, %s, %s, %s, %s::tsvector, %s)"


def put(paper, *, at, job_numbers=None, with_text=True):
    """Its names and, where it has been read, its text. One statement."""
    rows = [_row(paper, 0, *_head(paper, job_numbers), at)]
    if with_text:
        rows += [
            _row(paper, seq, body, vector(body), at)
            for seq, body in enumerate(pieces(paper.text), start=1)
        ]
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT.format(rows=", ".join([ROW] * len(rows))),
            [value for row in rows for value in row],
        )


def _row(paper, seq, body, words, at):
    return (paper.pk, seq, paper.client_id, body, words, at)


def pieces(text):
    """Its parts of 8,000 characters, each beginning a little before the last one ends."""
    step = CHUNK - OVERLAP
    return [text[start : start + CHUNK] for start in range(0, len(text), step)]


def _head(paper, job_numbers):
    """(words as read, tsvector): numbers A, titles B, who and what it is about C, the rest D."""
    if job_numbers is None:
        job_numbers = list(paper.job_numbers.values_list("job_number", flat=True))
    parts = [
        *((number, "A") for number in (paper.number, *job_numbers)),
        *((title, "B") for title in (paper.title, paper.title_en)),
        *((name, "C") for name in _about(paper)),
        *((word, "D") for word in (*_kind_words(paper.kind), str(paper.dated_on.year))),
        *((word, "D") for word in (paper.topic, paper.name)),
    ]
    parts = [(text, weight) for text, weight in parts if text]
    return BETWEEN.join(dict.fromkeys(text for text, _weight in parts)), joined(parts)


def _about(paper):
    client, brand, contact = paper.client, paper.brand, paper.contact
    if client:
        yield from (client.code, client.name, client.name_en)
    if brand:
        yield from (brand.name, brand.name_en)
    if contact:
        yield contact.name
    yield paper.source


def _kind_words(kind):
    for language in LANGUAGES:
        with override(language):
            yield gettext(Kind(kind).label)
