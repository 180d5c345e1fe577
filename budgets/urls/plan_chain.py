"""A media plan on its way through the chain."""

from django.urls import path

from budgets.views import plan_chain as views

HERE = "plans/<int:pk>"

urlpatterns = [
    path(f"{HERE}/", views.PlanDetail.as_view(), name="plan_detail"),
    path(f"{HERE}/face/", views.PlanFace.as_view(), name="plan_face"),
    path(f"{HERE}/pdf/", views.PlanPdf.as_view(), name="plan_pdf"),
    path(f"{HERE}/submit/", views.PlanSubmit.as_view(), name="plan_submit"),
    path(f"{HERE}/approve/", views.PlanApprove.as_view(), name="plan_approve"),
    path(f"{HERE}/refuse/", views.PlanRefuse.as_view(), name="plan_refuse"),
    path(f"{HERE}/withdraw/", views.PlanWithdraw.as_view(), name="plan_withdraw"),
    path(f"{HERE}/send/", views.PlanSend.as_view(), name="plan_send"),
    path(f"{HERE}/renew/", views.PlanRenew.as_view(), name="plan_renew"),
    path(f"{HERE}/costs/", views.PlanCosts.as_view(), name="plan_costs"),
    path(f"{HERE}/signature/", views.PlanSignPaper.as_view(), name="plan_sign_paper"),
    path(f"{HERE}/confirm/", views.PlanConfirm.as_view(), name="plan_confirm"),
    path(f"{HERE}/revise/", views.PlanRevise.as_view(), name="plan_revise"),
]
