"""Histories of a year by the thousand: `python -m bench.standing_fire [count] [out.txt] [first]`.

The machine of tests/budgets/histories.py, 5,000 times where nothing else is said: up to 15 steps of
sign, change, supersede, bill, credit, pay, reverse, close a month, cancel a job and authorise a
budget anew, through the services, papers blank. After each step the identity, the plain book, and
what stood in closed months; after long ones all that `manage.py verify_money` looks at. Each 50
begin from a world with amounts of its own, which `first` numbers: side by side, each with a
VAR_DIR, two share them as `2500 a.txt` and `2500 b.txt 2500`. Said: histories, those that went
wrong (their steps on the screen), steps done and refused by act, seconds a history.
"""

import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path

import django

from agency.servers import Postgres

FOLDER = Path(os.environ.get("VAR_DIR", "var")).resolve() / "standing"
DATABASE = Postgres(FOLDER, "standing").start()
os.environ |= {
    "DEBUG": "1",
    "SECRET_KEY": "bench",
    "DATABASE_URL": DATABASE.url,
    "VAR_DIR": str(FOLDER),
    "LOG_LEVEL": "WARNING",
    "FAULT": "pdf_blank",
    "DJANGO_SETTINGS_MODULE": "agency.settings",
}
django.setup()

from django.conf import settings as site  # noqa: E402 (after django.setup)
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from hypothesis import HealthCheck, Phase, seed, settings  # noqa: E402
from hypothesis.stateful import run_state_machine_as_test  # noqa: E402

from archives.storage import write_mark  # noqa: E402
from tests.budgets.histories import ACTS, STEPS_MOST, World, machine  # noqa: E402

HISTORIES, BATCH = 5000, 50


def main(count, out, first=0):
    site.DEBUG = False  # no log of queries
    DATABASE.drop_database()
    shutil.rmtree(FOLDER / "files", ignore_errors=True)
    call_command("migrate", verbosity=0)
    write_mark()  # before a batch: what it makes is taken back
    begun, wrong, done = time.monotonic(), 0, Counter()
    end = first + count
    for number in range(first, end, BATCH):
        went_wrong, counted = batch(number, min(BATCH, end - number))
        wrong, done = wrong + went_wrong, done + counted
        print(line(done, wrong, begun), flush=True)
    acts = [f"{act} {done[act]} ({done[f'{act} refused']} refused)" for act in ACTS]
    lines = [line(done, wrong, begun), ", ".join(acts)]
    print(lines[-1])
    if out:
        Path(out).write_text("\n".join(lines) + "\n")


def batch(number, count):
    """(1 if one of them went wrong, which ends the batch; what was done)."""
    chosen = settings(
        max_examples=count, stateful_step_count=STEPS_MOST, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    with transaction.atomic():
        histories = machine(World(number))
        try:
            run_state_machine_as_test(seed(number)(histories), settings=chosen)
        except AssertionError as error:
            print(error, *getattr(error, "__notes__", []), sep="\n", flush=True)
            return 1, histories.done
        finally:
            transaction.set_rollback(True)
    return 0, histories.done


def line(done, wrong, begun):
    ran, seconds = done["histories"], time.monotonic() - begun
    steps = sum(done[act] + done[f"{act} refused"] for act in ACTS)
    each = f"{seconds / ran:.2f} s a history" if ran else ""
    return f"{ran} histories, {wrong} wrong, {steps} steps, {each}"


if __name__ == "__main__":
    try:
        words = dict(enumerate(sys.argv))
        main(int(words.get(1, HISTORIES)), words.get(2, ""), int(words.get(3, 0)))
    finally:
        DATABASE.stop()
