"""What a client's fiscal year will earn us, by month and by how likely it is (6.5).

Signed papers count as they were at the instant, unsigned ones as they stand now. A new version
of a signed paper adds only what it changes. Opportunities come with the chance somebody typed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from agency.common.dates import DAY
from agency.common.money import cents
from budgets.constants import CHANCES
from budgets.models import Invoice, MediaLine, MediaPlan, Opportunity
from budgets.models.budget import ZERO
from budgets.reports.fees import agreed_fees, fee_months, holding
from budgets.reports.signed import dated
from budgets.years import first_and_last, months_of
from jobs.models import Estimate, Job

SURE = CHANCES["signed"]
SOURCES = {
    "media": _("Media commission and service fee"),
    "production": _("Production margin"),
    "fee": _("Monthly fee"),
    "opportunity": pgettext_lazy("forecast", "Opportunities"),
}


@dataclass(frozen=True)
class Row:
    """One source of income in one month: in full, its chance, and what that comes to."""

    month: date
    source: str
    label: str | Promise
    state: str | Promise
    amount: Decimal
    chance: Decimal
    # The paper, job, contract or opportunity that it comes from.
    subject: object

    @property
    def url(self):
        return self.subject.get_absolute_url()

    @property
    def weighted(self):
        return cents(self.amount * self.chance)

    @property
    def source_label(self):
        return SOURCES[self.source]


@dataclass(frozen=True)
class Forecast:
    """The rows of a client's fiscal year, in the order of the months."""

    client: Client
    year: int
    months: list
    rows: list

    @property
    def total(self):
        return _weighted(self.rows)

    @property
    def full(self):
        return sum((row.amount for row in self.rows), ZERO)

    def of_month(self, month):
        return _weighted(row for row in self.rows if row.month == month)

    def of_source(self, source):
        return _weighted(row for row in self.rows if row.source == source)

    def cell(self, month, source):
        return _weighted(row for row in self.rows if (row.month, row.source) == (month, source))

    def from_month(self, month):
        """To the end of the year, from the month on."""
        return _weighted(row for row in self.rows if row.month >= month)


@dataclass(frozen=True)
class Year:
    """A client and its fiscal year, as the reading of fees asks for them."""

    client: Client
    budget_year: int


def _weighted(rows):
    return sum((row.weighted for row in rows), ZERO)


def chance_of(state):
    """The standard chance; on its way inside the house it is that of a submitted one (6.5)."""
    return CHANCES.get(state, CHANCES["submitted"])


def forecast(client, year, at):
    """The Forecast of one client's fiscal year."""
    return forecasts([client], {client: year}, at)[0]


def forecasts(clients, years, at):
    """[Forecast] of clients; years: {client: its fiscal year}; in a fixed number of queries."""
    rows = defaultdict(list)
    for read in (_media, _production, _fees, _opportunities) if clients else ():
        for client, row in read(clients, years, at):
            rows[client].append(row)
    found = []
    for client in clients:
        months = months_of(client, years[client])
        kept = [row for row in rows[client.pk] if months[0] <= row.month <= months[-1]]
        kept.sort(key=lambda row: (row.month, list(SOURCES).index(row.source), str(row.label)))
        found.append(Forecast(client, years[client], months, kept))
    return found


# --- media: by the months of the lines ----------------------------------------------------------


def _media(clients, years, at):
    """Commission and fee of plans in force, and what unsigned versions would change of them."""
    plans = MediaPlan.objects.filter(job__client__in=clients).exclude(
        job__state__in=[Job.State.CANCELLED, Job.State.REJECTED]
    )
    named, sums = _income_by_month(plans.in_force_at(at) | plans.unsigned(), years)
    signed, unsigned = _parted(named)
    signed = {plan.job_id: plan for plan in signed}
    for plan in signed.values():
        yield from _plan_rows(plan, sums[plan.pk], SURE)
    for plan in unsigned:
        changes = sums[plan.pk]
        if former := signed.get(plan.job_id):
            for month, amount in sums[former.pk].items():
                changes[month] -= amount
        yield from _plan_rows(plan, changes, chance_of(plan.state))


def _parted(papers):
    """([in force at the instant], [on their way now])."""
    signed, unsigned = [], []
    for paper in papers:
        (signed if paper.signed_at else unsigned).append(paper)
    return signed, unsigned


