"""Every file is looked at once a week, in slices of a minute; so is the store for more (B5, C13).

Each paper and each shelf of the store has its minute of the week. What a standing clock or a late
tick has missed is made up for, as far as a day back.
"""

from datetime import UTC, datetime, timedelta

from django.db.models import Max

from agency.common.clock import Step
from agency.common.models import Heartbeat
from archives import services, storage
from archives.models import Document
from archives.verify import shelf_findings

# Weeks are counted from a Monday long ago.
MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
SHELVES = [f"{number:02x}" for number in range(256)]
SHELF_MINUTES = WEEK_MINUTES // len(SHELVES)


def minutes_due(at):
    """The minutes of the week since the last beat of the clock, this one among them."""
    last = Heartbeat.objects.filter(at__lte=at).newest()
    now = _minutes(at)
    since = now - 1 if last is None else max(_minutes(last.at), now - DAY_MINUTES)
    return [minute % WEEK_MINUTES for minute in range(since + 1, now + 1)]


def _minutes(at):
    return (at - MONDAY) // MINUTE


def slice_of_week(at):
    """The papers whose minute of the week has come."""
    newest = Document.objects.aggregate(newest=Max("pk"))["newest"] or 0
    turn = [pk for minute in minutes_due(at) for pk in range(minute, newest + 1, WEEK_MINUTES)]
    return Document.objects.filed().light().filter(pk__in=turn)


def check_file(paper, at):
    fault = storage.check_file(paper.sha256)
    if not fault:
        return None
    services.tell_rot(paper=paper, fault=fault, at=at)
    return f"{fault}: {paper}"


def shelves_of_week(at):
    """The shelves whose minute of the week has come: ab for all files under ab/."""
    turns = (divmod(minute, SHELF_MINUTES) for minute in minutes_due(at))
    return [SHELVES[place] for place, rest in turns if not rest and place < len(SHELVES)]


def check_shelf(shelf, at):
    """What lies there and belongs to nothing, and what else than a paper is missing or changed."""
    found = list(shelf_findings(shelf, at))
    if not found:
        return None
    services.tell_findings(shelf=shelf, findings=found, at=at)
    return "; ".join(str(finding) for finding in found)


STEPS = [
    Step("files", slice_of_week, check_file),
    Step("shelves", shelves_of_week, check_shelf),
]
