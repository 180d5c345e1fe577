"""The last look at an invoice before it leaves the house: by another person, added again (R71)."""

import hashlib
import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import Contract, User
from accounts.services.telling import one, stamp, tell, words
from agency.common.errors import Refused
from agency.common.texts import check_reason
from agency.common.verbs import save, verb
from budgets.models import Invoice
from budgets.services.invoice import RIGHT as DRAFTS
from budgets.services.invoice import open_invoice, record_on
from budgets.services.invoice_sources import language_of
from budgets.years import client_day
from jobs.items import items_of
from jobs.models import OutgoingCheck
from jobs.services.check import passed

RIGHT = "budgets.check_invoice"
State = Invoice.State
FROZEN = ("kind", "currency", "month", "net", "vat", "total", "po_number", "note_client")
FROZEN_LINE = ("position", "text", "quantity", "unit_price", "net", "vat_rate")


@verb
def check_invoice(*, invoice, control_total, by, at, row_version=None):
    """Another account person has read it and added it up: the sum typed is the total (3.9)."""
    row, behalf = open_invoice(invoice, RIGHT, by, at, row_version, State.DRAFT)
    _check_person(row, by, behalf)
    _check_whole(row, at)
    if control_total != row.total:
        raise Refused(_("Your own addition does not give the total of the paper."), "control_total")
    row.checked_by, row.checked_at, row.control_total = by, at, control_total
    row.state, row.reason = State.CHECKED, ""
    save(row)
    _pass_check(row, by, at)
    label = words(gettext_lazy("Checked, to be issued: %(title)s"), title=row.job.title)
    tell("step_waiting", row, finance(), label, client=row.client, at=at,
         slot=f"issue:{stamp(at)}")  # fmt: skip
    record_on(row, "check_invoice", by, at, behalf, total=row.total)
    return row


@verb
def return_invoice(*, invoice, by, at, reason="", row_version=None):
    """Back to draft: its author takes it back; anybody else sends it back and says why (3.9)."""
    row, behalf = open_invoice(invoice, DRAFTS, by, at, row_version, State.CHECKED)
    is_own, checker = by.pk == row.author_id, row.checked_by
    row.reason = "" if is_own and not reason.strip() else check_reason(reason)
    row.checked_by = row.checked_at = row.control_total = None
    row.state = State.DRAFT
    save(row)
    _tell_returned(row, checker if is_own else row.author, by, at)
    done = "withdraw_invoice" if is_own else "return_invoice"
    record_on(row, done, by, at, behalf, reason=row.reason)
    return row


def _tell_returned(row, user, by, at):
    label = words(
        gettext_lazy("Back in draft by %(name)s: %(title)s. %(reason)s"), name=by,
        title=row.job.title, reason=row.reason,
    )  # fmt: skip
    people = one(row.client, user, at)
    tell("returned", row, people, label, client=row.client, at=at, slot=stamp(at))


def finance():
    """Everybody in finance: they serve all clients (4.1)."""
    return list(User.objects.active().filter(role=User.Role.FINANCE))


def _check_person(row, by, behalf):
    authors = {row.author_id, *row.editors.values_list("pk", flat=True)}
    if by.pk in authors or (behalf and behalf.pk in authors):
        raise Refused(_("Who wrote the invoice does not check it: somebody else looks at it."))


def _check_whole(row, at):
    if not row.lines.exists() or row.total <= 0:
        raise Refused(_("There is nothing on this invoice yet."))
    if wants_po(row, at) and not row.po_number:
        raise Refused(
            _("The contract wants a PO number: please add it to the draft."), "control_total"
        )


def wants_po(row, at):
    """Whether the contract in force asks for a purchase order's number on each invoice."""
    contract = row.contract or _contract_of(row, at)
    return contract is not None and contract.po_required and row.in_budget


def _contract_of(row, at):
    day = client_day(row.client, at)
    return Contract.objects.filter(client=row.client_id).covering(day).first()


def frozen_sha256(row):
    """SHA-256 of what the paper will say, as sorted-key JSON."""
    data = {name: f"{getattr(row, name)}" for name in FROZEN}
    data["id"] = row.pk
    data["lines"] = [
        {name: f"{getattr(line, name)}" for name in FROZEN_LINE} for line in row.lines.all()
    ]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def check_untouched(row):
    """What leaves is exactly what was checked."""
    if not passed(frozen_sha256(row), row.client):
        raise Refused(_("These figures have no passed check: they do not leave the house."))


def _pass_check(row, by, at):
    """A draft that came back and was left as it is has passed already: once a paper."""
    if passed(frozen_sha256(row), row.client):
        return
    with override(language_of(row.client)):
        title = f"{row.get_kind_display()} {row.job.title}"[:200]
    OutgoingCheck.objects.create(
        client=row.client, job=row.job, subject_type=row._meta.label_lower, subject_id=row.pk,
        sha256=frozen_sha256(row), title=title,
        kind=OutgoingCheck.Kind.INVOICE, state=OutgoingCheck.State.PASSED, author=row.author,
        checker=by, expected_total=row.total, control_total=row.control_total, is_clean=True,
        checked_at=at, created_by=by, created_at=at,
        items={key: "yes" for key, _words in items_of("invoice")},
    )  # fmt: skip
