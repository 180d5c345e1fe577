"""Monthly budget reports: issued month by month, one late, the last of LM a draft."""

from datetime import timedelta
from decimal import Decimal

from agency.demo.budgets import PEOPLE
from agency.demo.people import REST
from agency.demo.stories import HOUR
from budgets.reports.budget import budget_in_force
from budgets.reports.monthly_figures import is_over
from budgets.services.monthly import draft_monthly, edit_monthly, submit_monthly
from budgets.services.monthly_adjust import add_adjustment
from budgets.services.monthly_clock import drafted_from, due_of
from budgets.services.monthly_issue import sign_and_issue
from budgets.years import cutoff, fiscal_year, month_at, next_month

REMARK = "建议把门店陈列与线上投放合并排期，用余下预算做一轮会员复购。"
OVER = "AM 已于上月例会当面告知客户预算超支，客户同意下季度追加。"
LATE = 3  # months ago
WHY_LATE = "媒介对账单晚到两天，等核对后签发。"


def all_months(stage):
    return [
        reports(stage, "LM", (6, 5, 4, 3, 2)),
        with_adjustment(stage, "LM"),
        *(reports(stage, code, _known(stage, code)) for code in ("AH", "YL", "HC")),
        before_rest(stage),
    ]


def _known(stage, code):
    """How many months ago those ended that the clock has drafted since it began."""
    client = stage.clients[code]
    first = next_month(month_at(client, stage.opens or stage.at), -1)
    return [back for back in (4, 3, 2, 1) if _month(stage, code, back)[1] >= first]


def _month(stage, code, back):
    client = stage.clients[code]
    return client, next_month(month_at(client, stage.now), -back)


def _who(stage, code, place):
    ae, am, ad = PEOPLE[code]
    return {"by": stage.users[ae if place == "ae" else am or ad], "at": stage.at}


def reports(stage, code, months):
    """Of so many months ago, each issued on its day; one of LM a day late, with the reason."""
    for back in months:
        client, month = _month(stage, code, back)
        is_late = code == "LM" and back == LATE
        yield due_of(client, month) + (timedelta(days=1) if is_late else -5 * HOUR)
        _issue(stage, code, month, WHY_LATE if is_late else "")


def _issue(stage, code, month, late_reason=""):
    ae, am = _who(stage, code, "ae"), _who(stage, code, "am")
    report = draft_monthly(client=stage.clients[code], month=month, **ae)
    typed = {"opportunities": REMARK, "over_note": OVER if is_over(report.rows) else ""}
    report = submit_monthly(report=edit_monthly(report=report, typed=typed, **ae), **ae)
    sign_and_issue(report=report, late_reason=late_reason, **am)


def before_rest(stage):
    """QL: what was drafted is issued before it comes to rest; from then on none is (3.4)."""
    rests = stage.now - REST
    for back in (3, 2, 1):
        client, month = _month(stage, "QL", back)
        wake = min(due_of(client, month) - 5 * HOUR, rests - HOUR)
        if drafted_from(month, client.timezone) > wake:
            return
        yield wake
        if budget_in_force(client, fiscal_year(client, month), cutoff(client, month)):
            _issue(stage, "QL", month)


def with_adjustment(stage, code):
    """Last month is being written: a bill of the former agency is moved over."""
    client, month = _month(stage, code, 1)
    end = cutoff(client, month)
    yield max(end, min(end + 10 * HOUR, stage.now - HOUR))
    report = draft_monthly(client=client, month=month, **_who(stage, code, "ae"))
    add_adjustment(
        report=report, category="production", column="billed", amount=Decimal("1800.00"),
        reason="客户直接付给印厂的打样费，计入年度制作预算。", **_who(stage, code, "ae"),
    )  # fmt: skip
