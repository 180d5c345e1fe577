"""How the people below a manager stand: running, overdue, kept (R80). Two queries for any team."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import CharField, Count, DateField, F, Q, Value
from django.db.models.functions import Cast, TruncMonth

from accounts.models import Client, User
from accounts.models.scope import local_day
from accounts.permissions import people_under
from agency.common.dates import MIDNIGHT, first_of, local_instant
from meetings.models import ActionPoint, ContactReport

MONTHS = 6
NO_MONTH = Cast(Value(None), DateField())


@dataclass(frozen=True)
class Member:
    """rate: share of this month's reports kept, None when nothing was due; months: each.

    actions: action points still open, the overdue ones among them.
    """

    person: User
    running: int
    overdue: int
    actions: int
    actions_overdue: int
    rate: Decimal | None
    months: list


def team_of(user, at, people=None, client=None):
    """[Member] of those below the person (or of `people`), on the clients both can see."""
    clients = Client.objects.visible_to(user, at)
    clients = clients.filter(pk=client.pk) if client else clients
    reports = ContactReport.objects.filter(client__in=clients)
    actions = ActionPoint.objects.filter(report__client__in=clients).open()
    rows = _running(reports, at).union(_actions(actions, at), _kept(reports, at), all=True)
    found = {(kind, person, month): (n, part) for kind, person, month, n, part in rows}
    people = people_under(user, at) if people is None else people
    return [_member(person, found, at) for person in people]


def _running(reports, at):
    """Reports being written by a person, and how many of them are late."""
    late = Count("pk", filter=Q(due_at__lt=at))
    return _counts(reports.drafts(), "running", "author", NO_MONTH, late)


def _actions(actions, at):
    """Open action points of a person, and how many of them are overdue."""
    late = Count("pk", filter=Q(due_on__lt=local_day(at)))
    return _counts(actions, "actions", "user", NO_MONTH, late)


def _kept(reports, at):
    """Of a person and a month: first revisions due, and how many were kept (6.8)."""
    since = local_instant(first_of(local_day(at), MONTHS - 1), MIDNIGHT)
    rows = reports.filter(revision=1, due_at__gte=since, due_at__lt=at).order_by()
    kept = Count("pk", filter=Q(issued_at__lte=F("due_at")))
    return _counts(rows, "kept", "author", Cast(TruncMonth("due_at"), DateField()), kept)


def _counts(rows, kind, person, month, part):
    """Rows of (kind, person id, month, all, part of them), to be put under one another."""
    known = rows.order_by().values(kind_=Value(kind, CharField()), person_=F(person), month_=month)
    return known.annotate(n_=Count("pk"), part_=part).values_list(
        "kind_", "person_", "month_", "n_", "part_"
    )


def _member(person, found, at):
    months = [first_of(local_day(at), back) for back in range(MONTHS - 1, -1, -1)]
    shares = [_share(found.get(("kept", person.pk, month))) for month in months]
    drafts, late = found.get(("running", person.pk, None), (0, 0))
    return Member(
        person,
        drafts,
        late,
        *found.get(("actions", person.pk, None), (0, 0)),
        shares[-1],
        shares,
    )


def _share(pair):
    """The share kept; None when nothing was due: no promise, so none kept (6.8)."""
    return None if pair is None else Decimal(pair[1]) / pair[0]
