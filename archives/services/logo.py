"""The mark of the house: taken in like every upload, drawn anew, and kept by its hash (C14)."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import require
from accounts.services import set_logo
from agency.common.errors import Refused
from archives import reading, storage
from archives.services.uploads import take

MAX_SIZE = 2 * 1024**2
TAKEN = ("image/png", "image/jpeg")
TOO_BIG = _("A logo may have 2 MB at most.")
NO_PICTURE = _("Please choose a PNG or JPEG picture.")
DAMAGED = _("This picture is damaged and cannot be drawn. Please save it anew.")


def put_logo(*, upload, by, at, row_version=None):
    """Put an uploaded picture into the letterhead. Refused(field="file") for anything else.

    Not itself a verb: looking at the file needs no transaction.
    """
    require(by, "accounts.manage_settings", None, at)
    if upload.size > MAX_SIZE:
        raise Refused(TOO_BIG, "file")
    taken = take(upload, client=None, by=by, at=at)
    try:
        sha256 = storage.store(_drawn(taken)).sha256
    finally:
        taken.staged.drop()
    return set_logo(sha256=sha256, by=by, at=at, row_version=row_version)


def _drawn(taken):
    if taken.mime not in TAKEN:
        raise Refused(NO_PICTURE, "file")
    if taken.staged.size > MAX_SIZE:
        raise Refused(TOO_BIG, "file")
    picture = reading.redraw(taken.staged.path, taken.mime)
    if picture is None:
        raise Refused(DAMAGED, "file")
    return picture
