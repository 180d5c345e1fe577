from django.urls import path

from budgets.views import plan_edit, plan_lines, plan_list, plan_runs

HERE, LINE = "plans/<int:pk>", "plan-lines/<int:pk>"

urlpatterns = [
    path("plans/", plan_list.PlanList.as_view(), name="plan_list"),
    path("plans/new/<int:pk>/", plan_edit.PlanCreate.as_view(), name="plan_create"),
    path(f"{HERE}/edit/", plan_edit.PlanUpdate.as_view(), name="plan_update"),
    path(f"{HERE}/head/", plan_edit.PlanHead.as_view(), name="plan_head"),
    path(f"{HERE}/brief/", plan_edit.PlanBrief.as_view(), name="plan_brief"),
    path(f"{HERE}/drop/", plan_edit.PlanDelete.as_view(), name="plan_delete"),
    path(f"{HERE}/paste/", plan_edit.PlanPaste.as_view(), name="plan_paste"),
    path(f"{HERE}/sheet/", plan_list.PlanSheet.as_view(), name="plan_xlsx"),
    path(f"{HERE}/calendar/", plan_list.PlanCalendar.as_view(), name="plan_calendar"),
    path(f"{HERE}/compare/", plan_list.PlanCompare.as_view(), name="plan_compare"),
    path(f"{HERE}/lines/new/", plan_lines.LineCreate.as_view(), name="plan_line_create"),
    path(f"{LINE}/", plan_lines.LineUpdate.as_view(), name="plan_line_save"),
    path(f"{LINE}/drop/", plan_lines.LineDelete.as_view(), name="plan_line_delete"),
    path(f"{LINE}/move/", plan_lines.LineMove.as_view(), name="plan_line_move"),
    path(f"{HERE}/runs/", plan_runs.PlanRuns.as_view(), name="plan_runs"),
    path(f"{HERE}/book/", plan_runs.PlanBook.as_view(), name="plan_book"),
    path(f"{LINE}/run/", plan_runs.PlanRun.as_view(), name="plan_run"),
    path(f"{LINE}/missed/", plan_runs.PlanMissed.as_view(), name="plan_missed"),
    path(f"{LINE}/made-good/", plan_runs.PlanMakeGood.as_view(), name="plan_make_good"),
    path(f"{LINE}/unbook/", plan_runs.PlanUnbook.as_view(), name="plan_unbook"),
    path("runs/", plan_runs.RunList.as_view(), name="run_list"),
]
