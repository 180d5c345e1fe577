"""What a question finds among the papers a person may see: page, order, counts (9.3)."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import BoolOr
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

from archives.models import Document, SearchChunk
from archives.search.snippets import snippets

EXACT, PART, TITLE, ABOUT, TEXT = 100, 60, 40, 25, 10
PER_PAGE = 20
SHORTEST_NUMBER = 5
NO_FILTER = Q()
FACETS = ("client_id", "kind", "year", "state", "face")
LEXEME = re.compile(r"('[^']+')(:\*)?")
STATEMENT = """
WITH {words} hits AS MATERIALIZED (
    SELECT paper.*, {score} AS score FROM ({papers}) AS paper {joins}
), best AS (
    SELECT id, score + 5 * power(0.5::float, greatest(%s::date - dated_on, 0) / 180.0::float)
        + CASE WHEN state = 'issued' THEN 5 WHEN state IN ('superseded', 'void') THEN -20 ELSE 0 END
        AS total, dated_on
    FROM hits ORDER BY total DESC, dated_on DESC, id DESC LIMIT %s OFFSET %s
)
SELECT 'id', id::text, total::float FROM best
UNION ALL SELECT 'all', '', count(*) FROM hits
"""
HOLDING = "{name} AS MATERIALIZED ({chunks}),\n"
JOINED = "JOIN {name} ON {name}.document = paper.id\n"
# What a paper is called says more than its text; it is looked at where the word stands in it.
SCORE = """
CASE WHEN {name}.in_head THEN (
    SELECT CASE {places} ELSE {text} END FROM archives_searchchunk
    WHERE document_id = paper.id AND seq = 0
) ELSE {text} END
"""
COUNTED = "UNION ALL SELECT '{name}', {name}::text, count(*) FROM hits GROUP BY {name}\n"


@dataclass(frozen=True)
class Hit:
    """A paper found: score, and [(text, is_marked)] of where."""

    paper: Document
    score: float
    snippet: list


@dataclass(frozen=True)
class Found:
    """total: of all pages; hits: of this page; facets: {field: Counter of its values}."""

    total: int = 0
    hits: list = field(default_factory=list)
    facets: dict = field(default_factory=dict)


def find(question, user, at, today, page=1, wanted=NO_FILTER):
    """The page of a question; `wanted`: what its filters ask of a Document.

    Three statements whatever is asked, found or hidden.
    """
    try:
        sql, params = _hits(question, user, at, wanted)
    except EmptyResultSet:  # a filter that no paper can meet
        return Found()
    with connection.cursor() as cursor:
        counted = "".join(COUNTED.format(name=name) for name in FACETS)
        cursor.execute(sql + counted, [*params, today, PER_PAGE, (page - 1) * PER_PAGE])
        return _found(question, cursor.fetchall())


def matching(question, user, at):
    """Papers with each of the words somewhere, and none of the unwanted."""
    papers = _without(question.unwanted, user, at)
    for word in question.words:
        papers = papers.filter(pk__in=_chunks(word, user, at).values("document"))
    return papers


def _without(unwanted, user, at):
    papers = Document.objects.visible_to(user, at).filed()
    for word in unwanted:
        papers = papers.exclude(pk__in=_chunks(word, user, at).values("document"))
    return papers


def _chunks(word, user, at):
    return SearchChunk.objects.filter(words__matches=word.query).visible_to(user, at)


def _hits(question, user, at, wanted):
    """(statement, its values): the papers of each word are looked up once, then put together."""
    names, words, scores = [], [], [("0", [])]
    for number, word in enumerate(question.words):
        name = f"word{number}"
        held = _chunks(word, user, at).values("document").annotate(in_head=BoolOr(Q(seq=0)))
        chunks, params = held.query.sql_with_params()
        names.append(name)
        words.append((HOLDING.format(name=name, chunks=chunks), params))
        scores.append(_score(name, word))
    papers = _without(question.unwanted, user, at).filter(wanted)
    rows, asked = papers.values("id", *FACETS, "dated_on").order_by().query.sql_with_params()
    sql = STATEMENT.format(
        words="".join(sql for sql, _params in words),
        score=" + ".join(sql for sql, _params in scores),
        papers=rows,
        joins="".join(JOINED.format(name=name) for name in names),
    )
    return sql, [*(one for _sql, params in (*words, *scores) for one in params), *asked]


def _score(name, word):
    """(SQL, its values) of the best place where the word stands."""
    worths = {"A": PART, "B": TITLE, "C": ABOUT}
    places = [(worth, _in(word.query, weight)) for weight, worth in worths.items()]
    if plain := _plain_number(word.text):
        places.insert(0, (EXACT, f"'{plain}':A"))
    cases = " ".join(f"WHEN words @@ (%s)::tsquery THEN {worth}" for worth, _query in places)
    sql = SCORE.format(name=name, places=cases, text=TEXT)
    return sql, [query for _worth, query in places]


def _in(query, weight):
    """The same words, only where they stand with this weight."""
    return LEXEME.sub(lambda found: f"{found[1]}{found[2] or ':'}{weight}", query)


def _plain_number(text):
    """lmcr2026014 of LM/CR/2026/014; '' of what can be no number of the house."""
    plain = re.sub("[^0-9a-z]", "", text)
    is_number = (
        len(plain) >= SHORTEST_NUMBER and re.search("[a-z]", plain) and re.search(r"\d", plain)
    )
    return plain if is_number else ""


def _found(question, lines):
    facets, scores, total = {name: Counter() for name in FACETS}, {}, 0
    for name, value, number in lines:
        if name == "id":
            scores[int(value)] = number
        elif name == "all":
            total = int(number)
        else:
            facets[name][value] = int(number)
    papers = Document.objects.as_hits().in_bulk(scores)
    marked = snippets(question, list(scores))
    hits = [Hit(papers[key], score, marked.get(key, [])) for key, score in scores.items()]
    return Found(total, hits, facets)
