"""Years whose holidays nobody has told us: the admin is asked to enter them (C4)."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.models.scope import local_day
from accounts.services.telling import words
from agency.common.models import CalendarDay, Notification
from agency.common.services import notify

LOOK_AHEAD = timedelta(days=60)
KIND = "calendar_unknown"


def unknown_years(at):
    """Of today and of two months on: the years that count Monday to Friday only."""
    today, calendar = local_day(at), CalendarDay.objects.calendar()
    years = dict.fromkeys([today.year, (today + LOOK_AHEAD).year])
    return [year for year in years if calendar.warns(year)]


def years_to_tell(at):
    """Those of which no admin has been told yet."""
    years = unknown_years(at)
    told = Notification.objects.filter(kind=KIND, key__in=_keys(years)) if years else ()
    known = {row.key.rpartition(":")[0] for row in told}
    return [year for year in years if _key(year) not in known]


def _key(year):
    return f"{KIND}:{year}"


def _admins():
    return User.objects.active().filter(role=User.Role.ADMIN)


def _keys(years):
    return [f"{_key(year)}:{user.pk}" for year in years for user in _admins()]


def tell_unknown(*, year, at):
    """Tell every admin once: deadlines of that year count Monday to Friday until it is known."""
    label = words(
        gettext_lazy("The holidays of %(year)s are not known: please enter them."), year=year
    )
    return notify(
        key=_key(year),
        recipients=list(_admins()),
        kind=KIND,
        subject=None,
        label=label,
        path=reverse("accounts:calendar_days"),
        at=at,
    )
