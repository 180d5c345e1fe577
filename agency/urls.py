"""Addresses. Each app has its own file; the roof has what belongs to no app."""

from django.urls import path

urlpatterns: list[path] = []

handler400 = "agency.views.bad_request"
handler403 = "agency.views.forbidden"
handler404 = "agency.views.not_found"
handler500 = "agency.views.server_error"
