"""This app's share of a hand-over (R92): open to-dos go to whoever takes over."""

from accounts.models import Todo
from agency.common.verbs import verb


def open_duties(user):
    """{client or None: how many} of what stays open when the person goes."""
    found = {}
    for todo in Todo.objects.open().filter(owner=user).select_related("client"):
        found[todo.client] = found.get(todo.client, 0) + 1
    return found


@verb
def reassign(*, old, new, client, by, at):
    """Open to-dos of the client (None: of no client) change their owner; returns how many."""
    rows = Todo.objects.open().filter(owner=old, client=client)
    return rows.update(owner=new)
