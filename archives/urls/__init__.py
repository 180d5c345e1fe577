"""Addresses under /archive/, by noun."""

from archives.urls import document, tape

app_name = "archives"
urlpatterns = [
    *document.urlpatterns,
    *tape.urlpatterns,
]
