"""Addresses of the weekly status report."""

from django.urls import path

from meetings.views import status, status_edit, status_figures, status_lines, status_verbs

STATUS = [
    path("status/", status.StatusList.as_view(), name="status_list"),
    path("status/figures/", status_figures.StatusFigures.as_view(), name="status_figures"),
    path(
        "clients/<int:pk>/status/new/", status_verbs.StatusCreate.as_view(), name="status_create"
    ),
    path("status/<int:pk>/", status.StatusDetail.as_view(), name="status_detail"),
    path("status/<int:pk>/pdf/", status.StatusPdf.as_view(), name="status_pdf"),
    path("status/<int:pk>/preview/", status.StatusPreview.as_view(), name="status_preview"),
    path("status/<int:pk>/edit/", status_edit.StatusUpdate.as_view(), name="status_update"),
    path("status/<int:pk>/day/", status_edit.StatusDay.as_view(), name="status_day"),
    path(
        "status/<int:pk>/lines/new/", status_lines.StatusLineCreate.as_view(),
        name="status_line_create",
    ),
    path(
        "status/lines/<int:pk>/remove/", status_lines.StatusLineRemove.as_view(),
        name="status_line_remove",
    ),
    path(
        "status/<int:pk>/empty/<slug:section>/", status_lines.StatusEmpty.as_view(),
        name="status_empty",
    ),
    path("status/<int:pk>/submit/", status_verbs.StatusSubmit.as_view(), name="status_submit"),
    path("status/<int:pk>/return/", status_verbs.StatusReturn.as_view(), name="status_return"),
    path("status/<int:pk>/sign/", status_verbs.StatusSign.as_view(), name="status_sign"),
    path("status/<int:pk>/send/", status_verbs.StatusSend.as_view(), name="status_send"),
    path("status/<int:pk>/reissue/", status_verbs.StatusReissue.as_view(), name="status_reissue"),
]  # fmt: skip
