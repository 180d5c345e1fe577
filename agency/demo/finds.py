"""Two hundred searches of the last weeks, as the stopwatch measured them (domain.md section 11)."""

import random
from datetime import timedelta
from decimal import Decimal

from agency.demo.desk import ago
from agency.demo.rivals import KEEPERS
from archives.models import Document, FindSession

SEARCHES, DAYS = 200, 40
# (how many, from, to) in seconds: half within 21, the 95th of a hundred at 96, three above 180
SPREAD = (
    *((99, 4, 20), (2, 21, 21), (88, 22, 95), (1, 96, 96)),
    *((7, 97, 175), (3, 184, 260)),
)


def all_finds(stage):
    """One story, played when all papers are there."""
    return [searches(stage)]


def searches(stage):
    yield stage.now - timedelta(minutes=5)
    dice = random.Random(180)
    papers = {
        code: list(
            Document.objects.filter(client=client, state=Document.State.ISSUED)
            .order_by("created_at", "pk")
            .values_list("pk", "created_at", "number", "title")
        )
        for code, client in stage.clients.items()
        if code in KEEPERS
    }
    times = measured(dice)
    FindSession.objects.bulk_create(
        search(stage, dice, papers, seconds, place) for place, seconds in enumerate(times)
    )


def measured(dice):
    """200 times in seconds with one decimal, in no order."""
    times = [Decimal(dice.randint(low * 10, high * 10)) / 10
             for count, low, high in SPREAD for _one in range(count)]  # fmt: skip
    dice.shuffle(times)
    return times


def search(stage, dice, papers, seconds, place):
    """Somebody looks for a paper of a client of theirs that lay in the folder by then."""
    code = sorted(papers)[place % len(papers)]
    begun = ago(stage, dice.randint(1, DAYS), dice.randint(9, 17))
    begun += timedelta(seconds=dice.randint(0, 3500))
    there = [paper for paper in papers[code] if paper[1] < begun] or papers[code][:1]
    key, _filed, number, title = dice.choice(there)
    ended = begun + timedelta(milliseconds=int(seconds * 1000))
    query = number if number and dice.random() < 0.4 else title[:4]
    return FindSession(
        user=stage.users[KEEPERS[code]], started_at=begun, last_at=ended, created_at=begun,
        query=query, results=dice.randint(1, 9), opened_id=key, opened_at=ended, seconds=seconds,
        ended=FindSession.Ended.OPENED,
    )  # fmt: skip
