"""What a job's client has signed, and what of it is billed, without VAT (6.3): the one formula."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q, Sum

from accounts.models import Contract
from budgets.models import Invoice, MediaLine, MediaPlan
from budgets.models.budget import ZERO
from budgets.sums import line_net
from budgets.years import client_day, fiscal_year, months_of
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
    """The monthly fee of the contract in force on the first of each month of the budget year.

    A contract counts from the instant at which it was entered.
    """
    contracts = fee_contracts(jobs)
    for job in bearers(jobs):
        entered = [row for row in contracts[job.client_id] if row.created_at <= at]
        for _month, contract in fee_months(job, entered):
            nets[job.pk][job.budget_year] += contract.monthly_fee


def fee_contracts(jobs):
    """{client's key: its contracts with a monthly fee, the latest start first}."""
    found = defaultdict(list)
    rows = Contract.objects.in_force().filter(client__in={job.client_id for job in jobs})
    for row in rows.filter(monthly_fee__gt=0).order_by("-starts_on", "-pk"):
        found[row.client_id].append(row)
    return found


def fee_months(job, contracts):
    """[(month, contract)] of the job's budget year: who covers the first of the month."""
    months = months_of(job.client, job.budget_year)
    found = []
    for month in months:
        covering = (row for row in contracts if _holds(row, month))
        found += [(month, contract) for contract in [next(covering, None)] if contract]
    return found


def fee_terms(job, contracts):
    """[(month, contract, until)]: each contract that covers the first of a month of the job's year.

    It counts from when it was entered until one that goes before it was: a contract that is entered
    late changes no cut-off before (6.3), the months behind it are made good in the running one.
    """
    found = []
    for month in months_of(job.client, job.budget_year):
        until = None
        for contract in contracts:
            if _holds(contract, month) and (until is None or contract.created_at < until):
                found.append((month, contract, until))
                until = contract.created_at
    return found


def _holds(contract, day):
    return contract.starts_on <= day and (contract.ends_on is None or contract.ends_on >= day)


def bearers(jobs):
    """Of several fee jobs of a client and year the first that was not ended bears the fee."""
    ended = [Job.State.REQUESTED, Job.State.REJECTED, Job.State.CANCELLED]
    rows = Job.objects.filter(
        kind=Job.Kind.FEE, client__in={job.client_id for job in jobs},
        budget_year__in={job.budget_year for job in jobs},
    ).exclude(state__in=ended)  # fmt: skip
    first = {}
    for client, year, pk in rows.order_by("pk").values_list("client", "budget_year", "pk"):
        first.setdefault((client, year), pk)
    return [job for job in jobs if first.get((job.client_id, job.budget_year)) == job.pk]


ADDED = {
    Job.Kind.PRODUCTION: _add_estimates,
    Job.Kind.MEDIA: _add_plans,
    Job.Kind.FEE: _add_fees,
}
