"""What the clock tells people of this app: contracts that end (R41), the morning list (R70)."""

from datetime import time, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Contract, User
from accounts.models.scope import local_day
from accounts.services.team import people
from accounts.services.trail import worded
from agency.common.dates import local_instant, shift
from agency.common.models import CalendarDay, Notification
from agency.common.services import notify, queue_mail
from agency.common.services.audit import head
from agency.common.services.notify import LANGUAGES
from agency.common.verbs import lock, verb
from agency.common.wording import full_day_text, left_text

CONTRACT_DAYS = (90, 30, 7)
DIRECTOR_DAYS = 30
MOST_DAYS = 120  # 90 and the longest run of days off before it
NOTICE_TIME = time(9, 0)
LIST_TIME = time(8, 30)
MIDNIGHT = time(0, 0)
DAY = timedelta(days=1)


def contracts_ending(at):
    """(contract, days) of every notice that is due and not given yet."""
    calendar = CalendarDay.objects.calendar()
    today = local_day(at)
    rows = Contract.objects.ending(today - DAY, today + timedelta(days=MOST_DAYS))
    found = [
        (row, contract_slot(row, calendar, at)) for row in rows.select_related("client__group")
    ]
    due = {_key(row, days): (row, days) for row, days in found if days}
    told = Notification.objects.filter(kind="contract_end").values_list("key", flat=True)
    for key in told.filter(subject_id__in=[row.pk for row, _days in due.values()]):
        due.pop(key.rpartition(":")[0], None)
    return list(due.values())


def contract_slot(contract, calendar, at):
    """The newest of 90, 30 and 7 days that has come at the instant, or None (5.4).

    A day off moves the notice to the working day before; after a stop only the highest is told.
    """
    if at >= _instant(contract, contract.ends_on + DAY, MIDNIGHT):
        return None
    for days in sorted(CONTRACT_DAYS):
        day = shift(contract.ends_on - timedelta(days=days), calendar, back=True)
        if at >= _instant(contract, day, NOTICE_TIME):
            return days
    return None


def next_morning(client, day):
    """09:00 of the first working day after the day, client time (5.4)."""
    day = shift(day + DAY, CalendarDay.objects.calendar(), back=False)
    return local_instant(day, NOTICE_TIME, client.timezone)


def _instant(contract, day, clock):
    return local_instant(day, clock, contract.client.timezone)


def _key(contract, days):
    return f"contract_end:contract:{contract.pk}:{days}:{contract.ends_on}"


@verb
def tell_contract_end(*, contract, days, at):
    """AE and AM; at 30 days the AD, too (R41)."""
    client = contract.client
    posts = ("ae", "am", "ad") if days == DIRECTOR_DAYS else ("ae", "am")
    told = [user for post in posts for user in people(client=client, role=post, at=at)]
    notify(
        key=_key(contract, days),
        recipients=told,
        kind="contract_end",
        subject=contract,
        label=worded(lambda: _end_text(contract)),
        path=contract.get_absolute_url(),
        level=Notification.Level.REMIND,
        client_code=client.code,
        lower_keys=[_key(contract, more) for more in CONTRACT_DAYS if more > days],
        zone=client.timezone,
        at=at,
    )
    return f"{contract.number} {days} days"


def _end_text(contract):
    facts = {
        "number": contract.number,
        "client": contract.client,
        "day": full_day_text(contract.ends_on),
    }
    return _("Contract %(number)s with %(client)s ends on %(day)s.") % facts


def people_to_write(at):
    """Who has not had today's list yet, once it is 08:30 on a working day (R70)."""
    today = local_day(at)
    if not CalendarDay.objects.calendar().is_working(today):
        return User.objects.none()
    if at < local_instant(today, LIST_TIME, settings.TIME_ZONE):
        return User.objects.none()
    return User.objects.active().exclude(role="admin").exclude(morning_on=today).order_by("pk")


@verb
def morning_list(*, user, duties, at):
    """Mail the person's day; an empty day makes no mail (R70). Once a day.

    A director's has the head of the audit trail, kept outside the database: it shows later whether
    the end of the trail was cut off (C12). So it is written on an empty day, too.
    """
    row, today = lock(user), local_day(at)
    if row.morning_on == today:
        return None
    row.morning_on = today
    row.save(update_fields=["morning_on"])
    trail = head() if row.role == User.Role.AD else ""
    if not duties and not trail:
        return None
    with translation.override(LANGUAGES[row.language]):
        subject = ngettext("%(count)d thing needs you", "%(count)d things need you", len(duties))
        text = _text(row, duties, trail, at)
    queue_mail(
        key=f"morning:{row.pk}:{today}",
        to=row.email,
        subject=subject % {"count": len(duties)},
        text=text,
        valid_until=local_instant(today + DAY, MIDNIGHT, settings.TIME_ZONE),
        at=at,
    )
    return f"{row.username} {len(duties)}"


def _text(user, duties, trail, at):
    if duties:
        lines = [_("Good morning, %(name)s. This needs you today:") % {"name": user}, ""]
    else:
        lines = [_("Good morning, %(name)s. Nothing needs you today.") % {"name": user}]
    lines += [f"- {_line(duty, at)}" for duty in duties]
    if trail:
        lines += ["", _("Audit trail up to here: %(head)s") % {"head": trail}]
    return "\n".join([*lines, "", f"{settings.SITE_URL}/"])


def _line(duty, at):
    facts = {"group": duty.group, "sentence": duty.sentence}
    if not duty.due_at:
        return _("%(group)s: %(sentence)s") % facts
    left = left_text(duty.due_at, at)
    return _("%(group)s: %(sentence)s (%(left)s)") % {**facts, "left": left}
