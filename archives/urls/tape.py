from django.urls import path

from archives.views import tape

urlpatterns = [
    path("tapes/", tape.TapeList.as_view(), name="tape_list"),
    path("tapes/new/", tape.TapeCreate.as_view(), name="tape_create"),
    path("tapes/<int:pk>/", tape.TapeDetail.as_view(), name="tape_detail"),
    path("tapes/<int:pk>/edit/", tape.TapeUpdate.as_view(), name="tape_update"),
    path("tapes/<int:pk>/lend/", tape.TapeLend.as_view(), name="tape_lend"),
    path("tapes/<int:pk>/back/", tape.TapeBack.as_view(), name="tape_back"),
    path("tapes/<int:pk>/lost/", tape.TapeLost.as_view(), name="tape_lost"),
    path("tapes/<int:pk>/discard/", tape.TapeDiscard.as_view(), name="tape_discard"),
    path("tapes/<int:pk>/sheet/", tape.TapeSheet.as_view(), name="tape_sheet"),
]
