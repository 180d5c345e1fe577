"""Addresses under /archive/, by noun."""

from archives.urls import ad, document, folder, tape

app_name = "archives"
urlpatterns = [
    *document.urlpatterns,
    *folder.urlpatterns,
    *tape.urlpatterns,
    *ad.urlpatterns,
]
