"""Finding among 100,000 papers: first page with facets, beside the bare statement, counts checked.

`python -m bench.search [papers …]`, 100,000 without a number; each has two chunks, its heading and
its text. With two numbers the second is loaded on top of the first and the ratio is told. Needs an
empty database (make bench gives one).
"""

import os
import random
import statistics
import sys
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

import psycopg  # noqa: E402 (after django.setup)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from archives.kinds import FILED_BY_HAND  # noqa: E402
from archives.models import Document  # noqa: E402
from archives.search import index  # noqa: E402
from archives.search.words import normal, vector  # noqa: E402
from archives.storage import write_mark  # noqa: E402
from bench.pages import browser_of  # noqa: E402
from tests.builders import assign, make_client, make_user  # noqa: E402

CLIENTS, SERVED = 40, 10
TEXTS, ROUNDS, BATCH = 500, 20, 2_000
LENGTHS = (400, 4_000)
RARE, NOTHING = "罕见孔雀蓝", "绝无此事情"
ASKED = {
    "one character": "媒",
    "two characters": "样片",
    "four characters": "媒介计划",
    "two words": "样片 报价",
    "a rare word": RARE,
    "a number": "LM-26-014",
    "nothing": NOTHING,
}
SPOKEN = [
    "客户已看过样片，请在周五前回复。",
    "本季媒介计划按上月报价执行。",
    "印刷报价单附后，交货日期另行通知。",
    "样片第二稿已送，报价不变。",
    "工作号 LM-26-014 的进度见附表。",
]
ROW = "{:18} {:>9} {:>9} {:>9} {:>7} {:>8} {:>9}"


POOL = """
DROP TABLE IF EXISTS pool;
CREATE TEMPORARY TABLE pool (place integer PRIMARY KEY, body text, words tsvector)
"""
CHUNKS = "COPY archives_searchchunk (document_id, seq, client_id, body, words, created_at)"
SHARED = """
INSERT INTO archives_searchchunk (document_id, seq, client_id, body, words, created_at)
SELECT document_id, 1, client_id, body, words, now()
FROM unnest(%s::bigint[], %s::bigint[], %s::integer[]) AS made (document_id, client_id, place)
JOIN pool USING (place)
"""
COUNT = """
SELECT count(*) FROM (
    SELECT document_id FROM archives_searchchunk WHERE client_id = ANY(%s)
    GROUP BY document_id HAVING {words}
) AS found
"""


class Pile:
    """A pool of texts, of which each paper holds one."""

    def __init__(self, dice, texts=TEXTS):
        self.letters = [chr(0x4E00 + number) for number in dice.sample(range(6_000), 1_500)]
        self.weights = [1 / rank for rank in range(1, 1_501)]
        self.texts = [self.text(dice, number) for number in range(texts)]
        self.words = [vector(text) for text in self.texts]

    def put(self, cursor):
        """Into the database, once: a chunk's text and words are copied there."""
        cursor.execute(POOL)
        with cursor.copy("COPY pool FROM STDIN") as copy:
            for place, row in enumerate(zip(self.texts, self.words, strict=True)):
                copy.write_row((place, *row))

    def text(self, dice, number):
        parts, left = [], dice.randint(*LENGTHS)
        while left > 0:
            spoken = dice.random() < 0.02
            part = dice.choice(SPOKEN) if spoken else self.sentence(dice)
            parts.append(part)
            left -= len(part)
        return "".join(parts) + (RARE if number == 0 else "")

    def sentence(self, dice):
        return "".join(dice.choices(self.letters, self.weights, k=dice.randint(8, 30))) + "。"


