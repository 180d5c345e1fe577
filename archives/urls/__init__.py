"""Addresses under /archive/, by noun."""

from archives.urls import document

app_name = "archives"
urlpatterns = [
    *document.urlpatterns,
]
