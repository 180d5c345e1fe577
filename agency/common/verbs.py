"""The shape of every verb: lock, check, change, record, in one transaction (C5)."""

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common import faults
from agency.common.errors import Refused, Stale

_pending = ContextVar("pending_audit", default=None)
_appenders = []
RETRY_STATES = {"40001", "40P01"}
# Waited as long as one waits for a lock: trying again would only double the wait.
BUSY_STATE = "55P03"
BUSY = gettext_lazy("Somebody else is changing this just now. Please try again.")


def on_close(function):
    """Register what turns the collected audit entries into rows, as the last statement (C12)."""
    _appenders.append(function)
    return function


def collect(entry):
    """Remember one audit entry until the outermost verb closes."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("audit() is called inside a verb only")
    pending.append(entry)


@contextmanager
def unit():
    """One transaction; a unit within a unit joins it."""
    if _pending.get() is not None:
        yield
        return
    token = _pending.set([])
    try:
        with transaction.atomic():
            yield
            for append in _appenders:
                append(_pending.get())
    finally:
        _pending.reset(token)


def verb(function):
    """Make a service function a verb: one transaction, one retry after a deadlock, then 409.

    Who waits for a row longer than LOCK_TIMEOUT gets the 409 at once.
    """

    @wraps(function)
    def run(*args, **kwargs):
        if _pending.get() is not None:
            return function(*args, **kwargs)
        try:
            return _once(function, args, kwargs)
        except OperationalError as error:
            if not _may_retry(error):
                raise
        try:
            return _once(function, args, kwargs)
        except OperationalError as error:
            if not _may_retry(error):
                raise
            raise Stale(BUSY) from error

    return run


def _once(function, args, kwargs):
    try:
        with unit():
            return function(*args, **kwargs)
    except OperationalError as error:
        if is_busy(error) and _is_ours():
            raise Stale(BUSY) from error
        raise


def is_busy(error):
    """Whether we waited too long for a row that somebody else holds."""
    return getattr(error.__cause__, "sqlstate", None) == BUSY_STATE


def _may_retry(error):
    return getattr(error.__cause__, "sqlstate", None) in RETRY_STATES and _is_ours()


def _is_ours():
    """Whether it was a transaction of our own that ended, not one that we are part of."""
    return not transaction.get_connection().in_atomic_block


def lock(row, pk=None):
    """The row as it is now, locked until the verb ends; `row`: instance, or a model with `pk`."""
    # `request.user` is a lazy wrapper: its class is the user's, its type is not.
    model = row if isinstance(row, type) else row.__class__
    rows = model._base_manager.all()
    if not faults.happens("skip_lock"):
        rows = rows.select_for_update(of=("self",))
    found = rows.get(pk=pk or row.pk)
    faults.linger("at_lock")
    return found


def lock_beside(row, *beside, **marks):
    """The row locked until the verb ends, with what stands `beside` it as it is from then on.

    marks: annotations. Two statements, so that the second sees what the lock waited for, sent
    together.
    """
    rows = type(row)._base_manager.select_related(*beside).annotate(**marks)
    with held(row):
        return rows.get(pk=row.pk)


@contextmanager
def held(row):
    """The question asked within is asked once the row is locked, sent together with the lock."""
    with nullcontext() if faults.happens("skip_lock") else connection.execute_wrapper(_held(row)):
        yield
    faults.linger("at_lock")


def _held(row):
    table, key = connection.ops.quote_name(row._meta.db_table), int(row.pk)

    def execute_held(execute, sql, params, many, context):
        hold = f"SELECT id FROM {table} WHERE id = {key} FOR UPDATE"  # noqa: S608 our own name
        answer = execute(f"{hold}; {sql}", params, many, context)
        context["cursor"].nextset()
        return answer

    return execute_held


def check_version(row, row_version):
    """Raise Stale when the page was shown another version of the row (C7)."""
    if row_version is not None and int(row_version) != row.row_version:
        raise Stale(_("This was changed after the page had been opened."))


def check_state(row, *states):
    """Refuse a verb from any state not listed (domain.md section 3)."""
    if row.state not in states:
        raise Refused(
            _("Not possible: this is “%(state)s” already.") % {"state": row.get_state_display()}
        )


def save(row, *fields):
    """Save and raise the version. With `fields`, only those columns are written."""
    names = list(fields)
    if hasattr(row, "row_version"):
        row.row_version += 1
        names += ["row_version"] if fields else []
    row.save(update_fields=names or None)
    return row
