"""Service figures of contact reports (domain.md 6.8): kept in time, returned how and how fast.

Every figure has a list of the same rows behind it.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import Client, User
from accounts.models.scope import local_day
from agency.common.dates import MIDNIGHT, first_of, local_instant
from agency.common.spans import hours, median
from meetings.models import ContactReport, Meeting

State = ContactReport.State
MONTHS_SHOWN = 6
KEPT = Q(issued_at__lte=F("due_at"))
ANSWERS = ("accepted", "objected", "deemed_accepted", "open")


@dataclass(frozen=True)
class Row:
    """One line: what was due, how much of it was kept; `query` opens its list."""

    key: object
    label: str
    due: int
    kept: int
    query: dict

    @property
    def rate(self):
        """Share of 1; None when nothing was due: "–", not 100 % (6.8)."""
        return Decimal(self.kept) / self.due if self.due else None


@dataclass(frozen=True)
class Returns:
    """What became of the reports issued in the period; shares are of 1, None without any."""

    issued: int
    counts: dict
    median_hours: Decimal | None

    @property
    def shares(self):
        return {name: self._share(self.counts[name]) for name in ANSWERS}

    def _share(self, count):
        return Decimal(count) / self.issued if self.issued else None


def kept(user, at, start, end, by="ae", client=None):
    """[Row] of first revisions due in [start, end), unissued ones as not kept, in order of label.

    by: ae, client, kind or month. An AE sees the own figures, the others those of their clients.
    """
    field, label_of = GROUPINGS[by]
    rows = _due(user, start, min(end, at), client)
    if by == "month":
        rows = rows.annotate(month=TruncMonth("due_at"))
    found = rows.order_by().values(field).annotate(n=Count("pk"), kept=Count("pk", filter=KEPT))
    found = {row[field]: (row["n"], row["kept"]) for row in found}
    labels = label_of(found)
    keys = sorted(found, key=lambda key: key if by == "month" else labels[key])
    return [Row(key, labels[key], *found[key], {by: _plain(key)}) for key in keys]


def _plain(key):
    return timezone.localtime(key).date().isoformat() if hasattr(key, "tzinfo") else key


def _names(model):
    def label_of(keys):
        return {row.pk: row.name for row in model.objects.filter(pk__in=keys)}

    return label_of


def _kinds(keys):
    return {key: str(Meeting.Kind(key).label) for key in keys}


def _months(keys):
    return {key: f"{timezone.localtime(key):%Y-%m}" for key in keys}


GROUPINGS = {
    "ae": ("author", _names(User)),
    "client": ("client", _names(Client)),
    "kind": ("kind", _kinds),
    "month": ("month", _months),
}


def kept_list(user, start, end, ae=None, client=None, kind=None, month=None, is_kept=None):
    """The reports behind a figure of `kept`: as many as it says."""
    rows = _due(user, start, end, client)
    if ae is not None:
        rows = rows.filter(author=ae)
    if kind:
        rows = rows.filter(kind=kind)
    if month:
        rows = rows.filter(due_at__gte=_first(month), due_at__lt=_first(month, -1))
    if is_kept is not None:
        rows = rows.filter(KEPT) if is_kept else rows.exclude(KEPT)
    return rows


def _first(day, back=0):
    return local_instant(first_of(day, back), MIDNIGHT)


def of_client(user, client, at):
    """{running, late, awaiting, due, kept}: how the client's reports stand, in one query.

    The last two as `kept` counts them for this person since the first month of `since(at)`.
    """
    start = local_instant(since(at), MIDNIGHT)
    due = Q(revision=1, due_at__gte=start, due_at__lt=at)
    if user.role == User.Role.AE:
        due &= Q(author=user)
    rows = ContactReport.objects.filter(client=client).order_by()
    return rows.filter(Q(state__in=[State.DRAFT, State.ISSUED]) | due).aggregate(
        running=Count("pk", filter=Q(state=State.DRAFT)),
        late=Count("pk", filter=Q(state=State.DRAFT, due_at__lt=at)),
        awaiting=Count("pk", filter=Q(state=State.ISSUED)),
        due=Count("pk", filter=due),
        kept=Count("pk", filter=due & KEPT),
    )


def since(at):
    """The first day of figures, unless a person asks for another: that of the last six months."""
    return first_of(local_day(at), MONTHS_SHOWN - 1)


def _seen(user, client):
    rows = ContactReport.objects.visible_to(user)
    if user.role == User.Role.AE:
        rows = rows.filter(author=user)
    return rows if client is None else rows.filter(client=client)


def _due(user, start, end, client):
    return _seen(user, client).filter(revision=1, due_at__gte=start, due_at__lt=end)


def returns(user, start, end, client=None):
    """Returns of the reports issued in [start, end), revisions too."""
    rows = _answered(user, start, end, client).order_by()
    found = dict(rows.values_list("outcome").annotate(n=Count("pk")))
    counts = {name: found.get(name, 0) for name in ANSWERS}
    lengths = [
        until - since for since, until in _timed(rows).values_list("delivered_at", "returned_at")
    ]
    return Returns(sum(counts.values()), counts, hours(median(lengths)))


def _timed(rows):
    """Answered by word, and it is known since when the client had the report."""
    return rows.filter(outcome__in=["accepted", "objected"], delivered_at__isnull=False)


def objected(user, start, end, client=None):
    """{AE id: his reports issued in [start, end) that the client sent back} (R84)."""
    rows = returns_list(user, start, end, client, state="objected").order_by()
    return dict(rows.values_list("author").annotate(n=Count("pk")))


def returns_list(user, start, end, client=None, state=None, ae=None):
    """The reports behind a share; `answered`: those that the median hours are of."""
    rows = _answered(user, start, end, client)
    rows = rows.filter(author=ae) if ae is not None else rows
    if state == "answered":
        return _timed(rows)
    return rows.filter(outcome=state) if state else rows


def _answered(user, start, end, client):
    """Issued reports with `outcome`; a superseded one keeps what the client said to it."""
    before = Q(state=State.SUPERSEDED, returned_at__isnull=False)
    by_word = Q(return_due_at__isnull=True) | Q(returned_at__lt=F("return_due_at"))
    outcome = Case(
        When(objected_at__isnull=False, then=Value("objected")),
        When(Q(state=State.ACCEPTED) | before & by_word, then=Value("accepted")),
        When(Q(state=State.DEEMED_ACCEPTED) | before, then=Value("deemed_accepted")),
        default=Value("open"),
    )
    rows = _seen(user, client).issued().filter(issued_at__gte=start, issued_at__lt=end)
    return rows.annotate(outcome=outcome)
