"""Progress on the plan in force, without a new version: done, forecast, cause, seen (R65–R67)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.services.record import record
from agency.common.verbs import check_version, lock, save, verb
from archives.models import Document
from archives.papers import client_day
from archives.services import answer as keep_answer
from jobs.models import Milestone, Receipt, Timeline
from jobs.plan import final_of
from jobs.services.access import is_theirs, require_on
from jobs.services.newversion import await_version
from jobs.services.planclock import next_notice
from jobs.services.publishing import tell_final

State = Timeline.State
PROGRESS = ("done_on", "forecast_on", "slip_cause", "slip_note")


@verb
def tick_milestone(
    *, milestone, by, at, done_on=None, forecast_on=None, slip_cause="", slip_note="",
    row_version=None,
):  # fmt: skip
    """Say what has become of a step: done, expected later, and why it slips; no new version.

    A slip needs its cause (R67). An empty cause leaves the one that is there. The draft of the
    next version, if any, takes it over.
    """
    job = lock(milestone.timeline.job)
    row = lock(milestone)
    behalf = _require_tick(row, job, by, at)
    check_version(row, row_version)
    row.timeline = timeline = _live(milestone.timeline, job)
    row.done_on, row.forecast_on = done_on, forecast_on
    row.slip_cause = slip_cause or row.slip_cause
    row.slip_note = slip_note or row.slip_note
    _check_progress(row, client_day(job.client, at))
    row.next_notice_at = next_notice(row, job.client, CalendarDay.objects.calendar(), at)
    save(row)
    twins = Milestone.objects.filter(timeline__job=job, timeline__state=State.DRAFT)
    twins.filter(thread=row.thread).update(**{name: getattr(row, name) for name in PROGRESS})
    await_version(timeline, timeline.milestones.all(), at)
    _tell_slip(row, timeline, by, at)
    record(
        row, "tick_milestone", by=by, at=at, client=job.client, behalf_of=behalf,
        **{name: getattr(row, name) for name in PROGRESS},
    )  # fmt: skip
    return row


def _require_tick(row, job, by, at):
    """The account service any row, a department its own (4.2)."""
    if is_theirs(job, by, at) and not is_own(row, by):
        raise PermissionDenied("jobs.tick_milestone")
    return require_on(job, "jobs.tick_milestone", by, at, own=True)


def is_own(row, user):
    """Is the step the person's own, or his department's?"""
    return row.user_id == user.pk or (bool(user.department) and row.owner == user.department)


def _live(timeline, job):
    """The version, locked: it is in force, and its job is worked on."""
    found = lock(timeline)
    found.job = job
    if found.state != State.CURRENT:
        raise Refused(_("Another version of the plan is in force."))
    if not job.is_at_work:
        raise Refused(_("This job has ended: nothing is changed in it any more."))
    return found


def _check_progress(row, today):
    if row.done_on and row.done_on > today:
        raise Refused(_("Done is said afterwards: this day is still to come."), "done_on")
    slips = max(filter(None, [row.done_on, None if row.done_on else row.forecast_on]), default=None)
    if slips and slips > row.due_on and not row.cause():
        raise Refused(_("It slips: say what caused it."), "slip_cause")


def _tell_slip(row, timeline, by, at):
    """The final date: AM and AD at once; else the AE, unless it is he who says so (R65)."""
    forecast = None if row.done_on else row.forecast_on
    if not forecast or forecast <= row.due_on:
        return
    job = timeline.job
    if final_of(timeline.milestones.all()) == row:
        tell_final(timeline, row.due_on, forecast, by, at)
    label = words(
        gettext_lazy("%(step)s slips from %(old)s to %(new)s: %(job)s"),
        step=row.name, old=row.due_on, new=forecast, job=job,
    )  # fmt: skip
    people = [user for user in posts(job.client, ["ae"], at, named=job.ae) if user != by]
    tell("timeline_changed", timeline, people, label, client=job.client, at=at,
         slot=f"slip:{row.pk}:{forecast}")  # fmt: skip


@verb
def see_timeline(*, timeline, by, at):
    """One of ours has seen the version (R66). Seeing it again changes nothing."""
    receipt = Receipt.objects.filter(timeline=timeline, user=by).first()
    if receipt is None:
        raise Refused(_("Nobody waits for your word on this version."))
    return _seen(lock(receipt), timeline, by, at)


def _seen(receipt, timeline, by, at):
    if receipt.seen_at is None:
        receipt.seen_at = at
        receipt.save(update_fields=["seen_at"])
        who = "" if by else receipt.contact.name
        record(timeline, "see_timeline", by=by, at=at, client=timeline.job.client, contact_name=who)
    return receipt


def timeline_of(link):
    """The version behind a link of purpose `timeline`; None when the link is for something else."""
    if link.subject_type != Document._meta.label_lower:
        return None
    rows = Timeline.objects.filter(client_document=link.subject_id)
    return rows.select_related("job__client", "job__ae", "job__brand", "author").first()


@verb
def see_by_link(*, link, typed_name, sha256, at, ip=None, agent=""):
    """The contact says with a typed name "I have seen it" (R66). The right is the link itself."""
    timeline = timeline_of(link)
    if timeline is None:
        raise Refused(_("This answer does not belong to this link."))
    kept = keep_answer(
        link=link, answer="seen", typed_name=typed_name, sha256=sha256, ip=ip, agent=agent, at=at
    )
    receipt, _is_new = Receipt.objects.get_or_create(
        timeline=timeline, contact=link.contact, defaults={"sent_at": at, "created_at": at}
    )
    if receipt.seen_at is None:
        _seen(receipt, timeline, None, at)
        _tell_seen(timeline, link.contact, at)
    return kept


def _tell_seen(timeline, contact, at):
    job = timeline.job
    label = words(
        gettext_lazy("%(name)s has seen %(timeline)s of %(job)s"),
        name=contact, timeline=timeline, job=job,
    )  # fmt: skip
    people = posts(job.client, ["ae"], at, named=job.ae)
    tell("timeline_changed", timeline, people, label, client=job.client, at=at,
         slot=f"seen:{contact.pk}", mail=False)  # fmt: skip


def may_tick(row, user, rights_own):
    """Is the step open to the person: the account service, or whose own it is."""
    return rights_own and (user.role != User.Role.DEPARTMENT or is_own(row, user))
