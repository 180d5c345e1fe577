from django.urls import path

from archives.views import reference

urlpatterns = [
    path("reference/", reference.ReferenceList.as_view(), name="reference_list"),
    path("reference/new/", reference.ReferenceCreate.as_view(), name="reference_create"),
]
