"""The timeline in draft: begun by hand, from the version in force or from a template (R62–R64)."""

from django.utils.translation import gettext as _

from accounts.models import Contact, User
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.services.record import record
from agency.common.verbs import check_state, check_version, lock, save, verb
from jobs.models import Milestone, Supplier, Timeline
from jobs.models.timeline import Owner
from jobs.plan import count_back
from jobs.services.access import require_on

State = Timeline.State
# What a row of the next version takes over from the one in force, progress included.
KEPT = (
    "thread", "position", "name", "name_en", "starts_on", "due_on", "first_due_on", "forecast_on",
    "done_on", "owner", "user_id", "contact_id", "supplier_id", "client_visible", "needs",
    "effect_if_late", "slip_cause", "slip_note", "internal_note",
)  # fmt: skip
TYPED = (
    "name", "name_en", "starts_on", "due_on", "owner", "client_visible", "needs",
    "effect_if_late", "slip_cause", "slip_note", "internal_note",
)  # fmt: skip
ROWS_MOST = 100


def current_timeline(job):
    """The version in force, or None."""
    return job.timelines.current().first()


@verb
def draft_timeline(*, job, by, at, template=None):
    """Begin a version: from a template, else as a copy of the one in force, else empty.

    A draft that is there already is returned as it is.
    """
    job = lock(job)
    behalf = require_on(job, "jobs.publish_timeline", by, at)
    if not job.is_at_work:
        raise Refused(_("This job has ended: nothing is changed in it any more."))
    if draft := job.timelines.drafts().first():
        return draft
    former = current_timeline(job)
    version = job.timelines.count() + 1
    timeline = Timeline.objects.create(
        job=job, version=version, author=by, created_by=by, created_at=at
    )
    if template is not None:
        rows = list(_counted_back(job, template))
    else:
        rows = [
            Milestone(**{name: getattr(row, name) for name in KEPT})
            for row in (former.milestones.all() if former else ())
        ]
    for row in rows:
        row.timeline, row.created_by, row.created_at = timeline, by, at
    Milestone.objects.bulk_create(rows)
    record(
        timeline, "draft_timeline", by=by, at=at, client=job.client, behalf_of=behalf,
        template=str(template or ""),
    )  # fmt: skip
    return timeline


def _counted_back(job, template):
    """Rows of a template on the job's days; ours go to the AE, the client's to its one contact."""
    calendar = CalendarDay.objects.calendar()
    contacts = list(job.client.contacts.active()[:2])
    contact = contacts[0] if len(contacts) == 1 else None
    for row in template.rows.all():
        first, last = count_back(job.due_on, row.days_before, row.days_long, calendar)
        yield Milestone(
            position=row.position,
            name=row.name,
            name_en=row.name_en,
            starts_on=first,
            due_on=last,
            owner=row.owner,
            user=job.ae if row.owner == Owner.ACCOUNT else None,
            contact=contact if row.owner == Owner.CLIENT else None,
            client_visible=row.client_visible or row.owner == Owner.CLIENT,
            needs=row.needs,
        )


@verb
def save_rows(*, timeline, rows, by, at, row_version=None, reason=None):
    """Keep the rows of a draft in the order given; what is not among them is dropped.

    rows: dicts of TYPED with `pk` (None: new) and `who` (User, Contact, Supplier or None).
    """
    lock(timeline.job)
    timeline = lock(timeline)
    behalf = require_on(timeline.job, "jobs.publish_timeline", by, at)
    check_version(timeline, row_version)
    check_state(timeline, State.DRAFT)
    if len(rows) > ROWS_MOST:
        raise Refused(_("A timeline has at most %(count)d rows.") % {"count": ROWS_MOST})
    there = {row.pk: row for row in timeline.milestones.all()}
    kept = []
    for position, typed in enumerate(rows, start=1):
        row = there.get(typed.get("pk")) or Milestone(
            timeline=timeline, created_by=by, created_at=at
        )
        _take(row, typed, position)
        save(row)
        kept.append(row.pk)
    timeline.milestones.exclude(pk__in=kept).delete()
    if reason is not None:
        timeline.reason = reason
    save(timeline)
    client = timeline.job.client
    record(timeline, "save_timeline", by=by, at=at, client=client, behalf_of=behalf, rows=len(kept))
    return timeline


def _take(row, typed, position):
    """Put what was typed on the row; its dates are in order, its owner's kind fits who it is."""
    for name in TYPED:
        if name in typed:
            setattr(row, name, typed[name])
    row.position = position
    who = typed.get("who")
    row.user = who if isinstance(who, User) else None
    row.contact = who if isinstance(who, Contact) else None
    row.supplier = who if isinstance(who, Supplier) else None
    if row.contact:
        row.owner = Owner.CLIENT
    is_duty = row.owner == Owner.CLIENT
    if is_duty and (row.user or row.supplier):
        raise Refused(_("“%(row)s”: what the client does is done by a contact of the client.") % {
            "row": row.name
        }, "rows")  # fmt: skip
    if row.contact and row.contact.client_id != row.timeline.job.client_id:
        raise Refused(_("%(name)s is not a contact of this client.") % {"name": row.contact})
    row.client_visible = row.client_visible or is_duty
    if row.starts_on and row.starts_on > row.due_on:
        raise Refused(_("“%(row)s” begins after its due date.") % {"row": row.name}, "rows")
