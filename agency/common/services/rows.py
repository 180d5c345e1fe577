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


def insert_paired(rows, others, link):
    """insert_new(rows), and of `others` those whose row is new, pointed to by its field `link`;
    all in one statement. others: one a row, of a model that has a unique `key`, with the same key.

    Returns (the new rows, those of them whose other was there before: they point to nothing yet).
    """
    if not rows:
        return [], []
    sql, values = _paired(rows, others, link)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = {key: (pk, other, made) for key, pk, other, made in cursor.fetchall()}
    fresh, lone = [], []
    for row, other in zip(rows, others, strict=True):
        if row.key in found:
            pk, other_pk, is_made = found.pop(row.key)
            fresh.append(_made(row, pk))
            if is_made:
                setattr(row, link, _made(other, other_pk))
            else:
                lone.append(row)
    return fresh, lone


# The key of the other row is drawn first; that it is there is asked when the transaction ends.
PAIRED = """
WITH told AS (
    INSERT INTO {table} ({columns}, {link}) VALUES {rows}
    ON CONFLICT DO NOTHING RETURNING key, id, {link} AS other
), made AS (
    INSERT INTO {others} (id, {other_columns})
    SELECT told.other, {given} FROM (VALUES {other_rows}) AS given ({other_columns})
    JOIN told ON told.key = given.key
    ON CONFLICT DO NOTHING RETURNING id
)
SELECT told.key, told.id, told.other, made.id IS NOT NULL
FROM told LEFT JOIN made ON made.id = told.other
"""


def _paired(rows, others, link):
    """(the statement, its values)."""
    quote, linked = connection.ops.quote_name, rows[0]._meta.get_field(link)
    fields = [f for f in rows[0]._meta.concrete_fields if not f.primary_key and f != linked]
    other_fields = [f for f in others[0]._meta.concrete_fields if not f.primary_key]
    table = others[0]._meta.db_table
    drawn = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
    row = ", ".join(["%s"] * len(fields) + [drawn])
    other = ", ".join(f"CAST(%s AS {field.db_type(connection)})" for field in other_fields)
    names = [quote(field.column) for field in other_fields]
    sql = PAIRED.format(
        table=quote(rows[0]._meta.db_table),
        columns=", ".join(quote(field.column) for field in fields),
        link=quote(linked.column),
        rows=", ".join([f"({row})"] * len(rows)),
        others=quote(table),
        other_columns=", ".join(names),
        given=", ".join(f"given.{name}" for name in names),
        other_rows=", ".join([f"({other})"] * len(others)),
    )
    values = [value for row in rows for value in _values(row, fields)]
    return sql, values + [value for row in others for value in _values(row, other_fields)]


def _values(row, fields):
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


def _made(row, pk):
    row.pk = pk
    row._state.adding, row._state.db = False, connection.alias
    return row
