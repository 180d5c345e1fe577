"""How meetings were prepared: press looked at, everybody phoned, the AE there early (6.8)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q

from accounts.models import User
from meetings.models import Attendee, Meeting, PrepItem
from meetings.reports.figures import GROUPINGS

KEPT = {
    "press": Q(press_missed_at=None),
    "calls": Q(calls_missed_at=None),
    "early": Q(was_early=True),
}


@dataclass(frozen=True)
class Row:
    """Meetings held by one AE or with one client, and how many kept each of the three."""

    key: int
    label: str
    held: int
    press: int
    calls: int
    early: int

    def rate(self, name):
        return Decimal(getattr(self, name)) / self.held if self.held else None


def held(user, start, end, client=None, ae=None):
    """Held meetings that had lists to be prepared by; an AE sees his own."""
    there = Attendee.objects.filter(meeting=OuterRef("pk"), user=OuterRef("ae"))
    rows = Meeting.objects.visible_to(user).sit_down().filter(
        Exists(PrepItem.objects.filter(meeting=OuterRef("pk"))),
        state=Meeting.State.HELD, starts_at__gte=start, starts_at__lt=end,
    )  # fmt: skip
    rows = rows.filter(ae=user) if user.role == User.Role.AE else rows
    rows = rows if client is None else rows.filter(client=client)
    rows = rows if ae is None else rows.filter(ae=ae)
    on_time = there.filter(arrived_at__lte=OuterRef("starts_at"))
    return rows.annotate(was_early=Exists(on_time))


def rates(user, start, end, client=None, by="ae"):
    """[Row] by AE or by client, in order of label."""
    _field, label_of = GROUPINGS[by]
    counts = {name: Count("pk", filter=kept) for name, kept in KEPT.items()}
    rows = held(user, start, end, client).order_by().values(key=F(by))
    found = {row.pop("key"): row for row in rows.annotate(held=Count("pk"), **counts)}
    labels = label_of(found)
    return sorted(
        (Row(key, labels[key], **row) for key, row in found.items()), key=lambda r: r.label
    )
