"""Addresses under /archive/, by noun."""

from archives.urls import (
    ad,
    brainstorm,
    brand,
    document,
    folder,
    incoming,
    letter,
    observation,
    quarterly,
    reference,
    saved,
    tape,
)

app_name = "archives"
urlpatterns = [
    *brainstorm.urlpatterns,
    *brand.urlpatterns,
    *document.urlpatterns,
    *folder.urlpatterns,
    *letter.urlpatterns,
    *incoming.urlpatterns,
    *reference.urlpatterns,
    *saved.urlpatterns,
    *tape.urlpatterns,
    *ad.urlpatterns,
    *observation.urlpatterns,
    *quarterly.urlpatterns,
]
