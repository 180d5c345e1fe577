"""The sheet in the box of a tape, as plain data (docs/papers.md)."""

from archives.papers import client_day, head, person_of

LOANS, LINES = 20, 8


def tape_sheet(tape, *, by, at, revision):
    """What is known of the tape, its loans, and empty lines for the next ones by hand."""
    client = tape.account
    loans = tape.loans.select_related("borrower").order_by("-out_at", "-pk")[:LOANS]
    lent = [_lent(loan, client) for loan in reversed(loans)]
    return {
        **head(client, "internal", number=tape.number, at=at, revision=revision),
        "author": person_of(by),
        "title": tape.title,
        "competitor": tape.competitor.name if tape.competitor else "",
        "format": f"tape_{tape.format}",
        "length": tape.length,
        "recorded_on": tape.recorded_on,
        "shelf": tape.shelf,
        "is_master": tape.is_master,
        "ad": tape.ad.title if tape.ad else "",
        "jobs": [tape.ad.job_number] if tape.ad and tape.ad.job_number else [],
        "content": tape.content,
        "year": client_day(client, at).year,
        "loans": lent,
        "empty": range(max(LINES - len(lent), 3)),
    }


def _lent(loan, client):
    return {
        "who": person_of(loan.borrower),
        "purpose": loan.purpose,
        "out_on": client_day(client, loan.out_at),
        "due_on": loan.due_on,
        "back_on": client_day(client, loan.back_at) if loan.back_at else None,
    }
