"""Payments from the bank's statement: read, shown with what each row pays, then booked."""

from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agency.common.errors import Refused
from agency.common.views import FormPage
from budgets import statement
from budgets.forms.bank import BankForm
from budgets.reports.matching import match, owed
from budgets.services.bank import Chosen, book_rows
from budgets.services.invoice import ISSUE


class BankImport(FormPage):
    """POST reads and shows; with `do=book` it books the rows that name an invoice, or none."""

    permission = ISSUE
    template_name = "budgets/invoice_bank.html"
    form_class = BankForm
    page_title = gettext_lazy("Payments from the bank")
    button = gettext_lazy("Read the statement")
    success_url = cancel_url = reverse_lazy("budgets:invoice_list")
    read = ()

    def get_crumbs(self):
        return [(_("Invoices"), reverse("budgets:invoice_list"))]

    @cached_property
    def invoices(self):
        return owed(self.request.user, self.now)

    @property
    def is_booking(self):
        return self.request.POST.get("do") == "book"

    def form_valid(self, form):
        try:
            rows = self.rows_read(form)
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        self.read = match(rows, self.invoices)
        form.data = {"text": "\n".join(row.text for row in rows)}
        if self.is_booking:
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form))

    def rows_read(self, form):
        upload, text = form.cleaned_data["file"], form.cleaned_data["text"]
        if upload:
            return statement.rows_of_file(upload)
        if text.strip():
            return statement.rows_of_text(text)
        raise Refused(_("Please choose a statement."), "file")

    def act(self, form):
        return book_rows(rows=list(self.chosen()), by=self.request.user, at=self.now)

    def chosen(self):
        """Rows with the number of an invoice beside them."""
        by_number = {invoice.number: invoice for invoice in self.invoices}
        for one in self.read:
            number = self.request.POST.get(one.name, "").strip()
            if not number:
                continue
            words = {"row": one.row.number, "number": number[:40]}
            if number not in by_number:
                raise Refused(_("Row %(row)s: no open invoice is numbered %(number)s.") % words)
            if one.row.problem:
                words["why"] = one.row.problem
                raise Refused(_("Row %(row)s: %(why)s") % words)
            row = one.row
            reference = row.reference or row.payer
            yield Chosen(row.number, row.key, row.on, row.amount, reference, by_number[number])

    def get_done(self):
        count = len(self.result)
        words = ngettext("%(count)s payment is booked.", "%(count)s payments are booked.", count)
        return words % {"count": count}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{"read": list(self.shown()), "open": self.invoices, **kwargs}
        )

    def shown(self):
        """(row, the number that stands beside it)."""
        for one in self.read:
            if self.is_booking:
                yield one, self.request.POST.get(one.name, "")
            else:
                is_sure = one.invoice is not None and not one.problem
                yield one, one.invoice.number if is_sure else ""
