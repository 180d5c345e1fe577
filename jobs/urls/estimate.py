from django.urls import path

from jobs.views import figures

urlpatterns = [
    path("estimates/", figures.EstimateList.as_view(), name="estimate_list"),
    path("figures/", figures.Figures.as_view(), name="figures"),
]
