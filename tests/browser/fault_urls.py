"""The product's addresses, and each page of a fault at an address of its own."""

from django.urls import path

from agency import urls
from agency.common.pages import error_page

FAULTS = (400, 403, 404, 409, 413, 500)
TYPED = [("Agenda item", "Poster " * 40), ("Text", "词" * 300)]


def fault(request, status):
    """The page of a fault with all that it can hold: the typed words and the number."""
    return error_page(status, typed=TYPED if status in (403, 409) else [], number="3F0A9C21")


def fail(request):
    raise RuntimeError("the canary sings")


urlpatterns = [
    path("fault/<int:status>/", fault),
    path("fault/for-real/", fail),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
