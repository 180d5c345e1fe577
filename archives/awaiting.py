"""What waits for a person in the archives, for the home page (R69)."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.awaiting import Source
from archives.models import TapeLoan
from archives.reports import brand_due, quarterly

OWN, RIVALS = "tape__client", "tape__competitor__brand__client"


def to_bring_back(mine, at):
    """Tapes the person has had for longer than agreed, and those of clients he is the AE of."""
    rows = TapeLoan.objects.overdue(mine.today)
    borrowed = mine.where("borrower", OWN) | mine.where("borrower", RIVALS)
    rows = rows.filter(borrowed | mine.in_post("ae", OWN) | mine.in_post("ae", RIVALS))
    return rows.annotate(client_name_=Coalesce(F(f"{OWN}__name"), F(f"{RIVALS}__name")))


SOURCES = (
    Source(
        "tape_back", to_bring_back, group=pgettext_lazy("tape", "Bring back"),
        sentence="%(number)s %(title)s",
        button=_("It is back"), url="archives:tape_detail", title="tape__title",
        number="tape__number", client="client_name_", row="tape_id", due_on="due_on",
        person="borrower",
    ),
    *quarterly.SOURCES,
    *brand_due.SOURCES,
)  # fmt: skip
