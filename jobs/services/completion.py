"""The completion form: what was delivered, what it cost, what was learned; it closes the job."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models.scope import local_day
from accounts.services.telling import one, posts, tell, words
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Ad
from archives.papers import draw_number
from archives.services import add_ad
from jobs.constants import BILLED_BY
from jobs.models import CompletionForm, CoopRating, Job, ReviewNote, StartOrder
from jobs.papers import closing as papers
from jobs.papers.common import file_paper
from jobs.reports.missing import missing_papers
from jobs.services.access import require_on
from jobs.services.ending import close_job
from jobs.services.papers import signed_sums

ZERO = Decimal("0.00")
State = CompletionForm.State
# What stands on the form, or comes into being with it.
COMES_WITH_IT = {Kind.COMPLETION_FORM}
# Asked for as ads that are recorded, or a word why there is none (R44).
ASKED_AS_ADS = {Kind.AD_FILE}


class Lack(NamedTuple):
    """What keeps a form from being handed in; field of the form or kind of paper that ends it."""

    field: str
    words: str
    kind: str = ""
    is_waivable: bool = False


@verb
def draft_completion(*, job, by, at):
    """The form of a delivered job; the one that is there already, if any."""
    job = lock(job)
    require_on(job, "jobs.complete", by, at)
    check_state(job, Job.State.DELIVERED)
    return CompletionForm.objects.get_or_create(
        job=job,
        defaults={
            "delivered_on": local_day(job.delivered_at or at),
            "author": by,
            "created_by": by,
            "created_at": at,
        },
    )[0]


def sums_of(job):
    """(signed, cost) of the job: what the client signed without VAT, and the bills entered."""
    cost = sum((row.amount for row in job.costs.bills()), ZERO)
    return signed_sums(job)[0], cost


@verb
def save_completion(*, form, typed, by, at, row_version=None):
    """Keep what was typed into the draft; `typed` are its words and its day of delivery."""
    lock(form.job)
    form = lock(form)
    require_on(form.job, "jobs.complete", by, at)
    check_version(form, row_version)
    check_state(form, State.DRAFT)
    for name in ("delivered_on", "no_ad_reason", "deviation", "unbilled_reason", "lessons"):
        setattr(form, name, typed.get(name, getattr(form, name)))
    save(form)
    return form


@verb
def record_ad(*, job, by, at, **about):
    """An ad the job made goes to the client's record of every ad (R44)."""
    job = lock(job)
    return add_ad(
        client=job.client, brand=job.brand, product=job.product, job_number=job.number, by=by,
        at=at, **about,
    )  # fmt: skip


@verb
def submit_completion(*, form, by, at, row_version=None):
    """The AE says: done, delivered, billed, filed. Refused carries every gap (3.11, R40, R44)."""
    job = lock(form.job)
    form = lock(form)
    behalf = require_on(job, "jobs.complete", by, at)
    check_version(form, row_version)
    check_state(form, State.DRAFT)
    form.signed_total, form.cost_total = sums_of(job)
    reasons = [(lack.field, lack.words) for lack in gaps(form)]
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)
    form.state, form.author, form.submitted_at = State.SUBMITTED, by, at
    form.returned_reason = ""
    save(form)
    form.ads.set(Ad.objects.filter(client=job.client).of_job(job.number))
    label = words(gettext_lazy("Completion form to approve: %(job)s"), job=job)
    people = [user for user in posts(job.client, ["am"], at) if user != by]
    slot = f"completion:{form.row_version}"
    tell("step_waiting", form, people, label, client=job.client, at=at, slot=slot)
    record(form, "submit_completion", by=by, at=at, client=job.client, behalf_of=behalf)
    return form


def gaps(form):
    """Each Lack that still keeps the form from being handed in."""
    job = form.job
    if job.state != Job.State.DELIVERED:
        yield Lack("", _("The job is not delivered."))
    if job.makes_ads and not form.no_ad_reason.strip() and not _has_ads(job):
        yield Lack("no_ad_reason", _("Record the ads that were made, or say why there is none."))
    if form.cost_total > signed_sums(job)[1] and not form.deviation.strip():
        yield Lack("deviation", _("The cost is above the estimate: please explain."))
    unbilled = list(job.costs.orders().filter(bills=None))
    for order in unbilled:
        text = _("The supplier's bill is missing: %(order)s.") % {"order": order}
        yield Lack("", text, Kind.SUPPLIER_BILL)
    for row in missing_papers(job, stage="closed"):
        if row.kind != Kind.SUPPLIER_BILL or not unbilled:
            yield from _gap_of(form, row)


