"""Words with the client about money overdue: call, letter, meeting (R87); insert only."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import lock, verb
from archives.kinds import Kind
from archives.services import dispatch
from budgets.models import Dunning, Invoice
from budgets.papers.money import dunning_letter
from budgets.services import dunclock
from budgets.services.filing import file_money
from budgets.years import client_day

RIGHT = "budgets.dun"
WORDS = gettext_noop("Dunning letter")
LETTER = "budgets/mail/dunning.txt"


@verb
def record_dunning(
    *, invoice, kind, on, by, at, promise_on=None, text="", contacts=(), form_key=None
):
    """Note what was said, and until when payment was promised; a letter is printed and sent.

    The clock asks again when the promise is broken. The same form twice notes it once.
    """
    row = lock(invoice)
    behalf = require(by, RIGHT, row.client, at)
    if form_key and (twin := Dunning.objects.filter(form_key=form_key).first()):
        return twin
    contacts = list(contacts)
    today = client_day(row.client, at)
    check_overdue(row, today)
    _check_days(row, on, promise_on, today)
    check = _check_letter if kind == Dunning.Kind.LETTER else _check_talk
    check(row, on, promise_on, text.strip(), contacts, today)
    dunning = Dunning(
        invoice=row, kind=kind, on=on, promise_on=promise_on, text=text.strip(), by=by,
        step=row.dunnings.count() + 1, form_key=form_key, created_by=by, created_at=at,
    )  # fmt: skip
    if kind == Dunning.Kind.LETTER:
        dunning.document = _print(row, dunning.text, by, at)
    dunning.save()
    if dunning.document:
        _send(dunning, contacts, by, at)
    dunclock.schedule(row, at)
    record(
        row, "record_dunning", by=by, at=at, client=row.client, behalf_of=behalf, kind=kind,
        day=f"{on}", promise_on=f"{promise_on or ''}", text=dunning.text,
    )  # fmt: skip
    return dunning


def check_overdue(row, today):
    """Ours, with something open past its day."""
    is_ours = row.issuer == Invoice.Issuer.AGENCY and row.kind != Invoice.Kind.CREDIT
    if not is_ours or row.open_amount <= 0 or row.due_on is None:
        raise Refused(_("Nothing is open on this invoice."))
    if row.due_on >= today:
        raise Refused(_("This invoice is not overdue: it is due on %(day)s.") % {"day": row.due_on})


def _check_days(row, on, promise_on, today):
    if on > today:
        raise Refused(_("This day lies in the future."), "on")
    if on < row.issued_on:
        raise Refused(_("The invoice was not issued yet on this day."), "on")
    if promise_on is not None and promise_on < on:
        raise Refused(_("A promise lies on the day of the talk or after it."), "promise_on")


def _check_talk(_row, _on, _promise_on, text, contacts, _today):
    if not text:
        raise Refused(_("Please write down what was said."), "text")
    if contacts:
        raise Refused(_("Only a letter is sent to contacts."), "contacts")


def _check_letter(row, on, promise_on, _text, contacts, today):
    if not row.in_budget:
        raise Refused(
            _("The media owner owes this, not the client: please call and note it here."), "kind"
        )
    if on != today:
        raise Refused(_("A letter bears the day on which it leaves: today."), "on")
    if promise_on is not None:
        raise Refused(_("A promise is noted with the talk in which it was given."), "promise_on")
    if not contacts:
        raise Refused(_("Please choose who gets the letter."), "contacts")


def _print(row, text, by, at):
    return file_money(
        row.client, kind=Kind.DUNNING, code="DL", words=WORDS, face="client",
        template="budgets/pdf/dunning.html", by=by, at=at,
        data=lambda number: dunning_letter(row, text, number, by, at),
    )  # fmt: skip


def _send(dunning, contacts, by, at):
    invoice = dunning.invoice
    dispatch(
        document=dunning.document, contacts=contacts, key=f"dunning:{dunning.pk}",
        template=LETTER, context={"invoice": invoice, "sender": by}, at=at, by=by,
    )  # fmt: skip
