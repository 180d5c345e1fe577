from django.urls import path

from jobs.views import timeline as views

urlpatterns = [
    path("<int:pk>/timeline/new/", views.TimelineCreate.as_view(), name="timeline_create"),
    path("timelines/<int:pk>/", views.TimelineDetail.as_view(), name="timeline_detail"),
    path("timelines/<int:pk>/edit/", views.TimelineUpdate.as_view(), name="timeline_update"),
]
