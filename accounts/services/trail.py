"""One line of the audit trail for a change in this app."""

from django.utils.functional import lazy

from agency.common.services import audit


def worded(function):
    """Words that are put together anew in each reader's language."""
    return lazy(function, str)()


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
