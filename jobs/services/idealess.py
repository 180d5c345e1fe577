"""A client without a new suggestion: the AE hears of it after 60 days, the AM after 90 (R76)."""

from django.conf import settings
from django.utils.translation import gettext_lazy

from accounts.models import Client
from accounts.models.scope import local_day
from accounts.services.notices import NOTICE_TIME
from accounts.services.telling import posts, tell, words
from agency.common.dates import local_instant
from agency.common.models import CalendarDay, Notification
from agency.common.verbs import verb
from jobs.constants import IDEA_TO_AE, IDEA_TO_AM
from jobs.models.suggestion import with_last_idea

KIND = "no_idea"


def idealess(clients, day, days=IDEA_TO_AE):
    """Active clients whose newest suggestion is so many days old."""
    before = local_instant(day - days, NOTICE_TIME.replace(hour=23, minute=59, second=59))
    active = with_last_idea(clients.filter(status=Client.Status.ACTIVE))
    return active.filter(idea_since__lte=before)


def to_tell(at):
    """(client, slot, key) of every notice that is due and not given, at 09:00 on a working day."""
    today = local_day(at)
    is_morning = at >= local_instant(today, NOTICE_TIME, settings.TIME_ZONE)
    if not is_morning or not CalendarDay.objects.calendar().is_working(today):
        return []
    rows = [
        _due(client, today) for client in idealess(Client.objects.select_related("group"), today)
    ]
    told = Notification.objects.filter(kind=KIND, subject_id__in=[row[0].pk for row in rows])
    known = {key.rpartition(":")[0] for key in told.values_list("key", flat=True)}
    return [row for row in rows if row[2] not in known]


def _due(client, today):
    since = local_day(client.idea_since)
    slot = "am" if today - since >= IDEA_TO_AM else "ae"
    return client, slot, _key(client, since, slot)


def _key(client, since, slot):
    return f"{KIND}:client:{client.pk}:{slot}:{since}"


@verb
def tell_idealess(*, client, slot, key, at):
    """Once each for a silence; a new suggestion begins the days anew."""
    since = local_day(client.idea_since)
    label = words(
        gettext_lazy("No new suggestion for %(client)s since %(day)s."), client=client, day=since
    )
    lower = [_key(client, since, "ae")] if slot == "am" else []
    return tell(KIND, client, posts(client, [slot], at), label, client=client, at=at, key=key,
                level="escalation" if slot == "am" else "breach", lower_keys=lower)  # fmt: skip
