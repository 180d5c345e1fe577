"""What the brand archive waits for, as rows for the home page (R42, R43, R82)."""

from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from accounts.models import Assignment, Brand, Client
from agency.common.dates import MIDNIGHT, local_instant
from archives.models import Brainstorm, StrategyEntry
from archives.services.brainstorm import RECORD_HOURS

CLIENT = "brand__client"
ABOUT_BRAND = {"title": "brand__name", "number": "brand__name", "client": f"{CLIENT}__name"}
SILENT_YEARS = 1


def years_before(day, years):
    """The same day so many years ago; of 29 February the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - years, day=last)


def to_record(mine, at):
    """Brainstorms that are over and have no record: the AE's."""
    rows = Brainstorm.objects.unrecorded().filter(mine.in_post("ae", CLIENT), ended_at__lte=at)
    due = F("ended_at") + timedelta(hours=RECORD_HOURS)
    return rows.annotate(due=ExpressionWrapper(due, DateTimeField()))


def to_sign(mine, at):
    """Summaries that wait for the AD, or for the head where an AD has drafted it."""
    directors = Assignment.objects.on(mine.today).filter(role="ad", client=OuterRef(CLIENT))
    by_director = Exists(directors.filter(user=OuterRef("author")))
    fits = (mine.in_post("ad", CLIENT) & ~by_director) | (mine.in_post("gad", CLIENT) & by_director)
    return StrategyEntry.objects.unsigned().filter(fits & ~Q(author=mine.user))


def silent(mine, at):
    """Active brands without a strategy entry in twelve months: the AM's list (R42)."""
    since = years_before(mine.today, SILENT_YEARS)
    entries = StrategyEntry.objects.filter(brand=OuterRef("pk"), valid_from__gt=since)
    rows = Brand.objects.filter(
        mine.in_post("am"), is_active=True, client__status=Client.Status.ACTIVE,
        created_at__lte=local_instant(since, MIDNIGHT),
    )  # fmt: skip
    return rows.filter(~Exists(entries))


SOURCES = (
    Source(
        "brainstorm_record", to_record, group=_("Write"),
        sentence=_("Record of the brainstorm for %(title)s"), button=_("Write"),
        url="archives:brainstorm_detail", due_at="due", **ABOUT_BRAND,
    ),
    Source(
        "summary_sign", to_sign, group=_("Sign"),
        sentence=_("Strategy summary of %(title)s"), button=_("Read and sign"),
        url="archives:strategy_detail", due_at="due_at", **ABOUT_BRAND,
    ),
    Source(
        "brand_silent", silent, group=_("Update"),
        sentence=_("No strategy entry in twelve months: %(title)s"), button=_("Enter it"),
        url="archives:strategy_create", title="name", number="name", client="client__name",
    ),
)  # fmt: skip
