from django.urls import path

from jobs.views import job as views
from jobs.views import job_verbs as verbs
from jobs.views.job_page import JobDetail

urlpatterns = [
    path("", views.JobList.as_view(), name="job_list"),
    path("board/", views.JobBoard.as_view(), name="job_board"),
    path("new/", views.JobCreate.as_view(), name="job_create"),
    path("<int:pk>/", JobDetail.as_view(), name="job_detail"),
    path("<int:pk>/edit/", views.JobUpdate.as_view(), name="job_update"),
    path("<int:pk>/approve/", verbs.JobApprove.as_view(), name="job_approve"),
    path("<int:pk>/reject/", verbs.JobReject.as_view(), name="job_reject"),
    path("<int:pk>/deliver/", verbs.JobDeliver.as_view(), name="job_deliver"),
    path("<int:pk>/reopen/", verbs.JobReopen.as_view(), name="job_reopen"),
    path("<int:pk>/unclose/", verbs.JobUnclose.as_view(), name="job_unclose"),
    path("<int:pk>/cancel/", verbs.JobCancel.as_view(), name="job_cancel"),
    path("<int:pk>/archive/", verbs.JobArchive.as_view(), name="job_archive"),
    path("<int:pk>/bring-back/", verbs.JobBringBack.as_view(), name="job_bring_back"),
    path("<int:pk>/sheet/", verbs.JobSheet.as_view(), name="job_sheet"),
    path("<int:pk>/waive/", verbs.PaperWaive.as_view(), name="paper_waive"),
]