def _gap_of(form, row):
    """A missing paper, unless it comes with the form or the form says why there is none."""
    if row.state in ("there", "waived") or row.kind in COMES_WITH_IT | ASKED_AS_ADS:
        return
    if row.kind in BILLED_BY:
        if not form.unbilled_reason.strip():
            yield Lack("unbilled_reason", _("There is no invoice: please say why."), row.kind)
        return
    text = _("Missing paper: %(paper)s.") % {"paper": Kind(row.kind).label}
    yield Lack("", text, row.kind, row.is_waivable)


def _has_ads(job):
    return Ad.objects.filter(client=job.client).of_job(job.number).exists()


@verb
def approve_completion(*, form, by, at, row_version=None):
    """The AM agrees: the form is filed, the job closed, its papers go to the history (R46)."""
    job = lock(form.job)
    form = lock(form)
    behalf = require_on(job, "jobs.approve_completion", by, at)
    check_version(form, row_version)
    check_state(form, State.SUBMITTED)
    if form.author_id in (by.pk, behalf.pk if behalf else None):
        raise Refused(_("The author does not approve his own form."))
    form.state, form.approved_by, form.approved_at = State.APPROVED, by, at
    _file(form, by, at)
    save(form)
    close_job(job=job, by=by, at=at)
    _tell_departments(job, at)
    record(form, "approve_completion", by=by, at=at, client=job.client, behalf_of=behalf)
    return form


@verb
def return_completion(*, form, reason, by, at, row_version=None):
    """The AM gives the form back with a reason."""
    job = lock(form.job)
    form = lock(form)
    behalf = require_on(job, "jobs.approve_completion", by, at)
    check_version(form, row_version)
    check_state(form, State.SUBMITTED)
    form.state, form.returned_reason = State.DRAFT, check_reason(reason)
    save(form)
    label = words(
        gettext_lazy("Completion form returned: %(job)s. %(reason)s"),
        job=job, reason=form.returned_reason,
    )  # fmt: skip
    slot = f"returned:{form.row_version}"
    people = one(job.client, form.author, at)
    tell("refused", form, people, label, client=job.client, at=at, slot=slot)
    record(
        form, "return_completion", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason
    )
    return form


def _file(form, by, at):
    job = form.job
    number = draw_number(job.client, "CF", at)
    for face in ("client", "internal"):
        content = render(
            f"jobs/pdf/completion_{face}.html", getattr(papers, f"completion_{face}")(
                form, number, at
            ),
        )  # fmt: skip
        form.document = file_paper(
            job, kind=Kind.COMPLETION_FORM, words=gettext_noop("Completion form"),
            content=content, face=face, number=number, by=by, at=at,
        )  # fmt: skip


def _tell_departments(job, at):
    """Who had a start order may rate the cooperation (R75)."""
    orders = job.start_orders.exclude(state=StartOrder.State.WITHDRAWN)
    people = {row.done_by or row.received_by or row.to for row in orders.select_related(
        "done_by", "received_by", "to"
    )} - {None}  # fmt: skip
    label = words(gettext_lazy("Closed: %(job)s. How was the cooperation?"), job=job)
    people = sorted(people, key=lambda user: user.pk)
    tell("job_closed", job, people, label, client=job.client, at=at, slot="rate", mail=False)


@verb
def rate_job(*, job, stars, by, at, text=""):
    """A department that had a start order rates the cooperation, once a person (R75)."""
    job = lock(job)
    require_on(job, "jobs.take_start", by, at, own=True)
    check_state(job, Job.State.CLOSED)
    orders = job.start_orders.exclude(state=StartOrder.State.WITHDRAWN)
    if not orders.filter(department=by.department).exists():
        raise Refused(_("Your department had no start order on this job."))
    if job.ratings.filter(by=by).exists():
        raise Refused(_("You have rated this job already."))
    rating = CoopRating.objects.create(
        job=job, by=by, department=by.department, stars=stars, words=text, created_by=by,
        created_at=at,
    )  # fmt: skip
    record(rating, "rate_job", by=by, at=at, client=job.client, stars=stars)
    return rating


@verb
def write_review(*, job, kind, text, on, by, at):
    """The director's note on strategy or creative work of a campaign (R84)."""
    job = lock(job)
    behalf = require_on(job, "jobs.approve_director", by, at)
    note = ReviewNote.objects.create(
        job=job, by=by, kind=kind, text=text, on=on, created_by=by, created_at=at
    )
    people = posts(job.client, ["ae", "am"], at, named=job.ae)
    label = words(gettext_lazy("Review note on %(job)s"), job=job)
    tell("review_note", note_subject(note), people, label, client=job.client, at=at,
         slot=f"note{note.pk}", mail=False)  # fmt: skip
    record(note, "write_review", by=by, at=at, client=job.client, behalf_of=behalf, kind=kind)
    return note


def note_subject(note):
    """Notices lead to the job's page, where its notes stand."""
    return note.job
