from django.urls import path

from jobs.views import check, closing

urlpatterns = [
    path("checks/", check.CheckList.as_view(), name="check_list"),
    path("<int:pk>/checks/new/", check.CheckCreate.as_view(), name="check_create"),
    path("checks/<int:pk>/", check.CheckDetail.as_view(), name="check_detail"),
    path("checks/<int:pk>/judge/", check.CheckJudge.as_view(), name="check_judge"),
    path("checks/<int:pk>/send/", check.CheckSend.as_view(), name="check_send"),
    path("<int:pk>/completion/new/", closing.CompletionCreate.as_view(), name="completion_create"),
    path("<int:pk>/completion/", closing.CompletionDetail.as_view(), name="completion_detail"),
    path("<int:pk>/completion/edit/", closing.CompletionUpdate.as_view(), name="completion_update"),
    path("<int:pk>/completion/ad/", closing.CompletionAd.as_view(), name="completion_ad"),
    path(
        "<int:pk>/completion/submit/", closing.CompletionSubmit.as_view(), name="completion_submit"
    ),
    path(
        "<int:pk>/completion/approve/",
        closing.CompletionApprove.as_view(),
        name="completion_approve",
    ),
    path(
        "<int:pk>/completion/return/", closing.CompletionReturn.as_view(), name="completion_return"
    ),
    path("<int:pk>/rating/", closing.RatingCreate.as_view(), name="rating_create"),
    path("<int:pk>/review/", closing.ReviewCreate.as_view(), name="review_create"),
]
