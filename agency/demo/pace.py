"""Whose year runs behind its plan, whose ahead, and the monthly fee (domain.md section 11)."""

from datetime import time, timedelta
from decimal import Decimal

from django.utils import timezone

from agency.common.dates import local_instant
from agency.demo.budgets import YEARS
from agency.demo.desk import Desk
from agency.demo.media import Plan
from agency.demo.stories import slot
from budgets.services.plan_lines import remove_line
from budgets.services.plan_revising import revise_plan
from budgets.spread import spread_like
from budgets.years import client_day, month_at, month_number, months_of, next_month

D = Decimal
THOUSAND = D(1000)
BEHIND, AHEAD = D("0.6"), D("1.15")  # of what was planned by now
FEE_DAY, PAID_AFTER = timedelta(days=24), 28


def all_paces(stage):
    return [behind_media(stage), behind_production(stage), ahead(stage), monthly_fee(stage)]


def by_now(work, category):
    """What the client's first version planned for the months of the year up to today's."""
    _name, year, shape = next(row for row in YEARS[work.code] if row[0] == category)
    number = month_number(work.client, client_day(work.client, work.stage.now))
    return sum(spread_like(D(year), shape)[:number])


def months_over(work):
    """The last three months of the fiscal year that are over; in its first one that month."""
    this = month_at(work.client, work.stage.now)
    return [month for month in months_of(work.client, work.year) if month < this][-3:] or [this]


def thousands(net):
    return (net / THOUSAND).quantize(D(1)) * THOUSAND


def behind_media(stage):
    """YL: television for three fifths of the plan; the last month is not billed yet."""
    work = Plan(stage, "YL")
    yield slot(stage, 26, 0, 14)
    months = months_over(work)
    price = thousands(by_now(work, "media") * BEHIND / len(months))
    ordered = [*months, next_month(months[-1])]
    work.plan_for("澜行 SUV 全年电视投放", [television(work, month, price) for month in ordered])
    yield from work.signed()
    stage.play(month_cut(work, ordered[-1]))
    for month in months[:-1]:
        yield local_instant(month + FEE_DAY, time(10), work.client.timezone)
        for bill in work.bill(month=month):
            settle(work, bill)


def month_cut(work, month):
    """Version 2, signed: the client moves a fair and with it a month of television."""
    yield slot(work.stage, 4, 3, 10)
    reason = "车展改期，客户削减一个月的电视投放"
    work.paper = revise_plan(plan=work.paper, reason=reason, **work.who("ae"))
    remove_line(line=work.paper.lines.get(month=month), **work.who("ae"))
    work.paper.refresh_from_db()
    yield from work.signed()


def television(work, month, price):
    away = (month.year - work.month.year) * 12 + month.month - work.month.month
    return ("tv", "东岸卫视 汽车时段", "东岸卫视", "月度套装", away, 1, str(price), "0")


def settle(work, bill):
    """Paid after four weeks, where they are over."""
    days = (timezone.localdate(work.stage.now) - work.day(0)).days
    work.stage.play(work.paid(bill, days - PAID_AFTER))


def behind_production(stage):
    """YL: shop material for three fifths of the plan, a third of it billed."""
    work = Desk(stage, "YL")
    yield slot(stage, 26, 2, 10)
    net = thousands(by_now(work, "production") * BEHIND)
    yield from work.begin("澜行 SUV 经销商展厅物料", net).signed()
    yield slot(stage, 9, 2, 10)
    [bill] = work.bill(thousands(net / 3))
    settle(work, bill)


def ahead(stage):
    """AH: winter television is brought forward, more than was planned by now; not yet billed."""
    work = Plan(stage, "AH")
    yield slot(stage, 8, 1, 14)
    price = min(by_now(work, "media") * AHEAD, D(YEARS["AH"][1][1]))
    this = month_at(work.client, stage.now)
    work.plan_for("舒禾含片冬季电视提前投放", [television(work, this, price)])
    yield from work.signed()


def monthly_fee(stage):
    """HC: its fee, billed on the 25th of each month of the year, the first ones together."""
    work = Desk(stage, "HC")
    yield slot(stage, 27, 1, 10)
    work.ask("汇澄银行年度服务", 250, [], kind="fee").brief("按月费合约全年服务。", departments=())
    work.approve()
    for month in months_of(work.client, work.year):
        yield max(stage.at, local_instant(month + FEE_DAY, time(10), work.client.timezone))
        [bill] = work.bill(month=month)
        settle(work, bill)
