"""Two at once, 200 times a pair (G2): `python -m bench.race_fire [rounds] [out.txt] [app]`.

The pairs of tests/test_races.py (meetings), tests/test_races_jobs.py (jobs) and
tests/test_races_budgets.py (budgets) through real HTTP, papers blank as there. Said for each pair:
rounds, rounds in which something was wrong, how both were answered, seconds a round.
"""

import os
import shutil
import sys
import time
from functools import partial
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

from django.conf import settings  # noqa: E402 (after django.setup)
from django.core.management import call_command  # noqa: E402

from tests import test_races, test_races_budgets, test_races_jobs  # noqa: E402
from tests.builders import make_user  # noqa: E402
from tests.jobs.way import Team  # noqa: E402
from tests.meetings import make  # noqa: E402
from tests.serving import Web  # noqa: E402

ROUNDS = 200


def main(rounds, out, app):
    DATABASE.drop_database()
    shutil.rmtree(FOLDER / "files", ignore_errors=True)
    call_command("migrate", verbosity=0)
    lines = []
    for name in [app] if app else APPS:
        fault, pairs = APPS[name]()
        settings.FAULT = fault.partition(",")[2]  # we prepare each round without being held
        for pair, race in pairs:
            lines.append(fight(pair.__name__, race, fault, rounds))
            print(lines[-1], flush=True)
    if out:
        Path(out).write_text("\n".join(lines) + "\n")


def meetings():
    """(fault of the web process, [(pair, how it is made for a web process)])."""
    ae, am = make_user("ae", "ae"), make_user("am", "am")
    account = make.make_account(ae, am, code="LM")
    return test_races.MEET, [(pair, lambda web, pair=pair: pair(web, account, ae, am))
                  for pair in test_races.PAIRS]  # fmt: skip


def jobs():
    team = Team(code="JB", sign_needs_code=False)
    return test_races_jobs.MEET, [(pair, partial(pair, team=team))
                                  for pair in test_races_jobs.PAIRS]  # fmt: skip


def budgets():
    houses = test_races_budgets.Houses()
    return test_races_budgets.MEET, [(pair, partial(pair, world=houses))
                                     for pair in test_races_budgets.PAIRS]  # fmt: skip


APPS = {"meetings": meetings, "jobs": jobs, "budgets": budgets}


def fight(name, pair, fault, rounds):
    with Web(dict(os.environ), FOLDER / "web.log", FAULT=fault) as web:
        race = pair(web)
        begun = time.monotonic()
        wrong = [found for found in (race.run() for _round in range(rounds)) if found]
        seconds = (time.monotonic() - begun) / rounds
    answers = ", ".join(f"{codes}: {n}" for codes, n in sorted(race.answers.items()))
    name = f"{name}: {rounds} rounds, {len(wrong)} wrong, answers {answers}"
    return "\n  ".join([f"{name}, {seconds:.2f} s a round", *map(str, wrong[:5])])


if __name__ == "__main__":
    try:
        words = dict(enumerate(sys.argv))
        main(int(words.get(1, ROUNDS)), words.get(2, ""), words.get(3, ""))
    finally:
        DATABASE.stop()
