"""Faults on purpose, for tests that kill us at the worst moment. Refused when DEBUG is off.

FAULT=after_claim|in_claim|after_data|before_handed|before_keep|after_keep|before_commit|
    skip_lock|pdf_fail|pdf_blank,
several joined by commas, each with a probability if wanted: `FAULT=after_data:0.1,skip_lock`.
`pdf_blank` spares the printing where many papers are issued and nobody reads them.
`at_lock:0.05` holds everybody for so many seconds wherever a verb locks a row, so that those who
race surely meet there.
"""

import os
import random
import signal
import time
from fractions import Fraction

from django.conf import settings


def chances():
    """{name: probability} as the setting FAULT says."""
    parts = [part.partition(":") for part in settings.FAULT.split(",") if part]
    return {name: chance or "1" for name, _colon, chance in parts}


def happens(name):
    """True when the fault is set and, by its probability, strikes now."""
    if not settings.FAULT:
        return False
    return random.random() < Fraction(chances().get(name, "0"))  # noqa: S311 a dice


def strike(name):
    """Die as by `kill -9` when the fault happens."""
    if happens(name):
        os.kill(os.getpid(), signal.SIGKILL)


def linger(name):
    """Stay for the seconds that the fault says, if it is set."""
    if settings.FAULT:
        seconds = Fraction(chances().get(name, "0"))
        time.sleep(seconds.numerator / seconds.denominator)
