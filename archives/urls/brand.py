from django.urls import path

from archives.views import brand

urlpatterns = [
    path("brands/<int:pk>/", brand.BrandPage.as_view(), name="brand_detail"),
    path(
        "brands/<int:pk>/competitors/new/",
        brand.CompetitorCreate.as_view(),
        name="competitor_create",
    ),
    path("competitors/<int:pk>/edit/", brand.CompetitorUpdate.as_view(), name="competitor_update"),
    path("brands/<int:pk>/strategy/new/", brand.EntryCreate.as_view(), name="strategy_create"),
    path("strategy/<int:pk>/", brand.EntryPage.as_view(), name="strategy_detail"),
    path("strategy/<int:pk>/sign/", brand.EntrySign.as_view(), name="strategy_sign"),
]
