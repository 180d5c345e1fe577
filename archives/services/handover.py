"""Papers belong to clients, not to people: nothing of archives moves with a person (R92)."""


def reassign(*, old, new, client, by, at):
    """Open duties handed over: always 0. Mails in doubt show with whoever serves the client."""
    return 0
