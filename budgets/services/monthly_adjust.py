"""Adjustments of a monthly report: rows of their own with a reason, never an overwrite (R36)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, save, verb
from budgets.models import Adjustment, MonthlyReport
from budgets.reports.monthly_figures import draw
from budgets.services.monthly import begun

State = MonthlyReport.State


@verb
def add_adjustment(*, report, category, column, amount, reason, by, at, row_version=None):
    """While it is a draft; signed with the report by somebody else, it counts from its cut-off."""
    report = begun(report)
    behalf = _begin(report, by, at, row_version)
    if not amount:
        raise Refused(_("An adjustment is not 0."), "amount")
    row = Adjustment.objects.create(
        report=report, category=category, column=column, amount=amount,
        reason=check_reason(reason), by=by, created_by=by, created_at=at,
    )  # fmt: skip
    _refresh(report)
    record(report, "add_adjustment", by=by, at=at, client=report.client, behalf_of=behalf,
           category=category, column=column, amount=amount, reason=row.reason)  # fmt: skip
    return row


@verb
def remove_adjustment(*, adjustment, by, at, row_version=None):
    """Take back a row nobody has signed yet."""
    report = begun(adjustment.report)
    behalf = _begin(report, by, at, row_version)
    facts = {name: getattr(adjustment, name) for name in ("category", "column", "amount", "reason")}
    adjustment.delete()
    _refresh(report)
    record(report, "remove_adjustment", by=by, at=at, client=report.client, behalf_of=behalf,
           **facts)  # fmt: skip
    return report


def _begin(report, by, at, row_version):
    behalf = require(by, "budgets.edit_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, State.DRAFT)
    return behalf


def _refresh(report):
    report.rows = draw(report)
    save(report)
