"""Numbers of papers: dense, because they are drawn inside the issuing transaction (C21).

The paper shows its number, so both faces are printed while the counter's row is held. Whoever
issues another paper of the client meanwhile waits for those prints, not for a quick write: longer
than for any other row, and than any other statement.
"""

from django.db import connection

from agency.common import faults

PATIENCE = "120s"
WAIT = "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)"
USUAL = "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"

DRAW = """
INSERT INTO common_sequence AS old (key, last) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET last = old.last + 1 RETURNING last
"""
# What the counter would be without its lock: for the test that shows the lock at work.
READ = "SELECT last FROM common_sequence WHERE key = %s"
WRITE = """
INSERT INTO common_sequence (key, last) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET last = EXCLUDED.last
"""


def next_number(key):
    """The next number of the key, 1 for a new one. RuntimeError outside a transaction.

    It waits up to PATIENCE for another transaction that has drawn one and is still printing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn inside the transaction that uses it")
    with connection.cursor() as cursor:
        if faults.happens("skip_lock"):
            return _drawn_unlocked(cursor, key)
        usual = cursor.execute(USUAL).fetchone()
        cursor.execute(WAIT, [PATIENCE, PATIENCE])
        number = cursor.execute(DRAW, [key]).fetchone()[0]
        cursor.execute(WAIT, usual)
        return number


def _drawn_unlocked(cursor, key):
    cursor.execute(READ, [key])
    number = (cursor.fetchone() or [0])[0] + 1
    faults.linger("at_lock")
    cursor.execute(WRITE, [key, number])
    return number
