from django.urls import path

from budgets.views import client_year, dashboard, figure_sum

urlpatterns = [
    path("", dashboard.Dashboard.as_view(), name="dashboard"),
    path("figures/", figure_sum.FigureSum.as_view(), name="figure_sum"),
    path("clients/<int:pk>/<int:year>/", client_year.ClientYearPage.as_view(), name="client_year"),
    path(
        "clients/<int:pk>/<int:year>/<slug:column>/",
        client_year.FigureList.as_view(),
        name="figure_list",
    ),
]
