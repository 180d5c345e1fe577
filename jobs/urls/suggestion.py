from django.urls import path

from jobs.views import suggestion

urlpatterns = [
    path("suggestions/", suggestion.SuggestionList.as_view(), name="suggestion_list"),
    path("suggestions/new/", suggestion.SuggestionCreate.as_view(), name="suggestion_create"),
    path("suggestions/<int:pk>/", suggestion.SuggestionDetail.as_view(), name="suggestion_detail"),
    path(
        "suggestions/<int:pk>/edit/",
        suggestion.SuggestionUpdate.as_view(),
        name="suggestion_update",
    ),
    path(
        "suggestions/<int:pk>/propose/",
        suggestion.SuggestionPropose.as_view(),
        name="suggestion_propose",
    ),
    path(
        "suggestions/<int:pk>/decide/",
        suggestion.SuggestionDecide.as_view(),
        name="suggestion_decide",
    ),
    path("suggestions/<int:pk>/job/", suggestion.SuggestionJob.as_view(), name="suggestion_job"),
]
