"""Addresses under /jobs/, by noun."""

from jobs.urls import brief, chain, closing, estimate, job, suggestion, timeline, work

app_name = "jobs"
urlpatterns = [
    *job.urlpatterns,
    *brief.urlpatterns,
    *estimate.urlpatterns,
    *chain.urlpatterns,
    *timeline.urlpatterns,
    *work.urlpatterns,
    *closing.urlpatterns,
    *suggestion.urlpatterns,
]
