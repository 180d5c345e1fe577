from django.urls import path

from archives.views import incoming as views

urlpatterns = [
    path("incoming/", views.IncomingList.as_view(), name="incoming_list"),
    path("incoming/new/", views.IncomingCreate.as_view(), name="incoming_create"),
    path("incoming/<int:pk>/discard/", views.IncomingDiscard.as_view(), name="incoming_discard"),
]
