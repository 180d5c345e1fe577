"""Payments from the bank's statement: read, shown with what each row pays, then booked."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agency.common.errors import Refused
from agency.common.views import FormPage
from agency.common.wording import sum_text
from budgets import statement
from budgets.forms.bank import BankForm
from budgets.reports.matching import match, owed
from budgets.services.bank import PARTS_MOST, Chosen, book_rows
from budgets.services.invoice import ISSUE

ZERO = Decimal("0.00")
SPLIT = "split:"


@dataclass
class Part:
    """What stands beside a row: the number of an invoice and how much of the row is its."""

    row: int
    place: int
    number: str = ""
    amount: str = ""

    @property
    def suffix(self):
        return f"{self.row}" if self.place == 1 else f"{self.row}_{self.place}"

    @property
    def name(self):
        return f"pay_{self.suffix}"

    @property
    def sum_name(self):
        return f"sum_{self.suffix}"

    @classmethod
    def typed(cls, post, row, place):
        part = cls(row, place)
        part.number = post.get(part.name, "").strip()[:40]
        part.amount = post.get(part.sum_name, "").strip()[:40]
        return part

    @property
    def typed_amount(self):
        """None where the amount is left to us; Refused for what is none."""
        if not self.amount:
            return None
        amount = statement.amount_of(self.amount)
        if amount is None:
            words = {"row": self.row, "text": self.amount}
            raise Refused(_("Row %(row)s: “%(text)s” is no amount.") % words)
        return amount


class BankImport(FormPage):
    """POST reads and shows; with `do=book` it books the rows that name an invoice, or none.

    `do=split:3` gives row 3 another line: a transfer that pays several invoices.
    """

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

    @cached_property
    def by_number(self):
        return {invoice.number: invoice for invoice in self.invoices}

    @property
    def do(self):
        return self.request.POST.get("do", "")

    def form_valid(self, form):
        try:
            rows = self.rows_read(form)
        except Refused as error:
            form.refuse(error)
            return self.form_invalid(form)
        self.read = match(rows, self.invoices)
        form.data = {"text": "\n".join(row.text for row in rows)}
        if self.do == "book":
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
        rows = [chosen for one in self.read for chosen in self.chosen(one.row)]
        return book_rows(rows=rows, by=self.request.user, at=self.now)

    def chosen(self, row):
        """The parts of a row beside which the number of an invoice stands."""
        parts = [part for part in self.typed(row.number) if part.number]
        if not parts:
            return
        if row.problem:
            words = {"row": row.number, "why": row.problem}
            raise Refused(_("Row %(row)s: %(why)s") % words)
        invoices = [self.invoice_of(part) for part in parts]
        amounts = shared(row, parts, invoices)
        for place, (invoice, amount) in enumerate(zip(invoices, amounts, strict=True), start=1):
            yield Chosen(
                row.number, row.key, row.on, amount, row.reference or row.payer, invoice, place,
                row.amount,
            )  # fmt: skip

    def invoice_of(self, part):
        if part.number not in self.by_number:
            words = {"row": part.row, "number": part.number}
            raise Refused(_("Row %(row)s: no open invoice is numbered %(number)s.") % words)
        return self.by_number[part.number]

    def typed(self, row):
        """The parts of the row as they were typed: one, and as many as it was split into."""
        parts = [Part.typed(self.request.POST, row, place) for place in range(1, PARTS_MOST + 1)]
        return [part for part in parts if part.place == 1 or part.name in self.request.POST]

    def get_done(self):
        count = len(self.result)
        words = ngettext("%(count)s payment is booked.", "%(count)s payments are booked.", count)
        return words % {"count": count}

    def get_context_data(self, **kwargs):
        rows = [(one, self.parts_of(one)) for one in self.read]
        return super().get_context_data(**{"read": rows, "open": self.invoices, **kwargs})

    def parts_of(self, one):
        """The lines beside a row: as typed, one more where asked, else as proposed."""
        row = one.row.number
        if not self.do:
            return proposed(one)
        parts = self.typed(row)
        if self.do == f"{SPLIT}{row}" and len(parts) < PARTS_MOST:
            parts.append(Part(row, len(parts) + 1))
        return parts


def proposed(one):
    """An amount is shown where the row is split."""
    row = one.row.number
    if one.problem or not one.parts:
        return [Part(row, 1)]
    is_split = len(one.parts) > 1
    return [
        Part(row, place, invoice.number, sum_text(amount) if is_split else "")
        for place, (invoice, amount) in enumerate(one.parts, start=1)
    ]


def shared(row, parts, invoices):
    """The amount of each part: as typed, else what is open there, as far as the row goes."""
    typed = [part.typed_amount for part in parts]
    if typed == [None]:
        return [row.amount]
    left = row.amount - sum(amount or ZERO for amount in typed)
    amounts = []
    for invoice, amount in zip(invoices, typed, strict=True):
        if amount is None:
            amount = max(ZERO, min(invoice.open_amount, left))
            left -= amount
        amounts.append(amount)
    return amounts
