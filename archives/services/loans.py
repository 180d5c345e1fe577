"""A tape is lent and comes back; the clock asks for it when its day is past (R47, 5.4)."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Client
from accounts.models.scope import local_day
from accounts.services.notices import next_morning
from accounts.services.telling import one, posts, tell, words
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import lock, save, verb
from archives.models import Tape, TapeLoan
from archives.papers import client_day
from archives.services.tapes import opened

KIND = "loan_due"
LONGEST = timedelta(days=366)
State = Tape.State


@verb
def lend_tape(*, tape, borrower, due_on, by, at, purpose="", row_version=None):
    """The borrower takes it from the shelf until a day."""
    row, behalf = opened(tape, by, at, row_version, State.IN)
    client, today = row.account, local_day(at)
    if not today <= due_on <= today + LONGEST:
        raise Refused(_("Please give a day from today to a year from now."), "due_on")
    _check_borrower(borrower, client, at)
    loan = TapeLoan.objects.create(
        tape=row, borrower=borrower, purpose=purpose.strip(), out_at=at, due_on=due_on,
        next_notice_at=next_morning(client, due_on), created_by=by, created_at=at,
    )  # fmt: skip
    row.state = State.OUT
    save(row)
    record(
        row, "lend_tape", by=by, at=at, client=client, behalf_of=behalf, borrower=borrower,
        due_on=due_on,
    )  # fmt: skip
    return loan


def _check_borrower(borrower, client, at):
    """What is on a tape is the client's: only who may see the client takes it home."""
    may_see = Client.objects.visible_to(borrower, at).filter(pk=client.pk).exists()
    if not may_see:
        raise Refused(_("This person does not serve the client."), "borrower")


@verb
def return_tape(*, tape, by, at, row_version=None):
    """It is back on the shelf: from its borrower, or found again."""
    row, behalf = opened(tape, by, at, row_version, State.OUT, State.LOST)
    row.state, row.state_reason = State.IN, ""
    save(row)
    row.loans.filter(back_at__isnull=True).update(back_at=at, next_notice_at=None)
    record(row, "return_tape", by=by, at=at, client=row.account, behalf_of=behalf)
    return row


def second_morning(client, due_on):
    """From then on the AE is told, too."""
    first = next_morning(client, due_on)
    return next_morning(client, client_day(client, first))


@verb
def remind_loan(*, loan, at):
    """Past its day: the first morning the borrower, from the second on the AE as well, daily."""
    row = lock(loan)
    client = row.tape.account
    is_over = row.back_at or row.tape.state != State.OUT
    if is_over or row.next_notice_at is None or row.next_notice_at > at:
        return None
    today = client_day(client, at)
    slot = "ae" if at >= second_morning(client, row.due_on) else "borrower"
    _tell(row, client, slot, today, at)
    row.next_notice_at = next_morning(client, today)
    row.save(update_fields=["next_notice_at"])
    return slot


def _tell(row, client, slot, today, at):
    is_upward = slot == "ae"
    people = one(client, row.borrower, at)
    if is_upward:
        people = list(dict.fromkeys([*people, *posts(client, ["ae"], at)]))
    label = words(
        gettext_lazy("To be back since %(due)s: %(tape)s, with %(name)s"),
        due=row.due_on, tape=row.tape, name=row.borrower,
    )  # fmt: skip
    tell(KIND, row, people, label, client=client, at=at, slot=f"d:{today}",
         level="breach" if is_upward else "remind")  # fmt: skip
