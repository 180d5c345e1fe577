"""What a job's client has signed, and what of it is billed, without VAT (6.3): the one formula."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q, Sum

from budgets.models import Invoice, MediaLine, MediaPlan
from budgets.models.budget import ZERO
from budgets.reports.fees import agreed_fees, bearers, fee_months, holding
from budgets.sums import line_net
from budgets.years import client_day, fiscal_year
from jobs.models import Estimate, Job

INSTANT = timedelta(microseconds=1)


def signed_net(job, at):
    """Net of everything the client has signed for the job at the instant, all years together."""
    return sum(signed_nets([job], at)[job.pk].values(), ZERO)


def billed_net(job, at):
    """Net billed on the job in the client's budget at the instant, credit notes taken off."""
    return sum(billed_nets([job], at)[job.pk].values(), ZERO)


def signed_nets(jobs, at):
    """{job's key: {fiscal year: net}} of jobs with their client, in a fixed number of queries."""
    nets = {job.pk: defaultdict(lambda: ZERO) for job in jobs}
    by_kind = defaultdict(list)
    for job in jobs:
        by_kind[job.kind].append(job)
    for kind, add in ADDED.items():
        if by_kind[kind]:
            add(nets, by_kind[kind], at)
    return nets


def billed_nets(jobs, at):
    """{job's key: {fiscal year: net}} of what was dated before the instant, whoever issued it."""
    nets = {job.pk: defaultdict(lambda: ZERO) for job in jobs}
    rows = Invoice.objects.out().filter(job__in=nets, in_budget=True).filter(dated(jobs, at))
    for pk, year, net in rows.order_by().values_list("job", "budget_year").annotate(Sum("net")):
        nets[pk][year] += net
    return nets


def dated(jobs, at):
    """Invoices of a day that had begun at the instant, in the client's zone.

    A month's cut-off is 24:00 of its last day: what bears the next day's date lies after it.
    """
    clients = {job.client.timezone: job.client for job in jobs}
    found = Q(pk__in=[])
    for zone, client in clients.items():
        day = client_day(client, at - INSTANT)
        found |= Q(client__timezone=zone, issued_on__lte=day)
    return found


def _add_estimates(nets, jobs, at):
    """Base and change orders in force, all in the job's budget year."""
    years = {job.pk: job.budget_year for job in jobs}
    rows = Estimate.objects.in_force_at(at).filter(job__in=years).order_by()
    for pk, net in rows.values_list("job").annotate(Sum("net")):
        nets[pk][years[pk]] += net


def _add_plans(nets, jobs, at):
    """The version in force, by the months of its lines."""
    clients = {job.pk: job.client for job in jobs}
    plans = MediaPlan.objects.in_force_at(at).filter(job__in=clients)
    lines = MediaLine.objects.filter(plan__in=plans).select_related("plan")
    for line in lines:
        pk = line.plan.job_id
        nets[pk][fiscal_year(clients[pk], line.month)] += line_net(line, line.plan.mode)


def _add_fees(nets, jobs, at):
    """The monthly fee of each month of the budget year, as it was agreed at the instant."""
    agreed = agreed_fees({job.client_id for job in jobs})
    for job in bearers(jobs):
        for _month, row in fee_months(job, holding(agreed[job.client_id], at)):
            nets[job.pk][job.budget_year] += row.monthly_fee


ADDED = {
    Job.Kind.PRODUCTION: _add_estimates,
    Job.Kind.MEDIA: _add_plans,
    Job.Kind.FEE: _add_fees,
}
