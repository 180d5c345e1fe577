"""What moves with a person: the tapes he has borrowed (R92). Papers belong to clients."""

from agency.common.services.record import record
from agency.common.verbs import verb
from archives.models import TapeLoan


def _loans(user):
    return TapeLoan.objects.running().filter(borrower=user).with_tape()


def open_duties(user):
    """{client: how many tapes the person has to bring back there}."""
    found = {}
    for loan in _loans(user):
        client = loan.tape.account
        found[client] = found.get(client, 0) + 1
    return found


@verb
def reassign(*, old, new, client, by, at):
    """Whoever takes over brings the tapes back; `new` None: only count. Returns how many."""
    rows = [loan for loan in _loans(old) if client is None or loan.tape.account == client]
    for loan in rows if new is not None else ():
        loan.borrower = new
        loan.save(update_fields=["borrower"])
        record(loan.tape, "handed_over", by=by, at=at, client=loan.tape.account,
               borrower=[old, new])  # fmt: skip
    return len(rows)
