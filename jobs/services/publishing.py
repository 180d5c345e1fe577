"""A version of the plan in force: filed in two faces, told to all, what moved (3.7, R62–R66)."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import Contact, User
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from agency.common.wording import day_text
from archives.kinds import Kind
from archives.papers import draw_number
from archives.services import dispatch, supersede
from jobs import gantt, planwords
from jobs.constants import TIMELINE_LINK_DAYS
from jobs.models import Milestone, Receipt, Timeline
from jobs.papers import timeline as papers
from jobs.papers.common import file_paper
from jobs.plan import final_of, moves
from jobs.services.access import require_on
from jobs.services.brief import people_of
from jobs.services.job import update_job
from jobs.services.newversion import await_version
from jobs.services.planclock import schedule
from jobs.services.timeline import current_timeline
from jobs.templatetags.plans import step_lines

State = Timeline.State
PRINTED = {
    "client": ("jobs/pdf/timeline.html", papers.timeline_client),
    "internal": ("jobs/pdf/timeline_internal.html", papers.timeline_internal),
}


def rows_of(timeline):
    """The rows with who does them, in one query."""
    return list(timeline.milestones.select_related("user", "contact", "supplier"))


@verb
def publish_timeline(*, timeline, by, at, contacts=(), job_due_on=None, row_version=None):
    """The draft takes force. Refused carries every reason why not (R64).

    contacts: of the client's, beside those with a duty in it. job_due_on: the job's due date
    changes with the plan.
    """
    job = lock(timeline.job)
    timeline = lock(timeline)
    behalf = require_on(job, "jobs.publish_timeline", by, at)
    check_version(timeline, row_version)
    check_state(timeline, State.DRAFT)
    if job_due_on and job_due_on != job.due_on:
        job = update_job(job=job, due_on=job_due_on, by=by, at=at)
    timeline.job = job
    rows, former = rows_of(timeline), current_timeline(job)
    old_rows = rows_of(former) if former else []
    reasons = list(gaps(timeline, rows, old_rows))
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)
    _take_force(timeline, rows, former, by, at)
    told = recipients(rows, contacts)
    _file(timeline, rows, former, old_rows, told, by, at)
    save(timeline)
    _send(timeline, rows, old_rows, told, by, at)
    _tell_all(timeline, rows, old_rows, by, at)
    await_version(timeline, rows, at, former)
    schedule(rows, job.client, at)
    record(
        timeline, "publish_timeline", by=by, at=at, client=job.client, behalf_of=behalf,
        version=timeline.version, reason=timeline.reason,
        sha256=timeline.client_document.sha256,
    )  # fmt: skip
    return timeline


def gaps(timeline, rows, old_rows):
    """(field, words) of what keeps the draft from being published."""
    job = timeline.job
    if not job.is_at_work:
        yield "", _("This job has ended: nothing is changed in it any more.")
    if not rows:
        yield "", _("The plan has no steps yet.")
    for row in rows:
        if row.is_client_duty and row.contact is None:
            yield "", _("“%(row)s”: say which contact of the client does it.") % {"row": row.name}
        elif row.contact and not row.contact.is_active:
            yield "", _("“%(row)s”: %(name)s is inactive.") % {"row": row.name, "name": row.contact}
    final = final_of(rows)
    if final and final.due_on > job.due_on:
        yield (
            "job_due_on",
            _("“%(row)s” ends on %(day)s, after the job's due date %(due)s: change one of them.")
            % {"row": final.name, "day": day_text(final.due_on), "due": day_text(job.due_on)},
        )
    yield from _gaps_of_change(timeline, rows, old_rows)


def _gaps_of_change(timeline, rows, old_rows):
    """A change needs its reason, a slip its cause (R67)."""
    if timeline.version > 1:
        try:
            check_reason(timeline.reason)
        except Refused as refused:
            yield "", refused.message
    for move in moves(old_rows, rows):
        if move.is_slip and not move.row.cause():
            yield "", _("“%(row)s” slips: say what caused it.") % {"row": move.row.name}


def _take_force(timeline, rows, former, by, at):
    if former:
        former.state = State.SUPERSEDED
        save(former)
        former.milestones.update(next_notice_at=None)
    timeline.state, timeline.published_at, timeline.published_by = State.CURRENT, at, by
    for row in rows:
        row.first_due_on = row.first_due_on or row.due_on
        if row.forecast_on and row.forecast_on <= row.due_on:
            row.forecast_on = None
    Milestone.objects.bulk_update(rows, ["first_due_on", "forecast_on"])


def recipients(rows, contacts=()):
    """Contacts who get it: who has a duty in it, and who was chosen; each once, if reachable."""
    named = [row.contact for row in rows if row.contact]
    found = dict.fromkeys([*named, *contacts])
    return [contact for contact in found if contact.is_active and contact.email]


def printed(timeline, face, rows, old_rows, *, at, number="", contacts=()):
    """One face as PDF."""
    template, data_of = PRINTED[face]
    data = data_of(timeline, rows, old_rows, at=at, number=number, contacts=contacts)
    return render(template, {**data, "chart": chart_of(data)})


def chart_of(data):
    """The bars of a face, as wide and high as its paper has room for."""
    calendar = CalendarDay.objects.calendar()
    return gantt.paper(data["rows"], data["today"], calendar, step_lines(data["lang"]))


def _file(timeline, rows, former, old_rows, contacts, by, at):
    """Both faces under one number; the former version's papers are superseded, their links die."""
    job = timeline.job
    number = former.client_document.number if former else draw_number(job.client, "TL", at)
    for face in PRINTED:
        old = getattr(former, f"{face}_document") if former else None
        paper = file_paper(
            job, kind=Kind.TIMELINE, words=gettext_noop("Timeline"), face=face, number=number,
            content=printed(
                timeline, face, rows, old_rows, at=at, number=number, contacts=contacts
            ),
            revision=timeline.version, replaces=old, by=by, at=at,
        )  # fmt: skip
        if old:
            supersede(document=old, by=by, at=at)
        setattr(timeline, f"{face}_document", paper)


