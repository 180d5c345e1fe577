"""How the people below a manager stand: running, overdue, kept (R80). Four queries for any team."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import Client, User
from accounts.models.scope import local_day
from accounts.permissions import people_under
from meetings.models import ActionPoint, ContactReport

MONTHS = 6


@dataclass(frozen=True)
class Member:
    """rate: share of this month's reports kept, None when nothing was due; months: each."""

    person: User
    running: int
    overdue: int
    actions_overdue: int
    rate: Decimal | None
    months: list


def team_of(user, at):
    """[Member] of those below the person, on the clients both can see."""
    clients = Client.objects.visible_to(user, at)
    reports = ContactReport.objects.filter(client__in=clients)
    running = _counts(reports.drafts(), "author", late=Q(due_at__lt=at))
    actions = ActionPoint.objects.filter(report__client__in=clients)
    overdue = _counts(actions.overdue(local_day(at)), "user", late=Q())
    kept = _kept(reports, at)
    return [_member(person, running, overdue, kept, at) for person in people_under(user, at)]


def _counts(rows, field, late):
    """{person id: (all, late)}."""
    found = rows.order_by().values(field).annotate(n=Count("pk"), late=Count("pk", filter=late))
    return {row[field]: (row["n"], row["late"]) for row in found}


def _kept(reports, at):
    """{(person id, month): (due, kept)} of first revisions due in the last months (6.8)."""
    since = month_start(at, MONTHS - 1)
    rows = reports.filter(revision=1, due_at__gte=since, due_at__lte=at).order_by()
    kept = Count("pk", filter=Q(issued_at__lte=F("due_at")))
    found = rows.values("author", month=TruncMonth("due_at")).annotate(n=Count("pk"), kept=kept)
    return {(row["author"], row["month"].date()): (row["n"], row["kept"]) for row in found}


def month_start(at, back=0):
    """The local first of the month, `back` months ago, as an instant."""
    first = timezone.localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _step in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _member(person, running, overdue, kept, at):
    months = [month_start(at, back).date() for back in range(MONTHS - 1, -1, -1)]
    shares = [_share(kept.get((person.pk, month))) for month in months]
    drafts, late = running.get(person.pk, (0, 0))
    return Member(
        person,
        drafts,
        late,
        overdue.get(person.pk, (0, 0))[0],
        shares[-1],
        shares,
    )


def _share(pair):
    """The share kept; None when nothing was due: no promise, so none kept (6.8)."""
    return None if pair is None else Decimal(pair[1]) / pair[0]
