"""Addresses under /meetings/."""

from django.urls import path

from meetings.views import (
    action,
    afterwards,
    calendar,
    call,
    figures,
    issuing,
    meeting,
    plan,
    report,
)

app_name = "meetings"

urlpatterns = [
    path("", calendar.MeetingList.as_view(), name="meeting_list"),
    path("week/", calendar.MeetingWeek.as_view(), name="meeting_week"),
    path("figures/", figures.FiguresPage.as_view(), name="figures"),
    path("figures/list/", figures.FiguresList.as_view(), name="figures_list"),
    path("calls/new/", call.CallCreate.as_view(), name="call_create"),
    path("exchanges/new/", call.ExchangeCreate.as_view(), name="exchange_create"),
    path("new/", plan.MeetingCreate.as_view(), name="meeting_create"),
    path("<int:pk>/", meeting.MeetingDetail.as_view(), name="meeting_detail"),
    path("<int:pk>/edit/", plan.MeetingUpdate.as_view(), name="meeting_update"),
    path("<int:pk>/invite/", meeting.MeetingInvite.as_view(), name="meeting_invite"),
    path("<int:pk>/move/", meeting.MeetingMove.as_view(), name="meeting_move"),
    path("<int:pk>/cancel/", meeting.MeetingCancel.as_view(), name="meeting_cancel"),
    path("<int:pk>/hold/", meeting.MeetingHold.as_view(), name="meeting_hold"),
    path("<int:pk>/not-held/", meeting.MeetingNotHeld.as_view(), name="meeting_not_held"),
    path("<int:pk>/outcomes/", meeting.MeetingOutcomes.as_view(), name="meeting_outcomes"),
    path("<int:pk>/end/", meeting.MeetingCorrectEnd.as_view(), name="meeting_correct_end"),
    path("<int:pk>/end/confirm/", meeting.MeetingConfirmEnd.as_view(), name="meeting_confirm_end"),
    path("<int:pk>/end/refuse/", meeting.MeetingRefuseEnd.as_view(), name="meeting_refuse_end"),
    path("reports/", figures.ReportList.as_view(), name="report_list"),
    path("reports/<int:pk>/", report.ReportDetail.as_view(), name="report_detail"),
    path("reports/<int:pk>/edit/", report.ReportUpdate.as_view(), name="report_update"),
    path("reports/<int:pk>/bar/", report.ReportBar.as_view(), name="report_bar"),
    path("reports/<int:pk>/preview/", report.ReportPreview.as_view(), name="report_preview"),
    path("reports/<int:pk>/pdf/", report.ReportPdf.as_view(), name="report_pdf"),
    path("reports/<int:pk>/issue/", issuing.ReportIssue.as_view(), name="report_issue"),
    path("reports/<int:pk>/calls/new/", call.CallAdd.as_view(), name="report_call_create"),
    path("reports/<int:pk>/revise/", afterwards.ReportRevise.as_view(), name="report_revise"),
    path("reports/<int:pk>/discard/", afterwards.ReportDiscard.as_view(), name="report_discard"),
    path("reports/<int:pk>/return/", afterwards.ReportReturn.as_view(), name="report_return"),
    path(
        "reports/<int:pk>/send/<int:contact>/",
        afterwards.SendAgain.as_view(),
        name="report_send_again",
    ),
    path("reports/<int:pk>/opinion/", afterwards.OpinionRead.as_view(), name="opinion_read"),
    path("actions/", action.ActionList.as_view(), name="action_list"),
    path("actions/<int:pk>/", action.ActionDetail.as_view(), name="action_detail"),
    path("actions/<int:pk>/progress/", action.ActionProgress.as_view(), name="action_progress"),
    path("actions/<int:pk>/move/", action.ActionMove.as_view(), name="action_move"),
    path("actions/<int:pk>/done/", action.ActionComplete.as_view(), name="action_complete"),
    path("actions/<int:pk>/reopen/", action.ActionReopen.as_view(), name="action_reopen"),
    path("actions/<int:pk>/cancel/", action.ActionCancel.as_view(), name="action_cancel"),
]
