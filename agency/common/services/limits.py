"""Limits on how often something may be tried, counted in the database (C19)."""

from datetime import timedelta

from django.db import connection

from agency.common.models import RateCount

KEPT = timedelta(days=2)
REFILLED = """
LEAST(%(amount)s, old.tokens + %(amount)s
    * GREATEST(0, EXTRACT(EPOCH FROM EXCLUDED.at - old.at)) / %(seconds)s)
"""
TAKE = f"""
INSERT INTO common_ratecount AS old (key, tokens, at)
VALUES (%(key)s, %(amount)s - 1, %(at)s)
ON CONFLICT (key) DO UPDATE SET tokens = {REFILLED} - 1, at = EXCLUDED.at
WHERE {REFILLED} >= 1 RETURNING tokens
"""  # noqa: S608 both parts are constants above


def take(*, key, per, amount, at):
    """Take one of `amount` tokens that refill within `per` (a timedelta); False when none is left.

    Call it before the verb, not inside: a refused verb rolls back what it counted.
    """
    values = {"key": key, "amount": amount, "seconds": per.total_seconds(), "at": at}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        return cursor.fetchone() is not None


def forget_counts(at):
    """Remove buckets that have long been full again; returns how many."""
    return RateCount.objects.filter(at__lt=at - KEPT).delete()[0]