def _income_by_month(plans, years):
    """[plan], {its key: {month: commission and fee}} of the months that any of the years holds.

    Plans on their way are named without any such month, too.
    """
    first, last = _span(years)
    lines = MediaLine.objects.filter(month__gte=first, month__lt=last).order_by()
    named = plans.filter(Q(pk__in=lines.values("plan")) | Q(signed_at__isnull=True))
    earned = Sum(F("commission") + F("service_fee"))
    sums = defaultdict(lambda: defaultdict(lambda: ZERO))
    rows = lines.filter(plan__in=plans.order_by().values("pk")).values_list("plan", "month")
    for plan, month, amount in rows.annotate(earned=earned):
        sums[plan][month] = amount
    return list(named.select_related("job")), sums


def _span(years):
    """The first day of the earliest year and the day after the last of the latest."""
    spans = [first_and_last(client, year) for client, year in years.items()]
    return min(first for first, _last in spans), max(last for _first, last in spans) + DAY


def _plan_rows(plan, amounts, chance):
    label, state = f"{plan.job} · {plan}", plan.get_state_display()
    for month, amount in amounts.items():
        if amount:
            yield plan.job.client_id, Row(month, "media", label, state, amount, chance, plan)


# --- production: in the month the job is due ----------------------------------------------------


def _production(clients, years, at):
    """The unbilled part of what is signed at its margin; unsigned estimates at their chance."""
    first, last = _span(years)
    rows = Estimate.objects.filter(
        job__client__in=clients, job__archived_at__isnull=True, job__due_on__gte=first,
        job__due_on__lt=last,
    )  # fmt: skip
    rows = rows.exclude(job__state__in=[Job.State.CLOSED, Job.State.CANCELLED, Job.State.REJECTED])
    rows = (rows.in_force_at(at) | rows.unsigned()).select_related("job__client")
    rows = rows.annotate(replaces=ArrayAgg("includes", filter=Q(includes__isnull=False)))
    signed, unsigned = _parted(rows)
    by_job = defaultdict(list)
    for estimate in signed:
        by_job[estimate.job].append(estimate)
    billed = _billed(list(by_job), at)
    for job, estimates in by_job.items():
        amount = unbilled_margin(estimates, billed[job.pk])
        if amount:
            yield job.client_id, _due_row(job, job, Estimate.State.SIGNED.label, amount, SURE)
    in_force = {estimate.pk: estimate for estimate in signed}
    for estimate in unsigned:
        amount = _changed_margin(estimate, in_force)
        if amount:
            yield estimate.job.client_id, _due_row(
                estimate.job, estimate, estimate.get_state_display(), amount,
                chance_of(estimate.state),
            )  # fmt: skip


def unbilled_margin(estimates, billed):
    """R(unbilled part × margin %) of a job's signed estimates taken together (6.5).

    Contingency is no part of it: it is earned only with work that a report names (6.1).
    """
    subtotal = sum((row.subtotal for row in estimates), ZERO)
    margin = sum((row.margin for row in estimates), ZERO)
    unbilled = max(ZERO, subtotal - billed)
    return cents(unbilled * margin / subtotal) if subtotal > 0 else ZERO


def _changed_margin(estimate, in_force):
    """Subtotal less cost, less that of the signed ones which it would replace."""
    replaced = {estimate.supersedes_id, *(estimate.replaces or ())}
    former = [in_force[pk].margin for pk in replaced if pk in in_force]
    return estimate.margin - sum(former, ZERO)


def _due_row(job, shown, state, amount, chance):
    label = f"{job} · {shown}" if shown is not job else str(job)
    month = job.due_on.replace(day=1)
    return Row(month, "production", label, state, amount, chance, shown)


def _billed(jobs, at):
    sums = defaultdict(lambda: ZERO)
    if jobs:
        rows = Invoice.objects.out().filter(job__in=jobs, in_budget=True).filter(dated(jobs, at))
        sums.update(rows.order_by().values_list("job").annotate(Sum("net")))
    return sums


# --- fees and opportunities ---------------------------------------------------------------------


def _fees(clients, years, at):
    """The fee of the first of each month, as it was agreed at the instant."""
    agreed = agreed_fees(clients)
    for client in clients:
        year = Year(client, years[client])
        for month, row in fee_months(year, holding(agreed[client.pk], at)):
            yield client.pk, Row(
                month, "fee", str(row.contract), _("Contract"), row.monthly_fee, SURE,
                row.contract,
            )  # fmt: skip


def _opportunities(clients, years, _at):
    first, last = _span(years)
    rows = Opportunity.objects.alive().filter(client__in=clients)
    for row in rows.filter(month__gte=first, month__lt=last):
        yield row.client_id, Row(
            row.month, "opportunity", row.title, row.get_stage_display(), row.income,
            row.probability, row,
        )  # fmt: skip
