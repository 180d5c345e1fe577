"""Two at once, 200 times a pair (G2): `python -m bench.race_fire [rounds] [out.txt]`.

The pairs of tests/test_races.py through real HTTP, with real prints. Said for each pair: rounds,
rounds in which something was wrong, how the loser was answered, seconds a round.
"""

import os
import shutil
import sys
import time
from pathlib import Path

import django

from agency.servers import Postgres

FOLDER = Path(os.environ.get("VAR_DIR", "var")).resolve() / "races"
DATABASE = Postgres(FOLDER, "races").start()
os.environ |= {
    "DEBUG": "1",
    "SECRET_KEY": "bench",
    "DATABASE_URL": DATABASE.url,
    "VAR_DIR": str(FOLDER),
    "LOG_LEVEL": "WARNING",
    "DJANGO_SETTINGS_MODULE": "agency.settings",
}
django.setup()

from django.core.management import call_command  # noqa: E402 (after django.setup)

from tests.builders import make_user  # noqa: E402
from tests.meetings import make  # noqa: E402
from tests.serving import Web  # noqa: E402
from tests.test_races import PAIRS  # noqa: E402

ROUNDS = 200
MEET = "at_lock:0.05"


def main(rounds, out):
    DATABASE.drop_database()
    shutil.rmtree(FOLDER / "files", ignore_errors=True)
    call_command("migrate", verbosity=0)
    ae, am = make_user("ae", "ae"), make_user("am", "am")
    account = make.make_account(ae, am, code="LM")
    lines = [fight(pair, rounds, account, ae, am) for pair in PAIRS]
    print("\n".join(lines))
    if out:
        Path(out).write_text("\n".join(lines) + "\n")


def fight(pair, rounds, account, ae, am):
    with Web(dict(os.environ), FOLDER / "web.log", FAULT=MEET) as web:
        race = pair(web, account, ae, am)
        begun = time.monotonic()
        wrong = [found for found in (race.run() for _round in range(rounds)) if found]
        seconds = (time.monotonic() - begun) / rounds
    answers = ", ".join(f"{codes}: {n}" for codes, n in sorted(race.answers.items()))
    name = f"{pair.__name__}: {rounds} rounds, {len(wrong)} wrong, answers {answers}"
    return "\n  ".join([f"{name}, {seconds:.2f} s a round", *map(str, wrong[:5])])


if __name__ == "__main__":
    try:
        main(int(next(iter(sys.argv[1:]), ROUNDS)), next(iter(sys.argv[2:]), ""))
    finally:
        DATABASE.stop()
