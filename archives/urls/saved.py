from django.urls import path

from archives.views import look, saved

urlpatterns = [
    path("search/kept/", saved.SavedList.as_view(), name="saved_list"),
    path("search/keep/", saved.saved_create, name="saved_create"),
    path("search/kept/<int:pk>/", saved.saved_open, name="saved_open"),
    path("search/kept/<int:pk>/tell/", saved.saved_tell, name="saved_tell"),
    path("search/kept/<int:pk>/forget/", saved.saved_forget, name="saved_forget"),
    path("<int:pk>/look/", look.Look.as_view(), name="look"),
]
