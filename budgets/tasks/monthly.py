"""What the clock does for monthly budget reports (5.4): draft, remind, say that none can be."""

from accounts.models import Client
from agency.common.clock import Step
from agency.common.models import Notification
from agency.common.verbs import verb
from budgets.models import AnnualBudget, MonthlyReport
from budgets.services import monthly, monthly_clock
from budgets.years import cutoff, fiscal_year, month_at, next_month


def _over(at):
    """[(client, month)] of active clients whose month before this one may be drafted by now."""
    months = {}
    for client in Client.objects.filter(status=Client.Status.ACTIVE):
        zone = client.timezone
        if zone not in months:
            months[zone] = _last_month(client, at)
        if months[zone]:
            yield client, months[zone]


def _last_month(client, at):
    month = next_month(month_at(client, at), -1)
    return month if monthly_clock.drafted_from(month, client.timezone) <= at else None


def _with_budget(rows):
    """{client's key} of those with an annual budget in force at their month's cut-off."""
    clients = {client.pk: (client, month) for client, month in rows}
    found = AnnualBudget.objects.filter(client__in=clients, authorised_at__isnull=False)
    return {
        budget.client_id for budget in found if _is_in_force(budget, *clients[budget.client_id])
    }


def _is_in_force(budget, client, month):
    end = cutoff(client, month)
    is_after = budget.superseded_at is None or budget.superseded_at > end
    return budget.year == fiscal_year(client, month) and budget.authorised_at <= end and is_after


def to_draft(at):
    """Clients whose last month is over, has a budget and no report yet (06:00, the client's)."""
    rows = list(_over(at))
    with_budget = _with_budget(rows)
    rows = [(client, month) for client, month in rows if client.pk in with_budget]
    known = set(MonthlyReport.objects.filter(client__in=with_budget).values_list("client", "month"))
    return [(client, month) for client, month in rows if (client.pk, month) not in known]


def draft(item, at):
    client, month = item
    return f"{monthly.draft_monthly(client=client, month=month, at=at)}"


def reminders(at):
    return MonthlyReport.objects.notice_due(at).select_related("client__group", "budget")


@verb
def remind(report, at):
    row = monthly.begun(report)
    if row.next_notice_at is None or row.next_notice_at > at or row.issued_at:
        return None
    slot = monthly_clock.remind(row, at)
    row.save(update_fields=["next_notice_at"])
    return f"{row}: {slot}" if slot else None


def without_budget(at):
    """Until the report would be due: the AM learns that none can be drafted, once a month."""
    rows = [row for row in _over(at) if at <= monthly_clock.due_of(*row)]
    with_budget = _with_budget(rows)
    keys = {monthly_clock.no_budget_key(*row): row for row in rows if row[0].pk not in with_budget}
    told = Notification.objects.filter(kind="no_budget", subject_id__in=[
        client.pk for client, _month in keys.values()
    ])  # fmt: skip
    known = {key.rpartition(":")[0] for key in told.values_list("key", flat=True)}
    return [row for key, row in keys.items() if key not in known]


def tell_without(item, at):
    return f"{item[0]}" if monthly_clock.tell_no_budget(*item, at) else None


STEPS = [
    Step("monthly reports", to_draft, draft),
    Step("monthly reports due", reminders, remind),
    Step("clients without a budget", without_budget, tell_without),
]
