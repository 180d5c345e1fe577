from django.urls import path

from archives.views import folder

urlpatterns = [
    path("folders/<int:client>/", folder.FolderPage.as_view(), name="folder"),
    path("folders/<int:client>/waive/", folder.FolderWaive.as_view(), name="folder_waive"),
    path("waivers/<int:pk>/end/", folder.WaiverEnd.as_view(), name="waiver_end"),
]
