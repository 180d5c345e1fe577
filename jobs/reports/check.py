"""What waits for a person's last look before it leaves the house (R71, R72)."""

from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from jobs.models import OutgoingCheck


def to_check(mine, at):
    """Files for the AM, who is told of them; of his own for who stands above. Plans and invoices
    wait with their own steps."""
    return OutgoingCheck.objects.open().filter(mine.signs_second(), document__isnull=False)


SOURCES = (
    Source(
        "file_check", to_check, group=_("Check"),
        sentence=_("To be checked before it goes out: %(title)s"), button=_("Check"),
        url="jobs:check_judge", title="title", client="client__name",
    ),
)  # fmt: skip
