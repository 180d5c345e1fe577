"""Addresses under /archive/, by noun."""

from archives.urls import ad, document, tape

app_name = "archives"
urlpatterns = [
    *document.urlpatterns,
    *tape.urlpatterns,
    *ad.urlpatterns,
]
