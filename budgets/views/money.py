"""Receivables by age with what was said about them, the word with the client, the statement."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Client
from accounts.permissions import Rights
from accounts.views.about import ClientFormPage, ClientVerbView, crumbs_of
from agency.common.charts import Chart, Point
from agency.common.tables import Column
from agency.common.wording import money_text
from budgets.forms.money import DunningForm, ReceivablesFilter, StatementForm
from budgets.models import Invoice
from budgets.papers.money import owed_by_client, promises_of
from budgets.reports.ageing import BUCKETS, ageing, ageing_on, by_currency, owed_url
from budgets.services.dunning import record_dunning
from budgets.services.statement import issue_statement
from budgets.views.money_base import MoneyPage

DUN = "budgets.dun"
COLUMNS = [
    Column(_("Client"), "invoice.client"),
    Column(_("Invoice"), "invoice.number"),
    Column(_("Job"), "invoice.job"),
    Column(pgettext_lazy("invoice", "Issued"), "invoice.issued_on", "date"),
    Column(_("Due"), "invoice.due_on", "date"),
    Column(_("Days overdue"), lambda row: max(row.days, 0), "number"),
    Column(_("Age"), "bucket_label"),
    Column(_("Currency"), "invoice.currency"),
    Column(_("Total with VAT"), "invoice.total", "money"),
    Column(pgettext_lazy("money", "Open"), "amount", "money"),
]


class Receivables(MoneyPage):
    """Who owes what for how long: sums by age, a bar each, and the invoices behind them."""

    template_name = "budgets/receivables.html"
    permission = "budgets.view_receivables"
    page_title = _("Receivables")
    filter_form = ReceivablesFilter
    sheet_name = "receivables"
    sheet_columns = COLUMNS

    @cached_property
    def rows(self):
        if day := self.wanted.get("day"):
            return ageing_on(day, self.clients)
        return ageing(self.now, self.clients)

    @cached_property
    def owed(self):
        """The invoices, of the age that was chosen; the oldest first."""
        bucket = self.wanted.get("bucket")
        found = [one for row in self.rows for one in row.owed if bucket in (None, one.bucket)]
        return sorted(found, key=lambda one: (-one.days, one.invoice.pk))

    def sheet_rows(self):
        return self.owed

    def get_context_data(self, **kwargs):
        rights, promises = Rights(self.request.user, self.now), promises_of(self.owed)
        may_dun = {row.client.pk: rights.can(DUN, row.client) for row in self.rows}
        sums = by_currency(self.rows)
        return super().get_context_data(
            day=self.wanted.get("day") or timezone.localdate(self.now),
            heads=[(name, label) for name, (label, _last) in BUCKETS.items()],
            rows=[(row, self.cells(row, row.client), may_dun[row.client.pk]) for row in self.rows],
            sums=[(row, self.cells(row), self.chart(row)) for row in sums],
            owed=[
                (one, promises.get(one.invoice.pk), may_dun[one.invoice.client_id])
                for one in self.owed
            ],
            **kwargs,
        )

    def cells(self, row, client=None):
        """[(amount, address of its list, is it overdue)] of a row's buckets."""
        return [
            (amount, self.to(name, row.currency, client), name != "not_due")
            for name, amount in row.buckets.items()
        ]

    def to(self, bucket, currency, client=None):
        known = {name: self.request.GET.get(name, "") for name in ("group", "client", "day")}
        if client is not None:
            known["client"] = client.pk
        return owed_url(currency, bucket, **known)

    def chart(self, row):
        points = [
            Point(
                BUCKETS[name][0], max(amount, 0), money_text(amount, row.currency),
                self.to(name, row.currency), is_under=name in ("to_60", "to_90", "over_90"),
            )
            for name, amount in row.buckets.items()
        ]  # fmt: skip
        return Chart(
            _("Open by age, %(currency)s") % {"currency": row.currency}, points,
            label_head=_("Age"), value_head=pgettext_lazy("money", "Open"),
        )  # fmt: skip


class FromReceivables:
    """Mixin, put first: pages that lead back to what the client owes."""

    def get_cancel_url(self):
        return f"{reverse('budgets:receivables')}?client={self.client.pk}"

    def get_crumbs(self):
        return crumbs_of(self.client, _("Receivables"), reverse("budgets:receivables"))


class DunningCreate(FromReceivables, ClientFormPage):
    """Note a call or a meeting, or send a letter, about one overdue invoice."""

    template_name = "budgets/dunning_form.html"
    permission = DUN
    form_class = DunningForm
    page_title = _("Reminder of payment")
    button = _("Record")
    done = _("Recorded.")

    def rows(self):
        rows = Invoice.objects.visible_to(self.request.user).out()
        return rows.select_related("client__group__head", "job")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "client": self.client}

    def act(self, form):
        return record_dunning(
            invoice=self.object, by=self.request.user, at=self.now, **form.cleaned_data
        )

    def get_success_url(self):
        return self.get_cancel_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            said=self.object.dunnings.select_related("by", "document"),
            **kwargs,
        )


class StatementIssue(FromReceivables, ClientVerbView):
    """File the client's statement of today, and send it to those chosen."""

    template_name = "budgets/statement_issue.html"
    permission = DUN
    form_class = StatementForm
    page_title = _("Issue a receivables statement")
    button = _("Issue")
    done = _("The statement is filed.")

    def rows(self):
        return Client.objects.visible_to(self.request.user).select_related("group__head")

    def client_of(self, row):
        return row

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "client": self.client}

    def act(self, form):
        return issue_statement(
            client=self.client, by=self.request.user, at=self.now, **form.cleaned_data
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(parts=owed_by_client(self.client, self.now), **kwargs)
