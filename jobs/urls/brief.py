from django.urls import path

from jobs.views import brief as views

urlpatterns = [
    path("<int:pk>/briefs/new/", views.BriefCreate.as_view(), name="brief_create"),
    path("briefs/<int:pk>/", views.BriefDetail.as_view(), name="brief_detail"),
    path("briefs/<int:pk>/edit/", views.BriefUpdate.as_view(), name="brief_update"),
    path("briefs/<int:pk>/force/", views.BriefForce.as_view(), name="brief_force"),
    path("briefs/<int:pk>/ask/", views.BriefAsk.as_view(), name="brief_ask"),
    path(
        "briefs/<int:pk>/compare/<int:version>/",
        views.BriefCompare.as_view(),
        name="brief_compare",
    ),
    path("briefs/<int:pk>/comment/", views.StrategyComment.as_view(), name="strategy_comment"),
    path("confirmations/<int:pk>/", views.ConfirmBrief.as_view(), name="brief_confirm"),
    path("facts/<int:pk>/", views.FactUpdate.as_view(), name="fact_update"),
    path("estimates/<int:pk>/scope/", views.ScopeAnswer.as_view(), name="scope_answer"),
    path("<int:pk>/questions/new/", views.QuestionCreate.as_view(), name="question_create"),
    path("questions/<int:pk>/", views.QuestionAnswer.as_view(), name="question_answer"),
]