def _send(timeline, rows, old_rows, contacts, by, at):
    """The client face to each contact in it, with a link of his own and a receipt to come back.

    The letter is made of the client's data alone (R63).
    """
    face = papers.timeline_client(timeline, rows, old_rows, at=at)
    sent = dispatch(
        document=timeline.client_document,
        contacts=contacts,
        link_purpose="timeline",
        key=f"timeline:{timeline.pk}",
        expires_at=at + timedelta(days=TIMELINE_LINK_DAYS),
        template="jobs/mail/timeline_published.txt",
        context={"face": face, "moved": planwords.moves_text(face["moves"])},
        at=at,
        by=by,
    )
    _expect([row.contact for row in sent], timeline, at)


def _expect(people, timeline, at):
    """A receipt to come back from each (R66)."""
    Receipt.objects.bulk_create(
        Receipt(
            timeline=timeline,
            contact=person if isinstance(person, Contact) else None,
            user=person if isinstance(person, User) else None,
            sent_at=at,
            created_at=at,
        )
        for person in people
    )


def all_on(job, rows, at):
    """Our people on the job: AE, AM, AD, who is named in the plan, the departments in it."""
    people = posts(job.client, ["ae", "am", "ad"], at, named=job.ae)
    people += [row.user for row in rows if row.user]
    departments = {row.owner for row in rows if row.owner in ("creative", "media", "production")}
    departments |= set(job.start_orders.open().values_list("department", flat=True)) - {""}
    for department in sorted(departments):
        people += people_of(job, department)
    return [user for user in dict.fromkeys(people) if user.is_active]


def _tell_all(timeline, rows, old_rows, by, at):
    job = timeline.job
    people = [user for user in all_on(job, rows, at) if user != by]
    face = papers.timeline_internal(timeline, rows, old_rows, at=at)
    label = words(
        gettext_lazy("%(timeline)s in force: %(job)s. %(reason)s"),
        timeline=timeline, job=job, reason=timeline.reason,
    )  # fmt: skip
    tell("timeline_changed", timeline, people, label, client=job.client, at=at, slot="in_force",
         detail=planwords.moves_text(face["moves"]))  # fmt: skip
    _expect(people, timeline, at)
    old, new = final_of(old_rows), final_of(rows)
    if old and new.due_on > old.due_on:
        tell_final(timeline, old.due_on, new.due_on, by, at)


def tell_final(timeline, old, new, by, at):
    """The end of the plan slips: AM and AD are told at once (R65)."""
    job = timeline.job
    label = words(
        gettext_lazy("The final date slips from %(old)s to %(new)s: %(job)s"),
        old=old, new=new, job=job,
    )  # fmt: skip
    people = [user for user in posts(job.client, ["am", "ad"], at) if user != by]
    tell("timeline_changed", timeline, people, label, client=job.client, at=at,
         slot=f"final:{new}", level="breach")  # fmt: skip
