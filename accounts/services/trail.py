"""One line of the audit trail for a change in this app."""

from agency.common.services import audit


def record(verb, subject, *, by, at, client=None, behalf_of=None, changes=None):
    """Audit the verb; `client` gives the code under which it is found."""
    audit(
        actor=by,
        verb=verb,
        subject=subject,
        client_code=client.code if client else "",
        changes=changes or {},
        behalf_of=behalf_of,
        at=at,
    )
