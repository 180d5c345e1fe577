"""What every change of a draft does, whichever signed paper it is (3.6)."""


def add_editor(draft, user):
    """Who changes a line, a rate or a text is an author and approves nothing (3.6)."""
    if user.pk != draft.author_id:
        draft.editors.add(user)


def take_over(row, data, names):
    """Set the values of `names` that `data` holds; {name: [old, new]} of what differs.

    Of a row that is not kept yet everything differs.
    """
    changes = {}
    for name in names:
        if name in data:
            if row.pk is None or _differs(row, name, data[name]):
                changes[name] = [getattr(row, name), data[name]]
            setattr(row, name, data[name])
    return changes


def _differs(row, name, value):
    """Rows pointed to are compared by their keys: nothing is read for it."""
    return getattr(row, row._meta.get_field(name).attname) != getattr(value, "pk", value)


def others_of(draft, line, figures):
    """What the sums want of the other lines; the lock of the draft keeps them as they are."""
    rows = draft.lines.order_by().values_list(*figures, named=True)
    return [row for row in rows if line is None or row.pk != line.pk]


def place_after(others):
    return max((row.position for row in others), default=0) + 1


def move_place(model, order, pk, up):
    """[old place, new place] of a line, one up or down in `order`, the keys of all as they stand;
    written unless it stays where it is."""
    old = order.index(pk)
    new = min(max(old + (-1 if up else 1), 0), len(order) - 1)
    if new != old:
        order.insert(new, order.pop(old))
        rows = [model(pk=key, position=place) for place, key in enumerate(order, start=1)]
        model.objects.bulk_update(rows, ["position"])
    return [old + 1, new + 1]
