"""Insert what is not there yet, and learn which rows are new (domain.md 5.5)."""

from django.db import connection


def insert_new(rows):
    """INSERT … ON CONFLICT DO NOTHING RETURNING id; returns the rows that were new, with their id.

    An IntegrityError would break the verb's transaction, and `ignore_conflicts` of bulk_create
    does not say which rows are new.
    """
    return [row for row in rows if _insert(row)]


def _insert(row):
    fields = [f for f in row._meta.concrete_fields if not f.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    table = quote(row._meta.db_table)
    insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 names of our models
    with connection.cursor() as cursor:
        cursor.execute(f"{insert} ON CONFLICT DO NOTHING RETURNING id", values)
        found = cursor.fetchone()
    if not found:
        return False
    row.pk = found[0]
    row._state.adding, row._state.db = False, connection.alias
    return True
