"""What waits for whom with a monthly report (R69), and how many went out in time (6.8)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import CharField, Count, F, Func, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.awaiting import Source
from agency.common.dates import DAY, MIDNIGHT, local_instant
from budgets.models import MonthlyReport

State = MonthlyReport.State
KEYS = {"author": ("author", "author__name"), "client": ("client", "client__name")}
NOBODY = 0  # in the address of a list: reports nobody has submitted yet


def _named():
    """Reports with their month as text."""
    text = Func(F("month"), Value("YYYY-MM"), function="to_char", output_field=CharField())
    return MonthlyReport.objects.annotate(month_text=text)


def to_write(mine, at):
    """Drafts of the clients whose AE the person is."""
    return _named().filter(mine.in_post("ae"), state=State.DRAFT)


def to_sign(mine, at):
    return _named().filter(mine.signs_second(), state=State.SUBMITTED)


def to_issue(mine, at):
    return _named().filter(mine.in_post("am"), state=State.SIGNED)


HERE = {"title": "month_text", "number": "client__code", "client": "client__name",
        "due_at": "due_at"}  # fmt: skip

SOURCES = (
    Source(
        "monthly_draft", to_write, group=gettext_lazy("Write"),
        sentence=gettext_lazy("Monthly budget report %(number)s %(title)s"),
        button=gettext_lazy("Write"), url="budgets:monthly_update", **HERE,
    ),
    Source(
        "monthly_sign", to_sign, group=gettext_lazy("Sign"),
        sentence=gettext_lazy("Monthly budget report %(number)s %(title)s"),
        button=gettext_lazy("Read and sign"), url="budgets:monthly_detail", **HERE,
    ),
    Source(
        "monthly_issue", to_issue, group=gettext_lazy("Send"),
        sentence=gettext_lazy("Signed monthly budget report %(number)s %(title)s"),
        button=gettext_lazy("Issue it"), url="budgets:monthly_issue", **HERE,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """How many were due of a person or a client, and how many of them went out in time."""

    by: str
    key: int
    label: str
    due: int
    kept: int

    @property
    def rate(self):
        return Decimal(self.kept) / self.due if self.due else None


def due_by(rows, at):
    """First revisions whose due time has passed, issued or not."""
    return rows.filter(revision=1, due_at__lt=at)


def within(rows, client=None, since=None, until=None, due_since=None, due_until=None):
    """Of a client, of months that begin in the period, due on its days."""
    if due_since:
        rows = rows.filter(due_at__gte=local_instant(due_since, MIDNIGHT))
    if due_until:
        rows = rows.filter(due_at__lt=local_instant(due_until + DAY, MIDNIGHT))
    if client:
        rows = rows.filter(client=client)
    if since:
        rows = rows.filter(month__gte=since)
    return rows.filter(month__lte=until) if until else rows


def missed(user, at, due_since, due_until, client=None):
    """{client id: reports that went out late or not at all} of those due on the days (6.8)."""
    rows = MonthlyReport.objects.visible_to(user, at).late(at)
    rows = within(rows, client, due_since=due_since, due_until=due_until)
    return dict(rows.order_by().values_list("client").annotate(n=Count("pk")))


def in_time(user, at, by, **period):
    """[Row] by author or client of what the person may see, in order of name."""
    rows = within(due_by(MonthlyReport.objects.visible_to(user, at), at), **period)
    key, label = KEYS[by]
    kept = Count("pk", filter=Q(issued_at__lte=F("due_at")))
    rows = rows.order_by(label).values(key).annotate(due=Count("pk"), kept=kept)
    found = rows.values_list(key, label, "due", "kept")
    return [
        Row(by, pk or NOBODY, name or _("Not submitted yet"), due, kept)
        for pk, name, due, kept in found
    ]
