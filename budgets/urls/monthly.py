from django.urls import path

from budgets.views import monthly, monthly_figures, monthly_verbs

urlpatterns = [
    path("monthly/", monthly.MonthlyList.as_view(), name="monthly_list"),
    path(
        "clients/<int:pk>/monthly/new/", monthly_verbs.MonthlyCreate.as_view(),
        name="monthly_create",
    ),
    path("monthly/figures/", monthly_figures.MonthlyFigures.as_view(), name="monthly_figures"),
    path("monthly/<int:pk>/", monthly.MonthlyDetail.as_view(), name="monthly_detail"),
    path("monthly/<int:pk>/pdf/", monthly.MonthlyPdf.as_view(), name="monthly_pdf"),
    path("monthly/<int:pk>/edit/", monthly.MonthlyUpdate.as_view(), name="monthly_update"),
    path("monthly/<int:pk>/submit/", monthly_verbs.MonthlySubmit.as_view(), name="monthly_submit"),
    path("monthly/<int:pk>/return/", monthly_verbs.MonthlyReturn.as_view(), name="monthly_return"),
    path("monthly/<int:pk>/sign/", monthly_verbs.MonthlySign.as_view(), name="monthly_sign"),
    path("monthly/<int:pk>/issue/", monthly_verbs.MonthlyIssue.as_view(), name="monthly_issue"),
    path(
        "monthly/<int:pk>/reissue/", monthly_verbs.MonthlyReissue.as_view(), name="monthly_reissue"
    ),
    path(
        "monthly/<int:pk>/adjustments/new/", monthly_verbs.AdjustmentCreate.as_view(),
        name="adjustment_create",
    ),
    path(
        "adjustments/<int:pk>/remove/", monthly_verbs.AdjustmentRemove.as_view(),
        name="adjustment_remove",
    ),
]  # fmt: skip
