from django.urls import path

from archives.views import observation as views

urlpatterns = [
    path("observations/", views.ObservationList.as_view(), name="observation_list"),
    path("observations/new/", views.ObservationCreate.as_view(), name="observation_create"),
    path("observations/<int:pk>/", views.ObservationDetail.as_view(), name="observation_detail"),
    path(
        "observations/<int:pk>/edit/", views.ObservationUpdate.as_view(), name="observation_update"
    ),
    path(
        "observations/<int:pk>/remove/",
        views.ObservationRemove.as_view(),
        name="observation_remove",
    ),
]
