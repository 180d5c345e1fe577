"""What waits for whom with a quarterly report (R69), how many went out in time (6.8)."""

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy

from accounts.awaiting import Source
from agency.common.dates import DAY, MIDNIGHT, local_instant
from archives.models import Observation, QuarterlyReport
from archives.papers_quarterly import rows_of
from archives.quarters import days_of, quarter_of

State = QuarterlyReport.State


def _named():
    """Reports with their quarter as text: 2026-Q3."""
    year, quarter = (Cast(F(name), CharField()) for name in QuarterlyReport.PERIOD)
    text = Concat(year, Value("-Q"), quarter, output_field=CharField())
    return QuarterlyReport.objects.annotate(quarter_text=text)


def to_write(mine, at):
    """Drafts of the clients whose AE the person is."""
    return _named().filter(mine.in_post("ae"), state=State.DRAFT)


def to_sign(mine, at):
    return _named().filter(mine.signs_second(), state=State.SUBMITTED)


def to_issue(mine, at):
    """Signed by both: the AE sends it (3.13)."""
    return _named().filter(mine.in_post("ae"), state=State.SIGNED)


HERE = {"title": "quarter_text", "number": "client__code", "client": "client__name",
        "due_at": "due_at"}  # fmt: skip

SOURCES = (
    Source(
        "quarterly_draft", to_write, group=gettext_lazy("Write"),
        sentence=gettext_lazy("Quarterly report %(number)s %(title)s"),
        button=gettext_lazy("Write"), url="archives:quarterly_update", **HERE,
    ),
    Source(
        "quarterly_sign", to_sign, group=gettext_lazy("Sign"),
        sentence=gettext_lazy("Quarterly report %(number)s %(title)s"),
        button=gettext_lazy("Read and sign"), url="archives:quarterly_detail", **HERE,
    ),
    Source(
        "quarterly_issue", to_issue, group=gettext_lazy("Send"),
        sentence=gettext_lazy("Signed quarterly report %(number)s %(title)s"),
        button=gettext_lazy("Issue it"), url="archives:quarterly_issue", **HERE,
    ),
)  # fmt: skip


def to_choose(report):
    """[(row, observations of that competitor in the quarter, and those chosen before)]."""
    seen = {}
    found = Observation.objects.of_client(report.client_id).filter(competitor__isnull=False)
    for one in found.between(*days_of(report.year, report.quarter)).beside():
        seen.setdefault(one.competitor_id, {})[one.pk] = one
    return [
        (row, list({**seen.get(row.competitor_id, {}),
                    **{one.pk: one for one in row.observations.all()}}.values()))
        for row in rows_of(report)
    ]  # fmt: skip


def within(rows, client=None, since=None, until=None, due_since=None, due_until=None):
    """Of a client, of quarters that hold the days, due on those days."""
    if due_since:
        rows = rows.filter(due_at__gte=local_instant(due_since, MIDNIGHT))
    if due_until:
        rows = rows.filter(due_at__lt=local_instant(due_until + DAY, MIDNIGHT))
    if client:
        rows = rows.filter(client=client)
    rows = rows.annotate(place=F("year") * 4 + F("quarter"))
    if since:
        rows = rows.filter(place__gte=_place(since))
    return rows.filter(place__lte=_place(until)) if until else rows


def _place(day):
    year, quarter = quarter_of(day)
    return year * 4 + quarter


def missed(user, at, due_since, due_until, client=None):
    """{client id: reports that went out late or not at all} of those due on the days (6.8)."""
    rows = QuarterlyReport.objects.visible_to(user, at).late(at)
    rows = within(rows, client, due_since=due_since, due_until=due_until)
    return dict(rows.order_by().values_list("client").annotate(n=Count("pk")))
