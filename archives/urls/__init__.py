"""Addresses under /archive/, by noun."""

from archives.urls import ad, brand, document, folder, letter, reference, tape
from archives.urls import ad, brand, document, folder, incoming, reference, tape

app_name = "archives"
urlpatterns = [
    *brand.urlpatterns,
    *document.urlpatterns,
    *folder.urlpatterns,
    *letter.urlpatterns,
    *incoming.urlpatterns,
    *reference.urlpatterns,
    *tape.urlpatterns,
    *ad.urlpatterns,
]
