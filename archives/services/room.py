"""How much room a client's files may take in the store: the admin's to say (C14)."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts.models import AgencySettings
from accounts.permissions import require
from accounts.services.edits import change
from accounts.services.trail import record
from agency.common.errors import Refused
from agency.common.verbs import check_version, lock, verb
from archives.models import Document

GB = 1024**3


def room_of(client):
    """Bytes: the client's own number, else the agency's."""
    quota = client.quota_gb
    return (AgencySettings.load().quota_gb if quota is None else quota) * GB


def check_room(client, size):
    """Refuse an upload that the client's room does not hold. Papers of the house are not asked.

    Two uploads at once may both find the last room: it keeps junk out, it is no account.
    """
    if client is None:
        return
    taken, room = Document.objects.bytes_of(client), room_of(client)
    if taken + size > room:
        words = _(
            "There is no room for this file: %(taken)s of the client's %(room)s are taken. "
            "Please ask the administrator for more."
        )
        sizes = {"taken": filesizeformat(taken), "room": filesizeformat(room)}
        raise Refused(words % sizes, "file")


@verb
def set_room(*, client, quota_gb, by, at, row_version=None):
    """Room for one client; None: as in the agency settings."""
    require(by, "accounts.manage_settings", None, at)
    row = lock(client)
    check_version(row, row_version)
    changes = change(row, {"quota_gb": quota_gb})
    record("set_room", row, by=by, at=at, client=row, changes=changes)
    return row
