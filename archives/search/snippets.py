"""Where the words stand: a line of the paper with the words marked."""

import re

from django.db.models import Q

from archives.models import SearchChunk
from archives.search.index import BETWEEN

BEFORE, LENGTH = 30, 160
GAP = r"[\s\W_]*"


def snippets(question, keys):
    """{paper's key: [(text, is_marked)]} of the best piece of each; one question for all."""
    if not (question.words and keys):
        return {}
    any_word = Q()
    for word in question.words:
        any_word |= Q(words__matches=word.query)
    chunks = SearchChunk.objects.filter(any_word, document__in=keys).order_by("document", "-seq")
    # the text says more than the heading, its first place more than a later one
    best = {}
    for chunk in chunks.values_list("document", "seq", "body"):
        best.setdefault(chunk[0], []).append(chunk)
    pattern = pattern_of(question)
    return {key: snippet_of(piece_of(found, pattern), pattern) for key, found in best.items()}


def piece_of(found, pattern):
    """The first piece of the text, else of its names those that hold a word."""
    texts = [body for _key, seq, body in found if seq]
    return texts[-1] if texts else _named(found[-1][2], pattern)


def _named(head, pattern):
    names = head.split(BETWEEN)
    return BETWEEN.join([name for name in names if pattern.search(name)] or names)


def pattern_of(question):
    """Each word with whatever stands between its letters: 55,947.16 shows for 55947.16."""
    words = sorted((word.text for word in question.words), key=len, reverse=True)
    parts = [GAP.join(re.escape(letter) for letter in re.sub(r"[\W_]", "", word)) for word in words]
    return re.compile("|".join(part for part in parts if part) or r"(?!)", re.IGNORECASE)


def snippet_of(body, pattern):
    first = pattern.search(body)
    start = max(first.start() - BEFORE, 0) if first else 0
    piece = re.sub(r"\s+", " ", body[start : start + LENGTH])
    return marked(piece, pattern)


def marked(text, pattern):
    parts, place = [], 0
    for match in pattern.finditer(text):
        parts += [(text[place : match.start()], False), (match.group(), True)]
        place = match.end()
    return [(part, is_marked) for part, is_marked in [*parts, (text[place:], False)] if part]
