"""Addresses under /archive/, by noun."""

from archives.urls import ad, document, folder, reference, tape

app_name = "archives"
urlpatterns = [
    *document.urlpatterns,
    *folder.urlpatterns,
    *reference.urlpatterns,
    *tape.urlpatterns,
    *ad.urlpatterns,
]
