"""What a question finds among the papers a person may see: page, order, counts (9.3)."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, FilteredRelation, IntegerField, Q, Value, When

from archives.models import Document, SearchChunk
from archives.search.snippets import snippets

EXACT, PART, TITLE, ABOUT, TEXT = 100, 60, 40, 25, 10
PER_PAGE = 20
SHORTEST_NUMBER = 5
NO_FILTER = Q()
FACETS = ("client_id", "kind", "year", "state", "face")
LEXEME = re.compile(r"('[^']+')(:\*)?")
STATEMENT = """
WITH hits AS MATERIALIZED ({hits}), best AS (
    SELECT id, score + 5 * power(0.5::float, greatest(%s::date - dated_on, 0) / 180.0::float)
        + CASE WHEN state = 'issued' THEN 5 WHEN state IN ('superseded', 'void') THEN -20 ELSE 0 END
        AS total, dated_on
    FROM hits ORDER BY total DESC, dated_on DESC, id DESC LIMIT %s OFFSET %s
)
SELECT 'id', id::text, total::float FROM best
UNION ALL SELECT 'all', '', count(*) FROM hits
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
    rows = matching(question, user, at).filter(wanted)
    inner = scored(rows, question).values("id", *FACETS, "dated_on", "score").order_by()
    try:
        sql, params = inner.query.sql_with_params()
    except EmptyResultSet:  # a filter that no paper can meet
        return Found()
    with connection.cursor() as cursor:
        wanted = STATEMENT.format(hits=sql) + "".join(COUNTED.format(name=name) for name in FACETS)
        cursor.execute(wanted, [*params, today, PER_PAGE, (page - 1) * PER_PAGE])
        return _found(question, cursor.fetchall())


def matching(question, user, at):
    """Papers with each of the words somewhere, and none of the unwanted."""
    papers = Document.objects.visible_to(user, at).filed()
    for word in question.words:
        papers = papers.filter(pk__in=_with(word, user, at))
    for word in question.unwanted:
        papers = papers.exclude(pk__in=_with(word, user, at))
    return papers


def _with(word, user, at):
    return SearchChunk.objects.holding(word, user, at).values("document")


def scored(papers, question):
    """`score`: for each word the best place where it stands, added up."""
    papers = papers.annotate(
        head=FilteredRelation("chunks", condition=Q(chunks__seq=0)),
    )
    return papers.annotate(score=sum((_score(word) for word in question.words), Value(0)))


def _score(word):
    cases = [When(head__words__matches=_in(word.query, "A"), then=PART)]
    if plain := _plain_number(word.text):
        cases.insert(0, When(head__words__matches=f"'{plain}':A", then=EXACT))
    cases.append(When(head__words__matches=_in(word.query, "B"), then=TITLE))
    cases.append(When(head__words__matches=_in(word.query, "C"), then=ABOUT))
    return Case(*cases, default=TEXT, output_field=IntegerField())


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
