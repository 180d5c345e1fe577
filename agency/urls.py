"""Addresses. Each app has its own file; the roof has what belongs to no app."""

from django.urls import path

urlpatterns: list[path] = []
