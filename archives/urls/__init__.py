"""Addresses under /archive/, by noun."""

from archives.urls import ad, brand, document, folder, letter, reference, tape

app_name = "archives"
urlpatterns = [
    *brand.urlpatterns,
    *document.urlpatterns,
    *folder.urlpatterns,
    *letter.urlpatterns,
    *reference.urlpatterns,
    *tape.urlpatterns,
    *ad.urlpatterns,
]
