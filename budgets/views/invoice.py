"""Invoices: the list, the page of one, its paper."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Contact
from accounts.views.about import crumbs_of
from agency.common.views import Column, ListPage
from agency.common.wording import state_tone
from budgets.forms.invoice import InvoiceFilter
from budgets.models import Invoice
from budgets.services.dunning import RIGHT as DUN
from budgets.services.invoice import BILLABLE, ISSUE, RIGHT
from budgets.services.invoice_check import RIGHT as CHECK
from budgets.services.invoice_credit import CREDITED
from budgets.years import client_day
from jobs.views.base import JobPlainPage

State, Kind, Issuer = Invoice.State, Invoice.Kind, Invoice.Issuer


class InvoiceList(ListPage):
    """All invoices one may see; filters by client, kind, state, fiscal year."""

    permission = "budgets.view_money"
    template_name = "budgets/list.html"
    page_title = gettext_lazy("Invoices")
    sheet_name = "invoices"
    filter_form = InvoiceFilter
    sorts = {
        "number": ("number", "pk"),
        "issued": ("issued_on", "pk"),
        "due": ("due_on", "pk"),
        "total": ("total", "pk"),
    }
    default_sort = "-issued"
    empty_title = gettext_lazy("No invoices yet")
    empty_text = gettext_lazy("They are drafted on the page of a job, from what is signed.")

    def get_columns(self):
        return [
            Column(_("Number"), str, "code", url=True, sort="number"),
            Column(_("Kind"), "get_kind_display"),
            Column(_("Job"), "job"),
            Column(_("Client"), "client", "short"),
            Column(_("State"), self.state_of, "badge", tone=self.tone_of),
            Column(pgettext("invoice", "Issued"), "issued_on", "date", sort="issued"),
            Column(_("Due"), "due_on", "date", sort="due"),
            Column(_("Currency"), "currency"),
            Column(_("Net"), "net", "money"),
            Column(_("Total with VAT"), "total", "money", sort="total"),
            Column(pgettext("money", "Open"), "open_amount", "money"),
        ]

    @cached_property
    def today(self):
        return timezone.localdate(self.now)

    def state_of(self, row):
        return _("Overdue") if row.is_overdue(self.today) else row.get_state_display()

    def tone_of(self, row):
        return "red" if row.is_overdue(self.today) else state_tone(row)

    def rows(self):
        rows = Invoice.objects.visible_to(self.request.user)
        return rows.select_related("client", "job")

    def narrow(self, rows, client=None, kind="", state="", year=None, job=None):
        if client is not None:
            rows = rows.filter(client=client)
        if kind:
            rows = rows.filter(kind=kind)
        if year is not None:
            rows = rows.filter(budget_year=year)
        if job is not None:
            rows = rows.filter(job=job)
        if state == "overdue":
            return rows.overdue(self.today)
        return rows.receivable() if state == "open" else rows.filter(state=state) if state else rows

    def get_filter_kwargs(self):
        return {"user": self.request.user}

    def get_acts(self):
        if not self.request.user.has_perm(ISSUE):
            return []
        return [
            (_("Payments from the bank"), reverse("budgets:bank_import")),
            (_("Closed months"), reverse("budgets:month_list")),
        ]


class InvoiceRows:
    """Mixin, put first: pages about one invoice in one of `states`."""

    permission = "budgets.view_money"
    states = State.values
    beside = (
        "client__group", "job__brand", "job__ae", "author", "checked_by", "issued_by",
        "document", "credits", "estimate", "plan", "contract", "supplier",
    )  # fmt: skip

    def rows(self):
        rows = Invoice.objects.visible_to(self.request.user).filter(state__in=self.states)
        return rows.select_related(*self.beside)

    @property
    def invoice(self):
        return self.object

    def get_crumbs(self):
        crumbs = crumbs_of(self.client, _("Invoices"), reverse("budgets:invoice_list"))
        return [*crumbs, (str(self.invoice), self.invoice.get_absolute_url())]

    def get_success_url(self):
        return self.invoice.get_absolute_url()

    def get_cancel_url(self):
        return self.invoice.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"invoice": self.invoice, **kwargs})


class InvoiceDetail(InvoiceRows, JobPlainPage):
    """One invoice: where it stands, lines, sums, payments, credit notes, its papers."""

    template_name = "budgets/invoice_detail.html"

    def get_page_title(self):
        return self.invoice.get_kind_display()

    def get_crumbs(self):
        return super().get_crumbs()[:-1]

    def get_context_data(self, **kwargs):
        row = self.invoice
        today = client_day(self.client, self.now)
        reversed_by = {payment.reverses_id for payment in row.payments.all() if payment.reverses_id}
        extra = {
            "lines": row.lines.select_related("estimate_line__estimate", "media_line"),
            "payments": row.payments.select_related("entered_by"),
            "reversed": reversed_by,
            "notes": row.credit_notes.select_related("issued_by"),
            "is_late": row.is_overdue(today),
            "today": today,
            "may": self.acts(),
            "sees_cost": self.may("budgets.view_margin") or self.may("jobs.edit_estimate"),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def acts(self):
        """{act: whether the page offers it}; the verb asks again."""
        row, user = self.invoice, self.request.user
        finance, drafts = self.may(ISSUE), self.may(RIGHT)
        is_open = row.state in (State.DRAFT, State.CHECKED)
        ours = row.issuer == Issuer.AGENCY and row.kind != Kind.CREDIT
        return {
            "edit": row.is_draft and drafts,
            "check": row.is_draft and row.author_id != user.pk and self.may(CHECK),
            "return": row.state == State.CHECKED and drafts,
            "issue": row.state == State.CHECKED and finance,
            "void": is_open and drafts and (finance or row.author_id == user.pk),
            "pay": ours and finance and row.state in Invoice.OWED and row.open_amount > 0,
            "credit": row.kind != Kind.CREDIT and finance and row.state in CREDITED,
            "fapiao": finance and row.state in Invoice.OUT,
            "reverse": finance,
            "dun": ours and row.is_overdue(client_day(self.client, self.now)) and self.may(DUN),
        }


def contacts_of(client):
    """Whom an invoice can be mailed to: who gets the budget, then who is a key contact."""
    return Contact.objects.filter(client=client).reachable()


def chosen_contacts(client):
    rows = contacts_of(client)
    first = rows.filter(gets_budget=True)
    return first if first.exists() else rows.filter(Q(is_key=True))


def may_bill(job):
    return bool(job.number) and job.state in BILLABLE
