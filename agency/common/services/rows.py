"""Insert what is not there yet, and learn which rows are new (domain.md 5.5)."""

from django.db import connection


def insert_new(rows):
    """INSERT … ON CONFLICT DO NOTHING, all at once; returns the new rows, with their id.

    rows: of one model that has a unique `key`. An IntegrityError would break the verb's
    transaction, and `ignore_conflicts` of bulk_create does not say which rows are new.
    """
    if not rows:
        return []
    found = dict(_insert(rows))
    return [_made(row, pk) for row in rows if (pk := found.pop(row.key, None))]


def _insert(rows):
    """[(key, id)] of the rows that were not there."""
    fields = [f for f in rows[0]._meta.concrete_fields if not f.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    table = quote(rows[0]._meta.db_table)
    insert = f"INSERT INTO {table} ({columns}) VALUES {places}"  # noqa: S608 names of our models
    with connection.cursor() as cursor:
        values = [value for row in rows for value in _values(row, fields)]
        cursor.execute(f"{insert} ON CONFLICT DO NOTHING RETURNING key, id", values)
        return cursor.fetchall()


def _values(row, fields):
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


def _made(row, pk):
    row.pk = pk
    row._state.adding, row._state.db = False, connection.alias
    return row
