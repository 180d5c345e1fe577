"""What is looked at before anything leaves the house, by kind of thing (R71)."""

from django.utils.translation import gettext_lazy as _

from jobs.models import OutgoingCheck

Kind = OutgoingCheck.Kind
PROOFREAD = ("proofread", _("Proofread word by word"))
SUMS = ("sums", _("Sums added again"))
PRODUCT = ("product", _("Product photos and data agree with the client's material"))
NAMES = ("names", _("Names and titles are right"))
LEGAL = ("legal", _("Legal words are there and right"))
VERSION = ("version", _("This is the approved version"))
PICTURE = ("picture", _("Picture without faults"))
SOUND = ("sound", _("Sound without faults"))
LENGTH = ("length", _("Length as ordered"))
LEADER = ("leader", _("Leader and slate are right"))

ITEMS = {
    Kind.CREATIVE: (PROOFREAD, PRODUCT, NAMES, LEGAL, VERSION),
    Kind.MEDIA_PLAN: (PROOFREAD, SUMS, NAMES, LEGAL, VERSION),
    Kind.INVOICE: (PROOFREAD, SUMS, NAMES, VERSION),
    Kind.TAPE: (PICTURE, SOUND, LENGTH, LEADER, PRODUCT, LEGAL, VERSION),
    Kind.ESTIMATE: (SUMS, PROOFREAD, VERSION),
}
ANSWERS = (("yes", _("Yes")), ("no", _("No")), ("na", _("Not applicable")))
GOOD = ("yes", "na")


def items_of(kind):
    """((key, words), …) of the kind."""
    return ITEMS[Kind(kind)]


def is_clean(kind, items):
    """Every item of the kind has been answered, and none with no."""
    return all(items.get(key) in GOOD for key, _words in items_of(kind))
