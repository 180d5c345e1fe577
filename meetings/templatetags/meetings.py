"""Words for values that come as plain data: `{% load meetings %}`."""

from decimal import Decimal

from django import template

from accounts.models import Contact
from accounts.models.scope import local_day
from agency.common.gathered import gathered
from archives.folder import periods
from archives.kinds import Kind
from archives.models import QuarterlyReport
from archives.quarters import quarter_of
from budgets.models import AnnualBudget, MonthlyReport
from meetings import spoken
from meetings.models import Mark, Meeting, ReportPoint, StatusReport
from meetings.reports import touch
from meetings.reports.figures import of_client

register = template.Library()
POINTS = dict(ReportPoint.Kind.choices)
MEETINGS = dict(Meeting.Kind.choices)
MARKS = dict(Mark.choices)
# What the client's page says of its next meeting and of its newest weekly report.
NEXT = ("id", "title", "starts_at")
WEEKLY = ("id", "revision", "state", "due_at", "signed_at", "issued_at")
QUARTERLY = ("id", "revision", "state", "due_at", "issued_at", "year", "quarter")


@register.simple_tag(takes_context=True)
def reports_of(context, client):
    """{% reports_of client as found %}: how its contact reports stand, and the rate (6.8)."""
    found = of_client(context["user"], client, context["now"])
    return found | {"rate": Decimal(found["kept"]) / found["due"] if found["due"] else None}


@register.simple_tag(takes_context=True)
def ahead_of(context, client):
    """{% ahead_of client as ahead %}: its next meeting and its newest reports, one query.

    Who may not see weekly and quarterly reports has none.
    """
    weekly = _newest(context, client.status_reports, "-week")
    quarterly = _newest(context, client.quarterly_reports, "-year", "-quarter")
    found = gathered({
        "meeting": (Meeting.objects.filter(pk__in=client.meetings.coming().values("pk")), NEXT),
        "status": (weekly, WEEKLY),
        "quarterly": (quarterly, QUARTERLY),
    })  # fmt: skip
    ahead = {"meeting": None, "status": None, "quarterly": None, **dict(found)}
    late = {name for name in ("status", "quarterly")
            if ahead[name] and ahead[name].is_late(context["now"])}  # fmt: skip
    return {**ahead, "late": late}


def _newest(context, reports, *order):
    rows = reports.visible_to(context["user"], context["now"])
    return rows.filter(pk__in=rows.order_by(*order, "-revision").values("pk")[:1])


@register.simple_tag(takes_context=True)
def drafts_of(context, client, gaps):
    """{% drafts_of client gaps as drafts %}: {kind: address} of reports and forms that are begun.

    Those of the periods that the client's folder is asked for, one query (9.4).
    """
    lacking = {gap.kind for gap in gaps if gap.is_open}
    asked = {
        kind: period.first for kind, period in periods(client, local_day(context["now"])).items()
    }
    budgets = AnnualBudget.objects.filter(state=AnnualBudget.State.DRAFT)
    year, quarter = quarter_of(asked[Kind.QUARTERLY_REPORT])
    drafts = {
        Kind.BUDGET_FORM: budgets.filter(year=asked[Kind.BUDGET_FORM].year),
        Kind.QUARTERLY_REPORT: QuarterlyReport.objects.unissued().filter(
            year=year, quarter=quarter
        ),
        Kind.BUDGET_REPORT: MonthlyReport.objects.unissued().filter(
            month=asked[Kind.BUDGET_REPORT]
        ),
        Kind.STATUS_REPORT: StatusReport.objects.unissued().filter(week=asked[Kind.STATUS_REPORT]),
    }
    seen = {
        kind: (rows.visible_to(context["user"], context["now"]).filter(client=client), ("id",))
        for kind, rows in drafts.items()
        if kind in lacking
    }
    return {kind: row.get_absolute_url() for kind, row in gathered(seen)} if seen else {}


@register.filter
def point_kind(value):
    """discussion -> Discussion point."""
    return POINTS.get(value, value)


@register.filter
def meeting_kind(value):
    """call -> Call."""
    return MEETINGS.get(value, value)


@register.filter
def mark_word(value):
    """changed -> Changed; nothing for what stayed as it was (R23)."""
    return MARKS[value] if value else ""


@register.filter
def spelt(line):
    """d Poster A is taken. – a line as one would type it."""
    return spoken.spelt(line)


@register.simple_tag
def last_spoken(contact):
    """{% last_spoken contact as day %}: the day of the last talk, noted or met; None before it."""
    return touch.last_spoken(touch.with_last_spoken(Contact.objects).get(pk=contact.pk))
