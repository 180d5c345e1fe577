"""The AE is told once in fourteen days that nobody has spoken to a key contact (R75, 5.4)."""

from django.conf import settings
from django.utils.translation import gettext_lazy

from accounts.models import Contact
from accounts.models.scope import local_day
from accounts.services.notices import NOTICE_TIME
from accounts.services.telling import key_of, posts, tell, words
from agency.common.dates import local_instant
from agency.common.models import CalendarDay, Notification
from agency.common.verbs import verb
from meetings.constants import UNSPOKEN_DAYS
from meetings.reports.touch import known_since, unspoken

KIND = "no_touch"


def to_tell(at):
    """Contacts of whom the AE has not been told in this period, at 09:00 on a working day."""
    today = local_day(at)
    if at < local_instant(today, NOTICE_TIME, settings.TIME_ZONE):
        return []
    if not CalendarDay.objects.calendar().is_working(today):
        return []
    rows = unspoken(Contact.objects.select_related("client__group"), at)
    due = {key_of(KIND, row, period_of(row, at)): row for row in rows}
    told = Notification.objects.filter(kind=KIND, subject_id__in=[row.pk for row in due.values()])
    for key in told.values_list("key", flat=True):
        due.pop(key.rpartition(":")[0], None)
    return list(due.values())


def period_of(contact, at):
    """Which fourteen days of silence these are; a talk begins them anew."""
    since = known_since(contact)
    return f"{since:%Y%m%d}+{(local_day(at) - since) // UNSPOKEN_DAYS}"


@verb
def tell_unspoken(*, contact, at):
    label = words(
        gettext_lazy("Nobody has spoken to %(name)s since %(day)s."),
        name=contact,
        day=known_since(contact),
    )
    client = contact.client
    return tell(
        KIND,
        contact,
        posts(client, ["ae"], at),
        label,
        client=client,
        at=at,
        slot=period_of(contact, at),
        level=Notification.Level.REMIND,
    )
