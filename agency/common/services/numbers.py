"""Numbers of papers: dense, because they are drawn inside the issuing transaction (C21)."""

from django.db import connection

DRAW = """
INSERT INTO common_sequence AS old (key, last) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET last = old.last + 1 RETURNING last
"""


def next_number(key):
    """The next number of the key, 1 for a new one. RuntimeError outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [key])
        return cursor.fetchone()[0]
