from django.urls import path

from jobs.views import estimate, figures, lines, paste, suppliers

urlpatterns = [
    path("<int:pk>/estimate/new/", estimate.EstimateCreate.as_view(), name="estimate_create"),
    path("estimates/<int:pk>/edit/", estimate.EstimateUpdate.as_view(), name="estimate_update"),
    path("estimates/<int:pk>/head/", estimate.EstimateHead.as_view(), name="estimate_head"),
    path(
        "estimates/<int:pk>/charged/", estimate.EstimateCharged.as_view(), name="estimate_charged"
    ),
    path("estimates/<int:pk>/brief/", estimate.EstimateBrief.as_view(), name="estimate_brief"),
    path("estimates/<int:pk>/drop/", estimate.EstimateDelete.as_view(), name="estimate_delete"),
    path("estimates/<int:pk>/paste/", paste.EstimatePaste.as_view(), name="estimate_paste"),
    path("estimates/<int:pk>/sheet/", estimate.EstimateSheet.as_view(), name="estimate_sheet"),
    path(
        "estimates/<int:pk>/compare/", estimate.EstimateCompare.as_view(), name="estimate_compare"
    ),
    path("estimates/<int:pk>/lines/new/", lines.LineCreate.as_view(), name="line_create"),
    path("lines/<int:pk>/", lines.LineUpdate.as_view(), name="line_save"),
    path("lines/<int:pk>/drop/", lines.LineDelete.as_view(), name="line_delete"),
    path("lines/<int:pk>/move/", lines.LineMove.as_view(), name="line_move"),
    path("lines/<int:pk>/quotes/", lines.LineQuotes.as_view(), name="line_quotes"),
    path("suppliers/", suppliers.SupplierList.as_view(), name="supplier_list"),
    path("suppliers/new/", suppliers.SupplierCreate.as_view(), name="supplier_create"),
    path("suppliers/<int:pk>/edit/", suppliers.SupplierUpdate.as_view(), name="supplier_update"),
    path("estimates/", figures.EstimateList.as_view(), name="estimate_list"),
    path("figures/", figures.Figures.as_view(), name="figures"),
    path("figures/steps/", figures.StepList.as_view(), name="step_list"),
]
