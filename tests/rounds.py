"""A race run many times: its world is made once and put back for every round."""

from collections import Counter

from django.db import connection

from tests.builders import unguarded
from tests.serving import is_fault, together

ROUNDS = 20


class Race:
    """Two requests about one row, and what is wrong after both are answered.

    `prepare()` makes the row, `calls(row)` gives the requests, `wrong(row)` yields in words what
    is not as it must be, `doubled(row)` what came twice.
    """

    def __init__(self, web):
        self.web, self.world, self.answers = web, None, Counter()

    def begin(self):
        """The row and the requests about it, the world around them as in the first round."""
        if self.world:
            self.world.put_back()
        else:
            self.row = self.prepare()
            self.requests = self.calls(self.row)
            self.world = World()

    def run(self):
        """What went wrong in one round, in words; empty when all is as it must be."""
        self.begin()
        answers = together(self.requests)
        self.row.refresh_from_db()
        codes = [one.status_code for one in answers]
        self.answers[" ".join(map(str, sorted(codes)))] += 1
        faults = [f"answered {codes}"] * any(map(is_fault, answers))
        faults += [*self.wrong(self.row), *self.doubled(self.row)]
        return [*faults, codes] if faults else []

    def runs(self, rounds=ROUNDS):
        """What went wrong in the rounds, up to the first that did."""
        return next(filter(None, (self.run() for _round in range(rounds))), [])


class World:
    """All rows of all tables as they are now."""

    def __init__(self):
        self.rows = {name: rows_of(name) for name in connection.introspection.django_table_names()}

    def put_back(self):
        """Exactly these rows again, with what only a superuser may undo."""
        with unguarded() as cursor:
            for name, rows in self.rows.items():
                if rows_of(name) != rows:
                    cursor.execute(f"DELETE FROM {name}")  # noqa: S608 a name of our own
                    with cursor.copy(f"COPY {name} FROM STDIN") as copy:
                        copy.write(rows)


def rows_of(table):
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)
