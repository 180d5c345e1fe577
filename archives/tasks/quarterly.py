"""What the clock does for quarterly reports (5.4): draft, remind."""

from accounts.models import Client
from agency.common.clock import Step
from agency.common.dates import MIDNIGHT, local_instant
from agency.common.verbs import verb
from archives.models import QuarterlyReport
from archives.quarters import after, drafted_from, last_quarter
from archives.services import quarterly, quarterly_clock, signing


def to_draft(at):
    """[(client, year, quarter)] of active clients whose last quarter has no report yet (06:00)."""
    rows = [(client, *last_quarter(client, at)) for client in _active()]
    rows = [row for row in rows if _was_here(*row, at)]
    known = QuarterlyReport.objects.filter(client__in=[row[0] for row in rows])
    begun = set(known.values_list("client", "year", "quarter"))
    return [row for row in rows if (row[0].pk, *row[1:]) not in begun]


def _active():
    return Client.objects.filter(status=Client.Status.ACTIVE)


def _was_here(client, year, quarter, at):
    """The morning has come; and who became a client afterwards owes no look back."""
    end = local_instant(after(year, quarter), MIDNIGHT, client.timezone)
    return client.created_at < end and drafted_from(year, quarter, client.timezone) <= at


def draft(item, at):
    client, year, quarter = item
    return f"{quarterly.draft_quarterly(client=client, year=year, quarter=quarter, at=at)}"


def reminders(at):
    return QuarterlyReport.objects.notice_due(at).select_related("client__group")


@verb
def remind(report, at):
    row = signing.begun(report)
    if row.next_notice_at is None or row.next_notice_at > at or row.issued_at:
        return None
    slot = quarterly_clock.remind(row, at)
    row.save(update_fields=["next_notice_at"])
    return f"{row}: {slot}" if slot else None


STEPS = [
    Step("quarterly reports", to_draft, draft),
    Step("quarterly reports due", reminders, remind),
]
