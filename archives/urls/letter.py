from django.urls import path

from archives.views import letter

urlpatterns = [
    path("letters/", letter.LetterList.as_view(), name="letter_list"),
    path("letters/fax/", letter.LetterCreate.as_view(kind="fax"), name="fax_create"),
    path("letters/memo/", letter.LetterCreate.as_view(kind="memo"), name="memo_create"),
    path("letters/<int:pk>/", letter.LetterDetail.as_view(), name="letter_detail"),
    path("letters/<int:pk>/pdf/", letter.LetterPdf.as_view(), name="letter_pdf"),
    path("letters/<int:pk>/edit/", letter.LetterUpdate.as_view(), name="letter_update"),
    path("letters/<int:pk>/issue/", letter.LetterIssue.as_view(), name="letter_issue"),
    path("letters/<int:pk>/sent/", letter.LetterSent.as_view(), name="letter_sent"),
    path("letters/<int:pk>/discard/", letter.LetterDiscard.as_view(), name="letter_discard"),
]
