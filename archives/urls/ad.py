from django.urls import path

from archives.views import ad, contribution

urlpatterns = [
    path("ads/", ad.AdWall.as_view(), name="ad_wall"),
    path("ads/new/", ad.AdCreate.as_view(), name="ad_create"),
    path("ads/<int:pk>/", ad.AdDetail.as_view(), name="ad_detail"),
    path("ads/<int:pk>/edit/", ad.AdUpdate.as_view(), name="ad_update"),
    path("ads/<int:pk>/file/", ad.AdFile.as_view(), name="ad_file"),
    path("contribution/", contribution.ContributionPage.as_view(), name="contribution"),
]
