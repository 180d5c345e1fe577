"""How quickly papers are found: figures of the stopwatch by month (9.3, R39)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q
from django.db.models.functions import TruncMonth

from agency.common.spans import TENTH, median, percentile
from archives.models import FindSession

FIND_SECONDS = 180
NINETY_FIVE = Decimal("0.95")
SLOWEST = 10
Ended = FindSession.Ended


@dataclass(frozen=True)
class Month:
    """seconds of what was opened; share: opened within 180 s of all, given up ones counted."""

    month: object
    searches: int
    abandoned: int
    median: Decimal | None
    p95: Decimal | None
    share: Decimal | None

    @property
    def is_slow(self):
        """The 95th of a hundred took longer than promised, or was given up."""
        return self.searches > 0 and (self.p95 is None or self.p95 > FIND_SECONDS)


def months(start, end, users):
    """[Month], the newest first: searches that the users began in [start, end)."""
    found = defaultdict(list)
    rows = ended(start, end, users).annotate(month=TruncMonth("started_at"))
    for month, seconds in rows.values_list("month", "seconds"):
        found[month.date()].append(seconds)
    return [_month(month, found[month]) for month in sorted(found, reverse=True)]


def ended(start, end, users):
    rows = FindSession.objects.exclude(ended="")
    return rows.filter(started_at__gte=start, started_at__lt=end, user__in=users)


def _month(month, measured):
    opened = [seconds for seconds in measured if seconds is not None]
    quick = [seconds for seconds in opened if seconds <= FIND_SECONDS]
    return Month(
        month=month,
        searches=len(measured),
        abandoned=len(measured) - len(opened),
        median=_tenth(median(opened)),
        p95=_rank(measured, opened),
        share=Decimal(len(quick)) / len(measured),
    )


def _tenth(seconds):
    return None if seconds is None else Decimal(seconds).quantize(TENTH, ROUND_HALF_UP)


def _rank(measured, opened):
    """Given up counts as longer than any: None where the rank falls on one of those."""
    endless = [Decimal("Infinity")] * (len(measured) - len(opened))
    found = percentile([*opened, *endless], NINETY_FIVE)
    return found if found is not None and found.is_finite() else None


def slowest(start, end, users):
    rows = ended(start, end, users).filter(ended=Ended.OPENED).select_related("user", "opened")
    return list(rows.order_by("-seconds", "pk")[:SLOWEST])


def missed(start, end, users):
    """Searches whose last question found nothing, and those given up."""
    rows = ended(start, end, users).filter(Q(results=0) | Q(ended=Ended.ABANDONED))
    return list(rows.select_related("user").order_by("-started_at")[:SLOWEST])
