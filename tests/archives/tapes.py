"""Tapes and loans as tests need them, through the verbs."""

from datetime import date

from archives import services
from archives.models import Competitor
from tests.archives.papers import NOON
from tests.builders import make_brand, make_client, make_user

TODAY, FRIDAY = NOON.date(), date(2026, 11, 20)
WHY = "Nobody has seen it since the move"


def make_world():
    """A client with its AE, AM and an artist, and a competitor of its brand."""
    ae, am, artist = make_user(role="ae"), make_user(role="am"), make_user(role="department")
    lm = make_client("LM", team=[ae, am, artist], name="绿麦食品")
    rival = Competitor.objects.create(brand=make_brand(lm), name="金穗")
    return {"ae": ae, "am": am, "artist": artist, "lm": lm, "rival": rival}


def make_tape(client, by, **fields):
    facts = {"title": "中秋 30 秒", "format": "betacam", "shelf": "B-03", **fields}
    return services.create_tape(client=client, by=by, at=NOON, **facts)


def lend(tape, by, borrower=None, due_on=FRIDAY, **fields):
    return services.lend_tape(
        tape=tape, borrower=borrower or by, due_on=due_on, by=by, at=NOON, **fields
    )


def lose(tape, by, reason=WHY):
    return services.lose_tape(tape=tape, reason=reason, by=by, at=NOON)


def bring_back(tape, by, at=NOON):
    return services.return_tape(tape=tape, by=by, at=at)
