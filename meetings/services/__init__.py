from meetings.services.actions import cancel, complete, move_due, progress, reopen
from meetings.services.agenda import (
    agenda_problems,
    minutes_over,
    note_topics_asked,
    preview_agenda,
    resend_agenda,
    send_agenda,
)
from meetings.services.calls import note_arrival, note_call
from meetings.services.chair import chair_of, set_chair
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
from meetings.services.hold import (
    Said,
    add_line,
    change_line,
    remove_line,
    set_outcome,
    set_present,
    start_item,
    stop_item,
)
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
from meetings.services.pack import attach, attach_newest, detach, set_needed, set_not_needed
from meetings.services.presentation import note_presentation
from meetings.services.press import check_press, file_finding
from meetings.services.replies import (
    add_topic,
    confirm_task,
    meeting_of,
    postpone_topic,
    reply_by_link,
    reply_own,
    take_up_topic,
)
from meetings.services.returns import answer_return, record_return, report_of
from meetings.services.revise import revise_report
from meetings.services.rooms import change_room, create_room
from meetings.services.series import (
    cancel_following,
    following,
    invite_following,
    move_following,
    plan_series,
)
from meetings.services.typed import (
    ActionData,
    ItemData,
    MeetingData,
    PersonData,
    PointData,
    ReportData,
    of_report,
)
from meetings.services.venue import book_room, free_room, note_venue

__all__ = [
    "ActionData",
    "ItemData",
    "MeetingData",
    "PersonData",
    "PointData",
    "ReportData",
    "Said",
    "add_call_to_report",
    "add_line",
    "add_topic",
    "agenda_problems",
    "answer_return",
    "attach",
    "attach_newest",
    "book_room",
    "cancel",
    "cancel_following",
    "cancel_meeting",
    "chair_of",
    "change_line",
    "change_plan",
    "change_room",
    "check_press",
    "complete",
    "confirm_end",
    "confirm_task",
    "correct_end",
    "create_room",
    "detach",
    "discard_draft",
    "drafts_to_join",
    "file_finding",
    "flag_opinion",
    "following",
    "free_room",
    "hold_meeting",
    "invite",
    "invite_following",
    "issue_report",
    "log_call",
    "meeting_of",
    "minutes_over",
    "missing",
    "move_due",
    "move_following",
    "move_meeting",
    "needs_late_reason",
    "not_held",
    "note_arrival",
    "note_call",
    "note_presentation",
    "note_topics_asked",
    "note_venue",
    "of_report",
    "open_duties",
    "plan_meeting",
    "plan_series",
    "postpone_topic",
    "preview_agenda",
    "preview_report",
    "progress",
    "read_opinion",
    "reassign",
    "record_return",
    "refuse_end",
    "remove_line",
    "reopen",
    "reply_by_link",
    "reply_own",
    "report_of",
    "resend_agenda",
    "revise_report",
    "save_draft",
    "send_again",
    "send_agenda",
    "set_chair",
    "set_needed",
    "set_not_needed",
    "set_outcome",
    "set_outcomes",
    "set_present",
    "start_item",
    "stop_item",
    "take_up_topic",
]