class House:
    def __init__(self):
        write_mark()
        self.dice = random.Random(9)
        self.user = make_user("bench_ae", "ae")
        self.clients = [make_client() for _number in range(CLIENTS)]
        for client in self.clients[:SERVED]:
            assign(client, self.user)
        self.pile, self.size = Pile(self.dice), 0

    def fill(self, wanted):
        begin = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX chunk_words")
            self.pile.put(cursor)
            while self.size < wanted:
                self.batch(cursor, min(BATCH, wanted - self.size))
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute("CREATE INDEX chunk_words ON archives_searchchunk USING gin (words)")
            cursor.execute("VACUUM ANALYZE archives_document")
            cursor.execute("VACUUM ANALYZE archives_searchchunk")
        seconds = time.perf_counter() - begin
        print(f"\n{wanted:,} papers, {2 * wanted:,} chunks, loaded in {seconds:.0f} s", flush=True)

    def batch(self, cursor, count):
        papers = [self.paper(number) for number in range(self.size, self.size + count)]
        papers = Document.objects.bulk_create(papers)
        self.index(cursor, papers)
        self.size += count

    def count(self, question):
        """By looking at every text: papers of the served clients that hold each word."""
        words = [f"%{word}%" for word in normal(question).split()]
        held = " AND ".join(["bool_or(lower(body) LIKE %s)"] * len(words))
        served = [client.pk for client in self.clients[:SERVED]]
        with connection.cursor() as cursor:
            cursor.execute(COUNT.format(words=held), [served, *words])
            return cursor.fetchone()[0]

    def paper(self, number):
        day = date(2020, 1, 1) + timedelta(days=number % 2_400)
        return Document(
            client=self.clients[number % CLIENTS],
            kind=FILED_BY_HAND[number % len(FILED_BY_HAND)],
            title=f"paper {number}",
            name="paper.txt",
            face="internal",
            dated_on=day,
            year=day.year,
            sha256=f"{number:064x}",
            size=1,
            mime="text/plain",
            text_at=timezone.now(),
            words_at=timezone.now(),
        )

    def index(self, cursor, papers):
        """As archives/search/index.py cuts them; the words of a text are worked out once."""
        now = timezone.now()
        with cursor.copy(f"{CHUNKS} FROM STDIN") as copy:
            for paper in papers:
                copy.write_row((paper.pk, 0, paper.client_id, *index._head(paper, []), now))
        places = [self.dice.randrange(TEXTS) for _paper in papers]
        keys, clients = [paper.pk for paper in papers], [paper.client_id for paper in papers]
        cursor.execute(SHARED, [keys, clients, places])


def spent(act):
    """Milliseconds of each round, the quickest first."""
    found = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        act()
        found.append((time.perf_counter() - begin) * 1000)
    return sorted(found)


def p95(times):
    return times[-2]


def statement_of(browser, address):
    """(the one statement that finds, as it was sent; number of queries of the page)."""
    browser.get(address)
    with CaptureQueriesContext(connection) as seen:
        browser.get(address)
    found = [query["sql"] for query in seen.captured_queries if query["sql"].startswith("\nWITH")]
    return found[0], len(seen)


def count_of(cursor, sql):
    cursor.execute(sql)
    return next(int(number) for name, _value, number in cursor.fetchall() if name == "all")


def measure(house):
    """{what: median of the page} and a table of page, bare statement and count."""
    browser, medians = browser_of("bench_ae"), {}
    print(ROW.format("", "page p95", "median", "bare p95", "ratio", "queries", "hits"), flush=True)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare:
        for what, question in ASKED.items():
            address = f"{reverse('archives:search')}?q={question}"
            sql, queries = statement_of(browser, address)
            page = spent(lambda address=address: browser.get(address))
            cursor = bare.cursor()
            alone = spent(lambda cursor=cursor, sql=sql: cursor.execute(sql).fetchall())
            hits = count_of(cursor, sql)
            looked = house.count(question)
            right = "" if hits == looked else f" NOT {looked}"
            medians[what] = statistics.median(page)
            print(
                ROW.format(
                    what, f"{p95(page):.1f}", f"{medians[what]:.1f}", f"{p95(alone):.1f}",
                    f"{p95(page) / p95(alone):.1f}", queries, f"{hits:,}{right}",
                ),
                flush=True,
            )  # fmt: skip
    return medians


def main(sizes):
    call_command("migrate", verbosity=0)
    with override_settings(ALLOWED_HOSTS=["*"], DEBUG=False, FRAME_COUNT=""):
        house, before = House(), None
        for size in sizes:
            house.fill(size)
            found = measure(house)
            if before:
                ratio = found["two characters"] / before["two characters"]
                print(f"two characters: {ratio:.2f} times as long as before (3 wanted)")
            before = found


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100_000])
