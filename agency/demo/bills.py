"""Bills that a visitor must find besides those of the worked year (domain.md section 11)."""

from contextlib import suppress

from agency.common.errors import Refused
from agency.demo.desk import Desk, ago
from budgets.models import Dunning
from budgets.services.dunning import record_dunning
from budgets.services.invoice_check import check_invoice
from jobs.models import Job

Kind = Dunning.Kind


def all_bills(stage):
    return [fails_control_total(stage)]


def reminded(work, invoice):
    """Overdue 97 days today: paid was promised twice, and twice it was not; then a letter."""
    for days, until, text in (
        (80, 66, "何女士说付款单已提交，两周内到账。"),
        (58, 40, "对方换了付款系统，答应月内补付。"),
    ):
        yield ago(work.stage, days)
        record_dunning(
            invoice=invoice, kind=Kind.CALL, on=work.day(0), promise_on=work.day(days - until),
            text=text, **work.who("am"),
        )  # fmt: skip
    yield ago(work.stage, 30)
    contact = work.client.contacts.get(name="何嘉宁")
    record_dunning(
        invoice=invoice, kind=Kind.LETTER, on=work.day(0), contacts=[contact],
        text="两次承诺均未兑现，请于十日内付款。", **work.who("finance1"),
    )  # fmt: skip


def fails_control_total(stage):
    """LM: whoever checks the draft adds it up to another sum, so it stays a draft."""
    yield ago(stage, 2)
    work = Desk(stage, "LM", job=Job.objects.get(client__code="LM", title="冬季礼盒上市海报"))
    [draft] = work.draft()
    yield ago(stage, 1)
    with suppress(Refused):
        check_invoice(invoice=draft, control_total=draft.net, **work.who("am"))
