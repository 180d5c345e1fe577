from django.urls import path

from archives.views import brainstorm

urlpatterns = [
    path(
        "brands/<int:pk>/brainstorms/new/",
        brainstorm.StormCreate.as_view(),
        name="brainstorm_create",
    ),
    path("brainstorms/<int:pk>/", brainstorm.StormPage.as_view(), name="brainstorm_detail"),
    path("brainstorms/<int:pk>/edit/", brainstorm.StormUpdate.as_view(), name="brainstorm_update"),
    path(
        "brainstorms/<int:pk>/decide/", brainstorm.StormDecide.as_view(), name="brainstorm_decide"
    ),
    path("brainstorms/<int:pk>/file/", brainstorm.StormFile.as_view(), name="brainstorm_record"),
    path(
        "brainstorms/<int:pk>/reopen/", brainstorm.StormReopen.as_view(), name="brainstorm_reopen"
    ),
    path("brainstorms/<int:pk>/ideas/new/", brainstorm.IdeaCreate.as_view(), name="idea_create"),
    path("ideas/<int:pk>/edit/", brainstorm.IdeaUpdate.as_view(), name="idea_update"),
]
