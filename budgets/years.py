"""A client's fiscal year and its twelve months (Z3, 6.3)."""

from datetime import date, datetime, time

from django.utils import timezone

from agency.common.dates import DAY, MIDNIGHT, as_zone, first_of, local_instant
from archives.papers import client_day

MONTHS = 12


def fiscal_year(client, day):
    """The fiscal year that holds the day, named by the calendar year of its first month."""
    return day.year if day.month >= client.fiscal_start_month else day.year - 1


def first_day(client, year):
    """The first day of the client's fiscal year."""
    return date(year, client.fiscal_start_month, 1)


def months_of(client, year):
    """The first days of the twelve months of the fiscal year, in order."""
    return [next_month(first_day(client, year), number) for number in range(MONTHS)]


def next_month(month, number=1):
    """The first of the month `number` months after (before, where negative) the month's."""
    return first_of(month, back=-number)


def month_number(client, day):
    """1 for the first month of the client's fiscal year, 12 for its last."""
    return (day.month - client.fiscal_start_month) % MONTHS + 1


def cutoff(client, month):
    """The instant at which the month is over in the client's zone (24:00 of its last day)."""
    return local_instant(next_month(month), MIDNIGHT, client.timezone)


def month_at(client, at):
    """The first of the month that the instant lies in, in the client's zone."""
    return first_of(client_day(client, at))


def noon(day, client):
    """An instant of the day in the client's zone, for rows that know only a day."""
    return timezone.make_aware(datetime.combine(day, time(12)), as_zone(client.timezone))


def year_text(client, year):
    """2026; 2026/27 where the fiscal year does not begin in January."""
    return str(year) if client.fiscal_start_month == 1 else f"{year}/{(year + 1) % 100:02}"


def first_and_last(client, year):
    """The first and the last day of the fiscal year."""
    return first_day(client, year), first_day(client, year + 1) - DAY
