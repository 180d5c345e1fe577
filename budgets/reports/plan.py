"""What waits for a person with a media plan on its way."""

from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from budgets.models import MediaPlan
from jobs.reports.chain import Waiting

PLANS = Waiting(MediaPlan, "job")
HERE = {"title": "title", "number": "number"}
SOURCES = (
    Source(
        "plan_manager", PLANS.to_approve_as_manager, group=_("Approve"),
        sentence=_("Media plan %(number)s %(title)s"), button=_("Approve"),
        url="budgets:plan_approve", due_at="step_due_at", **HERE,
    ),
    Source(
        "plan_director", PLANS.to_approve_as_director, group=_("Approve"),
        sentence=_("Media plan %(number)s %(title)s"), button=_("Approve"),
        url="budgets:plan_approve", due_at="step_due_at", **HERE,
    ),
    Source(
        "plan_send", PLANS.to_send, group=_("Send"),
        sentence=_("Approved, to be sent to the client: %(number)s %(title)s"), button=_("Send"),
        url="budgets:plan_send", person="job__ae", **HERE,
    ),
    Source(
        "plan_confirm", PLANS.to_confirm, group=_("Approve"),
        sentence=_("Signature on paper of %(number)s %(title)s"), button=_("Confirm"),
        url="budgets:plan_confirm", **HERE,
    ),
    Source(
        "plan_go_on", PLANS.to_go_on, group=_("Media plan"),
        sentence=_("Refused or expired: %(number)s %(title)s"), button=_("Revise"),
        url="budgets:plan_detail", person="job__ae", **HERE,
    ),
)  # fmt: skip
