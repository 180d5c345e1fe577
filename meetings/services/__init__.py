from meetings.services.actions import cancel, complete, move_due, progress, reopen
from meetings.services.checks import missing, needs_late_reason
from meetings.services.delivery import send_again
from meetings.services.draft import discard_draft, save_draft
from meetings.services.ends import (
    confirm_end,
    correct_end,
    hold_meeting,
    not_held,
    refuse_end,
    set_outcomes,
)
from meetings.services.handover import open_duties, reassign
from meetings.services.issue import issue_report, preview_report
from meetings.services.log import add_call_to_report, drafts_to_join, log_call
from meetings.services.meeting import (
    cancel_meeting,
    change_plan,
    invite,
    move_meeting,
    plan_meeting,
)
from meetings.services.opinions import flag_opinion, read_opinion
from meetings.services.returns import answer_return, record_return, report_of
from meetings.services.revise import revise_report
from meetings.services.typed import (
    ActionData,
    ItemData,
    MeetingData,
    PersonData,
    PointData,
    ReportData,
    of_report,
)

__all__ = [
    "ActionData",
    "ItemData",
    "MeetingData",
    "PersonData",
    "PointData",
    "ReportData",
    "add_call_to_report",
    "answer_return",
    "cancel",
    "cancel_meeting",
    "change_plan",
    "complete",
    "confirm_end",
    "correct_end",
    "discard_draft",
    "drafts_to_join",
    "flag_opinion",
    "hold_meeting",
    "invite",
    "issue_report",
    "log_call",
    "missing",
    "move_due",
    "move_meeting",
    "needs_late_reason",
    "not_held",
    "of_report",
    "open_duties",
    "plan_meeting",
    "preview_report",
    "progress",
    "read_opinion",
    "reassign",
    "record_return",
    "refuse_end",
    "reopen",
    "report_of",
    "revise_report",
    "save_draft",
    "send_again",
    "set_outcomes",
]
