from django.urls import path

from archives import views

app_name = "archives"
urlpatterns = [
    path("", views.DocumentList.as_view(), name="document_list"),
    path("file/", views.DocumentCreate.as_view(), name="document_create"),
    path("mails/", views.HeldMailList.as_view(), name="held_mail_list"),
    path("mails/<int:pk>/arrived/", views.mail_arrived, name="mail_arrived"),
    path("mails/<int:pk>/again/", views.mail_again, name="mail_again"),
    path("mails/<int:pk>/back/", views.mail_back, name="mail_back"),
    path("<int:pk>/", views.DocumentDetail.as_view(), name="document_detail"),
    path("<int:pk>/pdf/", views.document_pdf, name="document_pdf"),
    path("<int:pk>/void/", views.DocumentVoid.as_view(), name="document_void"),
]
