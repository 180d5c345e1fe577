"""Rows of several tables in one query: facts as JSON, put one under another, made rows again."""

from django.db.models import CharField, F, Value
from django.db.models.functions import JSONObject


def gathered(sources):
    """[(name, row)] of {name: (QuerySet, paths)}; one query for all.

    paths: the fields that a row is to know, "title" or through a relation "client__name" (name
    its "client__id" too); an annotation is left as the database gave it. Rows are for reading.
    They come in no order; a QuerySet cut to so many rows says by its order which ones.
    """
    queries = [_facts(name, rows, paths) for name, (rows, paths) in sources.items()]
    found = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    return [(name, _row(sources[name][0].model, facts)) for name, facts in found]


def _facts(name, rows, paths):
    facts = JSONObject(**{path: F(path) for path in paths})
    rows = rows if rows.query.is_sliced else rows.order_by()
    return rows.values_list(Value(name, CharField()), facts)


def _row(model, facts):
    """A row of the model that knows these facts; a relation of which all is empty is None."""
    row, related = model(), {}
    fields = {field.name: field for field in model._meta.concrete_fields}
    for path, value in facts.items():
        name, _across, rest = path.partition("__")
        if rest:
            related.setdefault(name, {})[rest] = value
        elif name in fields:
            setattr(row, fields[name].attname, fields[name].to_python(value))
        else:
            setattr(row, name, value)
    for name, inner in related.items():
        is_there = any(value is not None for value in inner.values())
        setattr(row, name, _row(fields[name].related_model, inner) if is_there else None)
    return row
