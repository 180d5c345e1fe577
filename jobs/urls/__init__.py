"""Addresses under /jobs/, by noun."""

from jobs.urls import brief, closing, estimate, job, timeline, work

app_name = "jobs"
urlpatterns = [
    *job.urlpatterns,
    *brief.urlpatterns,
    *estimate.urlpatterns,
    *timeline.urlpatterns,
    *work.urlpatterns,
    *closing.urlpatterns,
]
