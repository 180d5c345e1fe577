from django.urls import path

from archives.views import quarterly, quarterly_verbs

urlpatterns = [
    path("quarterly/", quarterly.QuarterlyList.as_view(), name="quarterly_list"),
    path(
        "clients/<int:pk>/quarterly/new/",
        quarterly_verbs.QuarterlyCreate.as_view(),
        name="quarterly_create",
    ),
    path("quarterly/<int:pk>/", quarterly.QuarterlyDetail.as_view(), name="quarterly_detail"),
    path("quarterly/<int:pk>/pdf/", quarterly.QuarterlyPdf.as_view(), name="quarterly_pdf"),
    path("quarterly/<int:pk>/edit/", quarterly.QuarterlyUpdate.as_view(), name="quarterly_update"),
    *(
        path(f"quarterly/<int:pk>/{name}/", view.as_view(), name=f"quarterly_{name}")
        for name, view in quarterly_verbs.VERBS.items()
    ),
]
