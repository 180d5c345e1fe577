"""Told once: a client's contribution below 10 % of income two months running (R88)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import Client
from accounts.services.telling import posts, tell, words
from agency.common.dates import first_of, local_instant, nth_working_day, shift
from agency.common.models import CalendarDay, Heartbeat, Notification
from agency.common.services.notify import drop
from agency.common.verbs import lock, verb
from agency.common.wording import share_text
from budgets.constants import CLOSING_DAYS
from budgets.reports.profit import monthly
from budgets.years import next_month
from jobs.constants import NOTICE_TIME

KIND = "contribution"
DAY = timedelta(days=1)
LOW = gettext_lazy("Contribution low two months running, to %(month)s: %(share)s of income")
LOW_UNSTAFFED = gettext_lazy(
    "Contribution low two months running, to %(month)s: %(share)s of income, without staff cost"
)


def judged_at(month):
    """09:00 of the first working day after the month was closed (3.9)."""
    calendar, after = CalendarDay.objects.calendar(), next_month(month)
    closed = nth_working_day(after.year, after.month, CLOSING_DAYS, calendar)
    return local_instant(shift(closed + DAY, calendar, back=False), NOTICE_TIME)


def month_to_judge(at):
    """The last month whose figures are whole by now."""
    last = next_month(first_of(timezone.localdate(at)), -1)
    return last if judged_at(last) <= at else next_month(last, -1)


def low_clients(at):
    """What `low_by` finds, looked for once a day: on the first beat of the clock from 09:00 on."""
    last = Heartbeat.objects.filter(at__lt=at).newest()
    return [] if last and last.at >= _morning_before(at) else low_by(at)


def _morning_before(at):
    """The last 09:00 that has come."""
    morning = local_instant(timezone.localdate(at), NOTICE_TIME)
    return morning if morning <= at else local_instant(timezone.localdate(at) - DAY, NOTICE_TIME)


def low_by(at):
    """[(client, month's Contribution)] low in that month and the one before, not yet told."""
    month = month_to_judge(at)
    before = next_month(month, -1)
    clients = list(Client.objects.at_work().select_related("group__head"))
    rows = monthly(clients, before, next_month(month) - DAY)
    low = [client for client in clients if all(row.is_low for row in rows[client.pk])]
    told = _told(low, month)
    return [(client, rows[client.pk][-1]) for client in low if client.pk not in told]


def key_of_month(client, month):
    return f"{KIND}:client:{client.pk}:{month:%Y-%m}"


def _told(clients, month):
    """Keys of the clients of whom something was said for the month."""
    rows = Notification.objects.filter(
        kind=KIND, subject_type="accounts.client", key__contains=f":{month:%Y-%m}:",
        subject_id__in=[client.pk for client in clients],
    )  # fmt: skip
    return set(rows.values_list("subject_id", flat=True))


@verb
def tell_low(*, client, found, at):
    """AD and GAD, at the beginning of such a run; for its later months a dropped slot is kept."""
    client = lock(client)
    if _told([client], found.month):
        return None
    people = posts(client, ["ad", "gad"], at)
    text = LOW_UNSTAFFED if found.lacks_staff else LOW
    label = words(text, month=f"{found.month:%Y-%m}", share=share_text(found.share))
    key = key_of_month(client, found.month)
    if _told([client], next_month(found.month, -1)):
        drop(slots=[(key, people, label)], kind=KIND, subject=client, at=at,
             client_code=client.code)  # fmt: skip
        return None
    tell(KIND, client, people, label, client=client, at=at, key=key, level="escalation")
    return f"{client.code} {found.month:%Y-%m}"
