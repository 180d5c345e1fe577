"""Months of the whole agency that close: nothing is dated into them any more (3.9)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.dates import MIDNIGHT, first_of, local_instant, working
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.services import audit
from agency.common.texts import check_reason
from agency.common.verbs import check_version, lock, save, verb
from budgets.constants import CLOSING_DAYS
from budgets.models import ClosedMonth
from budgets.years import next_month

RIGHT = "budgets.issue_invoice"
LOOKED_BACK = 3  # months the clock still closes after it stood still


def open_month(day, field="issued_on"):
    """Hold the day's month until the verb ends; Refused where it is closed.

    Whoever dates something and whoever closes the month wait for each other at its row.
    """
    row = _held(first_of(day))
    if row.is_closed:
        raise Refused(
            _("%(month)s is closed: nothing is dated into it any more.") % {"month": row}, field
        )
    return row


def is_closed(day):
    """settings.MONTH_IS_CLOSED: True once the month of the day is closed."""
    row = ClosedMonth.objects.filter(month=first_of(day)).first()
    return row is not None and row.is_closed


def _held(month):
    row, _is_new = ClosedMonth.objects.get_or_create(month=month)
    return lock(row)


def closes_at(month, calendar=None):
    """The instant from which the clock closes the month: its end and five working days (3.9)."""
    calendar = calendar or CalendarDay.objects.calendar()
    end = local_instant(next_month(month), MIDNIGHT)
    return working(end, 24 * CLOSING_DAYS, calendar)


def months_to_close(at):
    """Months whose time has come and that were never closed."""
    calendar = CalendarDay.objects.calendar()
    here = first_of(timezone.localdate(at))
    months = [next_month(here, -number) for number in range(LOOKED_BACK, 0, -1)]
    done = set(
        ClosedMonth.objects.filter(month__in=months, closed_at__isnull=False).values_list(
            "month", flat=True
        )
    )
    return [m for m in months if m not in done and closes_at(m, calendar) <= at]


@verb
def close_month(*, month, by, at):
    """Close a month that is over: the clock in time, finance by hand."""
    require(by, RIGHT, None, at)
    if local_instant(next_month(month), MIDNIGHT) > at:
        raise Refused(_("This month is not over yet."), "month")
    row = _held(month)
    if row.is_closed:
        raise Refused(_("%(month)s is closed already.") % {"month": row}, "month")
    row.closed_at, row.reopened_at, row.reopened_by, row.reason = at, None, None, ""
    save(row)
    _record(row, "close_month", by, at)
    return row


@verb
def reopen_month(*, month, reason, by, at, row_version=None):
    """Let finance date into a closed month again; `month` is its row."""
    require(by, RIGHT, None, at)
    row = lock(month)
    check_version(row, row_version)
    if not row.is_closed:
        raise Refused(_("%(month)s is open.") % {"month": row})
    row.reason = check_reason(reason)
    row.reopened_at, row.reopened_by = at, by
    save(row)
    _record(row, "reopen_month", by, at, reason=row.reason)
    return row


def _record(row, done, by, at, **changes):
    audit(actor=by, verb=done, subject=row, client_code="", changes=changes, at=at)
