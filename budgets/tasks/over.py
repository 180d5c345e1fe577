"""What the clock does about over-commitment: told once a paper, within minutes (R37)."""

from agency.common.clock import Step
from budgets.reports.over import to_judge
from budgets.services.over import settle


def judge(judged, at):
    return f"{judged.over}" if settle(judged=judged, at=at) else None


STEPS = [Step("over-commitment", to_judge, judge)]
