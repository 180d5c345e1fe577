from django.urls import path

from archives.views import document, finding, search

urlpatterns = [
    path("", document.DocumentList.as_view(), name="document_list"),
    path("search/", search.SearchPage.as_view(), name="search"),
    path("search/figures/", finding.FindFigures.as_view(), name="find_figures"),
    path("file/", document.DocumentCreate.as_view(), name="document_create"),
    path("mails/", document.HeldMailList.as_view(), name="held_mail_list"),
    path("mails/<int:pk>/arrived/", document.mail_arrived, name="mail_arrived"),
    path("mails/<int:pk>/again/", document.mail_again, name="mail_again"),
    path("mails/<int:pk>/back/", document.mail_back, name="mail_back"),
    path("<int:pk>/", document.DocumentDetail.as_view(), name="document_detail"),
    path("<int:pk>/pdf/", document.document_pdf, name="document_pdf"),
    path("<int:pk>/picture/", document.document_picture, name="document_picture"),
    path("<int:pk>/version/", document.DocumentVersion.as_view(), name="document_version"),
    path("<int:pk>/play/", document.document_play, name="document_play"),
    path("<int:pk>/void/", document.DocumentVoid.as_view(), name="document_void"),
]
