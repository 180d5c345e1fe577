from functools import lru_cache

import holidays
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.common.context import once
from agency.common.models.base import EditedRow
from agency.common.texts import line_validator

SATURDAY = 5
HOLIDAYS = 7  # fewer days off in a year: nobody has entered its holidays yet


@lru_cache(maxsize=50)
def published(year):
    """(days off, make-up workdays) of China in the year; None while they are not published.

    Make-up workdays (调休) come with the State Council's notice: a year without any is a year
    the library only guesses at.
    """
    china = holidays.China(years=year, expand=False)
    workdays = frozenset(day for day in china.weekend_workdays if day.year == year)
    return (frozenset(china), workdays) if workdays else None


class Calendar:
    """Which days are worked (Z2): the agency's own rows over China's holidays over Mon–Fri."""

    def __init__(self, rows=()):
        self.rows = dict(rows)

    def is_working(self, day):
        if day in self.rows:
            return self.rows[day]
        known = published(day.year)
        if known and day in known[1]:
            return True
        return day.weekday() < SATURDAY and not (known and day in known[0])

    def warns(self, year):
        """True when nobody has told us the holidays of the year: it counts Mon–Fri only.

        A single day entered by hand is no holiday list: a year has at least `HOLIDAYS` days off.
        """
        if published(year) is not None:
            return False
        off = [day for day, worked in self.rows.items() if day.year == year and not worked]
        return len(off) < HOLIDAYS


class CalendarDayQuerySet(models.QuerySet):
    def calendar(self):
        """The agency's calendar, in one query; asked once a page."""
        return once("calendar", lambda: Calendar(self.values_list("day", "is_working")))


class CalendarDay(EditedRow):
    """A day that differs from what the holiday library says: a holiday, or a make-up workday."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"), default=False)
    name = models.CharField(_("name"), max_length=40, validators=[line_validator])

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.name}"


class Sequence(models.Model):
    """The last number drawn for a key (C21)."""

    key = models.CharField(max_length=60, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("sequence")
        verbose_name_plural = _("sequences")

    def __str__(self):
        return f"{self.key}: {self.last}"
