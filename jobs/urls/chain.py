from django.urls import path

from jobs.views import chain, signing

HERE = "estimates/<int:pk>"

urlpatterns = [
    path(f"{HERE}/", chain.EstimateDetail.as_view(), name="estimate_detail"),
    path(f"{HERE}/face/", chain.EstimateFace.as_view(), name="estimate_face"),
    path(f"{HERE}/pdf/", chain.EstimatePdf.as_view(), name="estimate_pdf"),
    path(f"{HERE}/submit/", chain.EstimateSubmit.as_view(), name="estimate_submit"),
    path(f"{HERE}/approve/", chain.EstimateApprove.as_view(), name="estimate_approve"),
    path(f"{HERE}/refuse/", chain.EstimateRefuse.as_view(), name="estimate_refuse"),
    path(f"{HERE}/withdraw/", chain.EstimateWithdraw.as_view(), name="estimate_withdraw"),
    path(f"{HERE}/send/", signing.EstimateSend.as_view(), name="estimate_send"),
    path(f"{HERE}/renew/", signing.EstimateRenew.as_view(), name="estimate_renew"),
    path(f"{HERE}/costs/", signing.EstimateCosts.as_view(), name="estimate_costs"),
    path(f"{HERE}/signature/", signing.SignatureRecord.as_view(), name="signature_record"),
    path(f"{HERE}/confirm/", signing.SignatureConfirm.as_view(), name="signature_confirm"),
    path(f"{HERE}/revise/", signing.EstimateRevise.as_view(), name="estimate_revise"),
    path(f"{HERE}/anew/", signing.EstimateAnew.as_view(), name="estimate_anew"),
    path(f"{HERE}/change/", signing.ChangeOrderCreate.as_view(), name="change_order_create"),
]
