from django.urls import path

from archives.views import folder, pack

urlpatterns = [
    path("folders/<int:client>/", folder.FolderPage.as_view(), name="folder"),
    path("folders/<int:client>/waive/", folder.FolderWaive.as_view(), name="folder_waive"),
    path("folders/<int:client>/zip/", pack.FolderZip.as_view(), name="folder_zip"),
    path("packs/<int:pk>/", pack.PackFile.as_view(), name="pack_file"),
    path("<int:pk>/keep/", folder.PaperKeep.as_view(), name="document_keep"),
    path("waivers/<int:pk>/end/", folder.WaiverEnd.as_view(), name="waiver_end"),
]
