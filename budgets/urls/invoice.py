from django.urls import path

from budgets.views import bank, invoice, invoice_draft, invoice_money, months

urlpatterns = [
    path("invoices/", invoice.InvoiceList.as_view(), name="invoice_list"),
    path("invoices/<int:pk>/", invoice.InvoiceDetail.as_view(), name="invoice_detail"),
    path(
        "jobs/<int:pk>/invoices/new/", invoice_draft.InvoiceCreate.as_view(), name="invoice_create"
    ),
    path("invoices/<int:pk>/edit/", invoice_draft.InvoiceUpdate.as_view(), name="invoice_update"),
    path("invoices/<int:pk>/check/", invoice_draft.InvoiceCheck.as_view(), name="invoice_check"),
    path("invoices/<int:pk>/issue/", invoice_draft.InvoiceIssue.as_view(), name="invoice_issue"),
    path("invoices/<int:pk>/return/", invoice_draft.InvoiceReturn.as_view(), name="invoice_return"),
    path("invoices/<int:pk>/void/", invoice_draft.InvoiceVoid.as_view(), name="invoice_void"),
    path("invoices/<int:pk>/pay/", invoice_money.InvoicePay.as_view(), name="invoice_pay"),
    path("invoices/<int:pk>/credit/", invoice_money.InvoiceCredit.as_view(), name="invoice_credit"),
    path("invoices/<int:pk>/fapiao/", invoice_money.InvoiceFapiao.as_view(), name="invoice_fapiao"),
    path(
        "payments/<int:pk>/reverse/", invoice_money.PaymentReverse.as_view(), name="payment_reverse"
    ),
    path(
        "jobs/<int:pk>/owner-invoices/new/",
        invoice_money.OwnerInvoiceCreate.as_view(),
        name="owner_invoice_create",
    ),
    path("months/", months.MonthList.as_view(), name="month_list"),
    path("months/close/", months.MonthClose.as_view(), name="month_close"),
    path("months/<int:pk>/reopen/", months.MonthReopen.as_view(), name="month_reopen"),
    path("bank/", bank.BankImport.as_view(), name="bank_import"),
]
