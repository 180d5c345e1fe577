"""The agenda in rows and figures: when each item begins, how early agendas went out (R5, 6.8)."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import (
    Case,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from accounts.models import Assignment, Client, User
from accounts.models.scope import local_day
from agency.common.dates import MIDNIGHT, first_of, local_instant
from meetings.constants import AGENDA_MINIMUM, AGENDA_TARGET, URGENT_SHARE
from meetings.lead import Lead
from meetings.models import Meeting

State = Meeting.State
COUNTED = (State.PLANNED, State.AGENDA_SENT, State.HELD, State.NOT_HELD)
ITEM = ("speaker__user", "speaker__contact", "asked_by", "job")


def clocked(meeting):
    """Its items in order, each with the instants at which it begins and ends (R2)."""
    items, clock = list(meeting.items.on_agenda().select_related(*ITEM)), meeting.starts_at
    for item in items:
        item.begins_at, clock = clock, clock + timedelta(minutes=item.minutes)
        item.ends_at = clock
        item.is_beyond = meeting.planned_end is not None and clock > meeting.planned_end
    return items


@dataclass(frozen=True)
class Rates:
    """How early the agendas of one AE or client went out; shares are of 1, None without any."""

    key: int
    label: str
    counts: dict
    query: dict

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def shares(self):
        return {name: Decimal(self.counts[name]) / self.total for name in Lead.values}


@dataclass(frozen=True)
class UrgentShare:
    """How many of a client's meetings of a month were urgent (R6)."""

    client: Client
    total: int
    urgent: int

    @property
    def share(self):
        return Decimal(self.urgent) / self.total

    @property
    def is_high(self):
        """Above one fifth it is the AD's matter."""
        return self.share > URGENT_SHARE


NAMES = {"ae": User, "client": Client}


def agenda_rates(user, at, start, end, by="ae", client=None, is_urgent=False):
    """[Rates] of sit-down meetings that began in [start, end); urgent ones by themselves."""
    rows = begun(user, start, min(end, at), client).filter(is_urgent=is_urgent)
    counts = {}
    for key, lead, number in rows.order_by().values_list(by, "lead").annotate(n=Count("pk")):
        counts.setdefault(key, dict.fromkeys(Lead.values, 0))[lead] = number
    names = {row.pk: row.name for row in NAMES[by].objects.filter(pk__in=counts)}
    query = {"is_urgent": "true"} if is_urgent else {"is_urgent": "false"}
    keys = sorted(counts, key=names.get)
    return [Rates(key, names[key], counts[key], {by: key, **query}) for key in keys]


def begun(user, start, end, client=None):
    """Sit-down meetings that began in the period, each with the verdict on its agenda, `lead`."""
    rows = Meeting.objects.visible_to(user).sit_down().filter(state__in=COUNTED)
    if user.role == User.Role.AE:
        rows = rows.filter(ae=user)
    if client is not None:
        rows = rows.filter(client=client)
    return with_lead(rows.between(start, end))


def with_lead(rows):
    """The verdict of `lead_verdict` as a column."""
    ahead = ExpressionWrapper(F("starts_at") - F("agenda_sent_at"), output_field=DurationField())
    lead = Case(
        When(ahead__gte=AGENDA_TARGET, then=Value(Lead.OK.value)),
        When(ahead__gte=AGENDA_MINIMUM, then=Value(Lead.SHORT.value)),
        When(ahead__gt=timedelta(0), then=Value(Lead.LATE.value)),
        default=Value(Lead.NONE.value),
    )
    return rows.annotate(ahead=ahead, lead=lead)


def agenda_list(user, at, start, end, ae=None, client=None, lead=None, is_urgent=None, month=None):
    """The meetings behind a figure: as many as it says."""
    rows = in_month(user, month, client) if month else begun(user, start, min(end, at), client)
    for name, value in {"ae": ae, "lead": lead, "is_urgent": is_urgent}.items():
        rows = rows if value is None else rows.filter(**{name: value})
    return rows


def in_month(user, day, client=None):
    """The sit-down meetings of the month of the day, begun or not."""
    start, end = (local_instant(first_of(day, back), MIDNIGHT) for back in (0, -1))
    return begun(user, start, end, client)


def too_urgent(user, at):
    """The AD's clients more than a fifth of whose meetings of this month are urgent (R6).

    Where a client has no AD, it is the matter of the head of its group.
    """
    day = local_day(at)
    meetings = in_month(user, day).order_by()
    counted = {
        "total": meetings.filter(client=OuterRef("pk")).values("client").values(n=Count("pk")),
        "urgent": meetings.filter(client=OuterRef("pk"), is_urgent=True)
        .values("client").values(n=Count("pk")),
    }  # fmt: skip
    ads = Assignment.objects.filter(role=User.Role.AD)
    mine = ads.held_by(user.pk, day)
    is_head = Q(group__head=user) & ~Exists(ads.on(day).filter(client=OuterRef("pk")))
    rows = Client.objects.filter(Q(pk__in=mine.values("client")) | is_head).annotate(
        month=Value(f"{day:%Y-%m-01}"),
        **{name: Subquery(rows) for name, rows in counted.items()},
    )
    return rows.filter(urgent__gt=F("total") * URGENT_SHARE)


def urgent_shares(user, day, client=None):
    """[UrgentShare] of the clients with urgent meetings in the month of the day, highest first."""
    rows = in_month(user, day, client).order_by().values("client")
    urgent = Count("pk", filter=Q(is_urgent=True))
    found = {row["client"]: row for row in rows.annotate(n=Count("pk"), urgent=urgent)}
    found = {key: row for key, row in found.items() if row["urgent"]}
    clients = Client.objects.in_bulk(found)
    shares = [UrgentShare(clients[key], row["n"], row["urgent"]) for key, row in found.items()]
    return sorted(shares, key=lambda row: (-row.share, row.client.name))
