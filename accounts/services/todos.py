"""Personal to-dos (R70): nobody else's business."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import Client, Todo
from accounts.services.edits import change, insert, made_before
from agency.common.errors import Refused
from agency.common.verbs import check_version, lock, save, verb


@verb
def add_todo(*, text, due_on, by, at, client=None, form_key=None):
    if twin := made_before(Todo, form_key):
        return twin
    _check_client(by, client, at)
    row = Todo(text=text, due_on=due_on, client=client, owner=by, created_by=by, created_at=at)
    row.form_key = form_key
    return insert(row)


@verb
def change_todo(*, todo, by, at, row_version=None, **values):
    row = _own(todo, by)
    check_version(row, row_version)
    _check_client(by, values.get("client"), at)
    change(row, values)
    return row


@verb
def finish_todo(*, todo, by, at):
    """Done; pressing twice changes nothing."""
    row = _own(todo, by)
    if row.done_at is None:
        row.done_at = at
        save(row, "done_at")
    return row


@verb
def reopen_todo(*, todo, by, at):
    row = _own(todo, by)
    if row.done_at is not None:
        row.done_at = None
        save(row, "done_at")
    return row


def _own(todo, by):
    row = lock(todo)
    if row.owner_id != by.pk:
        raise PermissionDenied
    return row


def _check_client(by, client, at):
    """Only a client of one's own may be named."""
    if client and not Client.objects.visible_to(by, at).filter(pk=client.pk).exists():
        raise Refused(_("This client is not yours."), "client")
