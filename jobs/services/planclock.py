"""When the clock looks at a step, and whom it tells: late steps, client duties, receipts (5.4)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from accounts.services.telling import posts, tell, words
from agency.common import dates
from agency.common.models import CalendarDay
from agency.common.verbs import lock, verb
from agency.common.wording import names_text
from archives.papers import client_day
from archives.services import dispatch
from jobs.constants import (
    CLIENT_DUTY_BEFORE,
    CLIENT_DUTY_EVERY,
    NOTICE_TIME,
    RECEIPT_DUE,
    TIMELINE_LINK_DAYS,
)
from jobs.models import Milestone, Receipt, Timeline

DAY = timedelta(days=1)


def schedule(rows, client, at):
    """Note on each open row when the clock has something to say of it again."""
    calendar = CalendarDay.objects.calendar()
    for row in rows:
        row.next_notice_at = next_notice(row, client, calendar, at)
    Milestone.objects.bulk_update(rows, ["next_notice_at"])


def next_notice(row, client, calendar, at):
    """The first slot after the instant; None once the step is done."""
    if row.done_on:
        return None
    fixed = [morning(day, client) for day in slot_days(row, calendar)]
    ahead = [slot for slot in fixed if slot > at]
    return min(ahead) if ahead else _next_late(row, client, calendar, at)


def slot_days(row, calendar):
    """Mornings before the step is late: of a client's duty two working days before, and the day."""
    if not row.is_client_duty:
        return []
    day = dates.shift(row.due_on, calendar, back=True)
    return [dates.add_working_days(day, -CLIENT_DUTY_BEFORE, calendar), day]


def _next_late(row, client, calendar, at):
    """The next working morning after the due date and after the instant."""
    day = max(row.due_on + DAY, client_day(client, at))
    while True:
        day = dates.shift(day, calendar, back=False)
        if morning(day, client) > at:
            return morning(day, client)
        day += DAY


def morning(day, client):
    return dates.local_instant(day, NOTICE_TIME, client.timezone)


@verb
def remind_step(*, milestone, at):
    """What the clock does with a step whose slot has come; once for each day, the last one only."""
    job = lock(milestone.timeline.job)
    row, client = lock(milestone), job.client
    timeline = row.timeline
    timeline.job = job
    if row.done_on or timeline.state != Timeline.State.CURRENT or not job.is_open:
        row.next_notice_at = None
        row.save(update_fields=["next_notice_at"])
        return None
    calendar, today = CalendarDay.objects.calendar(), client_day(client, at)
    told = _tell_client_duty if row.is_client_duty else _tell_late
    told = told(row, timeline, calendar, today, at)
    row.next_notice_at = next_notice(row, client, calendar, at)
    # Not verbs.save: the clock's own note must not make an open form stale.
    row.save(update_fields=["next_notice_at"])
    return told


def _tell_late(row, timeline, _calendar, today, at):
    if today <= row.due_on:
        return None
    label = words(
        gettext_lazy("Late: %(step)s of %(job)s, due %(due)s"),
        step=row.name, job=timeline.job, due=row.due_on,
    )  # fmt: skip
    return _tell_ae("milestone_late", row, timeline, label, today, at)


def _tell_ae(kind, row, timeline, label, today, at):
    job = timeline.job
    people = posts(job.client, ["ae"], at, named=job.ae)
    return tell(
        kind, timeline, people, label, client=job.client, at=at, level="remind",
        key=f"{kind}:milestone:{row.thread}:{row.due_on}:{today}",
    )  # fmt: skip


def _tell_client_duty(row, timeline, calendar, today, at):
    """The AE each time; the client before, on the day, then every second working day."""
    is_late = today > row.due_on
    text = (
        gettext_lazy("Client duty overdue since %(due)s: %(step)s, %(who)s, %(job)s")
        if is_late
        else gettext_lazy("Client duty due %(due)s: %(step)s, %(who)s, %(job)s")
    )
    label = words(text, due=row.due_on, step=row.name, who=row.contact, job=timeline.job)
    told = _tell_ae("client_duty", row, timeline, label, today, at)
    if not is_late or days_over(row, today, calendar) % CLIENT_DUTY_EVERY == 0:
        _write(row, timeline, today, at)
    return told


def days_over(row, today, calendar):
    """Working days since the due date, today included."""
    count, day = 0, row.due_on
    while day < today:
        day += DAY
        count += calendar.is_working(day)
    return count


def _write(row, timeline, today, at):
    """The reminder to the contact; its letter is given the words of this duty only."""
    contact = row.contact
    if not contact.is_active or not contact.email:
        return
    dispatch(
        document=timeline.client_document,
        contacts=[contact],
        purpose="reminder",
        link_purpose="timeline",
        key=f"client_duty:milestone:{row.thread}:{row.due_on}:{today}",
        expires_at=at + timedelta(days=TIMELINE_LINK_DAYS),
        template="jobs/mail/duty_reminder.txt",
        context={
            "duty": {
                "name": row.name,
                "name_en": row.name_en,
                "due_on": row.due_on,
                "needs": row.needs,
                "effect": row.effect_if_late,
                "days_late": max((today - row.due_on).days, 0),
            },
            "job_title": timeline.job.title,
            "ae": timeline.job.ae.name,
        },
        at=at,
    )


@verb
def remind_receipts(*, timeline, at):
    """Who has not seen the version after one working day: told to the AE, once (R66)."""
    timeline = lock(timeline)
    job, client = timeline.job, timeline.job.client
    calendar = CalendarDay.objects.calendar()
    rows = Receipt.objects.select_related("user", "contact").filter(
        timeline=timeline, seen_at=None, told_at=None
    )
    late = [
        row
        for row in rows
        if dates.working(row.sent_at, RECEIPT_DUE, calendar, client.timezone) <= at
    ]
    if not late:
        return None
    Receipt.objects.filter(pk__in=[row.pk for row in late]).update(told_at=at)
    label = words(
        gettext_lazy("Not seen yet: %(timeline)s of %(job)s by %(names)s"),
        timeline=timeline, job=job, names=names_text(late),
    )  # fmt: skip
    people = posts(client, ["ae"], at, named=job.ae)
    return tell("receipt_missing", timeline, people, label, client=client, at=at,
                slot=f"r{late[-1].pk}", level="remind")  # fmt: skip
