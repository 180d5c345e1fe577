"""Start orders: given by the account service, taken and finished by who does the work (R53)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.permissions import can
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.kinds import Kind
from archives.papers import draw_number
from jobs.models import Job, StartOrder
from jobs.papers import work as papers
from jobs.papers.common import file_paper
from jobs.services.access import is_theirs, require_on
from jobs.services.brief import people_of
from jobs.services.job import activate_job
from jobs.services.start import may_start

State = StartOrder.State


@verb
def give_order(
    *, job, kind, text, due_on, by, at, department="", supplier=None, to=None, form_key=None
):
    """Tell a department or a supplier to begin; Refused carries every reason why not.

    The first order makes the job active. The order is printed and filed (SO), the department told.
    """
    job = lock(job)
    behalf = require_on(job, "jobs.give_start", by, at)
    order = StartOrder(
        job=job, kind=kind, department=department, supplier=supplier, to=to, text=text,
        due_on=due_on, given_by=by, given_at=at, created_by=by, form_key=form_key,
    )  # fmt: skip
    if earlier := _made_before(form_key):
        return earlier
    _check_receiver(order)
    reasons = may_start(job=job, kind=kind, at=at, department=department)
    if reasons:
        raise Refused(reasons[0], "kind", [("kind", reason) for reason in reasons])
    order.brief = job.briefs.in_force().get(kind="job")
    once(order)
    _file(order, by, at)
    if job.state == Job.State.APPROVED:
        activate_job(job=job, by=by, at=at)
    _tell_receivers(order, at)
    record(order, "give_order", by=by, at=at, client=job.client, behalf_of=behalf, kind=kind)
    return order


def _made_before(form_key):
    return form_key and StartOrder.objects.filter(form_key=form_key).first()


def _check_receiver(order):
    if order.kind == StartOrder.Kind.SUPPLIER:
        if order.supplier is None:
            raise Refused(_("Please choose the supplier."), "supplier")
        if not order.supplier.is_active:
            raise Refused(_("We do not work with this supplier any more."), "supplier")
    elif not order.department:
        raise Refused(_("Please choose the department."), "department")
    if order.to and order.to.department != order.department:
        raise Refused(_("This person is not of that department."), "to")


def _file(order, by, at):
    number = draw_number(order.job.client, "SO", at)
    content = render("jobs/pdf/start_order.html", papers.start_order(order, number, at))
    order.document = file_paper(
        order.job, kind=Kind.START_ORDER, words=gettext_noop("Start order"), content=content,
        face="internal", number=number, by=by, at=at,
    )  # fmt: skip
    order.save(update_fields=["document"])


def receivers(order):
    """Who takes the order: the person named, else the department's people on the client."""
    if order.to:
        return [order.to]
    return people_of(order.job, order.taken_by)


def _tell_receivers(order, at):
    label = words(gettext_lazy("Start order: %(job)s, by %(due)s"), job=order.job, due=order.due_on)
    tell(
        "start_order", order, receivers(order), label, client=order.job.client, at=at, slot="given"
    )


@verb
def receive_order(*, order, by, at, row_version=None):
    """The department has the order and begins."""
    order, behalf = _taken(order, by, at, row_version, State.GIVEN)
    order.state, order.received_by, order.received_at = State.RECEIVED, by, at
    save(order)
    record(order, "receive_order", by=by, at=at, client=order.job.client, behalf_of=behalf)
    return order


@verb
def finish_order(*, order, by, at, row_version=None):
    """What was ordered is done; the AE is told."""
    order, behalf = _taken(order, by, at, row_version, State.GIVEN, State.RECEIVED)
    if order.received_at is None:
        order.received_by, order.received_at = by, at
    order.state, order.done_by, order.done_at = State.DONE, by, at
    save(order)
    label = words(gettext_lazy("Done: %(order)s of %(job)s"), order=order, job=order.job)
    people = posts(order.job.client, ["ae"], at, named=order.job.ae)
    tell("start_order", order, people, label, client=order.job.client, at=at, slot="done")
    record(order, "finish_order", by=by, at=at, client=order.job.client, behalf_of=behalf)
    return order


def _taken(order, by, at, row_version, *states):
    lock(order.job)
    order = lock(order)
    behalf = _require_take(order, by, at)
    check_version(order, row_version)
    check_state(order, *states)
    return order, behalf


def _require_take(order, by, at):
    """The department's own (4.2); for a supplier the production department or who gave it."""
    if order.kind == StartOrder.Kind.SUPPLIER and can(by, "jobs.give_start", order.job.client, at):
        return require_on(order.job, "jobs.give_start", by, at)
    if is_theirs(order.job, by, at) and not is_receiver(order, by):
        raise PermissionDenied("jobs.take_start")
    return require_on(order.job, "jobs.take_start", by, at, own=True)


def is_receiver(order, user):
    """Is the order the person's own, or his department's?"""
    if order.to_id and order.to_id == user.pk:
        return True
    return order.taken_by == user.department


@verb
def withdraw_order(*, order, reason, by, at, row_version=None):
    """Take an order back before it is done; the department is told why."""
    lock(order.job)
    order = lock(order)
    behalf = require_on(order.job, "jobs.give_start", by, at)
    check_version(order, row_version)
    check_state(order, State.GIVEN, State.RECEIVED)
    take_back(order, check_reason(reason), by=by, at=at)
    record(
        order, "withdraw_order", by=by, at=at, client=order.job.client, behalf_of=behalf,
        reason=order.withdraw_reason,
    )  # fmt: skip
    return order


def take_back(order, reason, *, by, at):
    """The order ends; also called when its job is cancelled. The caller holds the job's lock."""
    order.state, order.withdrawn_at, order.withdraw_reason = State.WITHDRAWN, at, reason
    save(order)
    label = words(
        gettext_lazy("Withdrawn: %(order)s of %(job)s. %(reason)s"),
        order=order, job=order.job, reason=reason,
    )  # fmt: skip
    people = receivers(order)
    tell("start_order", order, people, label, client=order.job.client, at=at, slot="withdrawn")
    return order
