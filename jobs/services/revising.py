"""The next revision, the whole anew, the difference only: drafts over what was sent (3.6, R60)."""

from django.db.models import Max
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, lock, verb
from jobs.models import Estimate, EstimateLine, SupplierQuote
from jobs.services.access import require_on
from jobs.services.estimate import RIGHT, begin, check_ground, save_sums
from jobs.services.sending import check_newest

State = Estimate.State
HEAD = ("number", "contingency_rate", "vat_rate", "markup_rate", "note_client", "note_internal",
        "quotes_reason")  # fmt: skip
LINE = ("group", "deliverable_id", "text", "quantity", "unit", "unit_cost", "markup_rate",
        "fixed_price", "vat_rate", "is_optional", "chosen", "cost", "price",
        "supplier_id")  # fmt: skip
QUOTE = ("supplier_id", "amount", "on", "document_id", "chosen")


@verb
def revise_estimate(*, estimate, by, at):
    """Refused, withdrawn or expired: the next revision, lines copied; approvals begin at zero."""
    former, job, behalf = _begun(estimate, by, at)
    check_state(former, State.REFUSED, State.WITHDRAWN, State.EXPIRED)
    check_newest(former)
    draft = _draft(job, former, by, at, change=former.change, supersedes=former.supersedes)
    draft.includes.set(former.includes.all())
    _copy_lines(former, draft, by, at)
    return _done(draft, "revise_estimate", by, at, behalf)


@verb
def re_estimate(*, estimate, by, at, reason):
    """The whole anew over a signed base and its change orders, which stay in force until then."""
    former, job, behalf = _begun(estimate, by, at)
    _check_signed_base(former)
    _check_no_other(job, change=0)
    draft = _draft(job, former, by, at, change=0, supersedes=former)
    orders = list(job.estimates.signed().filter(change__gt=0).order_by("change"))
    draft.includes.set(orders)
    for source in (former, *orders):
        _copy_lines(source, draft, by, at)
    return _done(draft, "re_estimate", by, at, behalf, reason=check_reason(reason))


@verb
def draft_change_order(*, estimate, by, at, reason):
    """The difference only, with a chain and a signature of its own (R60)."""
    former, job, behalf = _begun(estimate, by, at)
    _check_signed_base(former)
    if job.estimates.unsigned().filter(change__gt=0).exists():
        raise Refused(_("There is an unsigned change order on this job already."))
    last = job.estimates.aggregate(last=Max("change"))["last"]
    rates = {name: getattr(former, name) for name in ("contingency_rate", "vat_rate")}
    draft = begin(job=job, brief=check_ground(job), by=by, at=at, change=last + 1, **rates)
    return _done(draft, "draft_change_order", by, at, behalf, reason=check_reason(reason))


def _begun(estimate, by, at):
    """Job before estimate, so that two people drafting at once meet at the job."""
    job = lock(estimate.job)
    row = lock(estimate)
    row.job = job
    return row, job, require_on(job, RIGHT, by, at)


def _check_signed_base(row):
    check_state(row, State.SIGNED)
    if row.is_change_order:
        raise Refused(_("Begin from the signed production estimate, not from a change order."))


def _check_no_other(job, change):
    if job.estimates.unsigned().filter(change=change).exists():
        raise Refused(_("There is an unsigned estimate on this job already."))


def _draft(job, former, by, at, change, supersedes):
    """Number, rates and notes of the former one, by the brief in force; nobody's approval."""
    _check_no_other(job, change)
    last = job.estimates.filter(change=change).aggregate(last=Max("revision"))["last"]
    copied = {name: getattr(former, name) for name in HEAD}
    return begin(
        job=job, brief=check_ground(job), by=by, at=at, change=change, revision=last + 1,
        supersedes=supersedes, **copied,
    )  # fmt: skip


def _copy_lines(former, draft, by, at):
    last = draft.lines.aggregate(last=Max("position"))["last"] or 0
    for position, line in enumerate(former.lines.prefetch_related("quotes"), start=last + 1):
        copy = EstimateLine.objects.create(
            estimate=draft, position=position, created_by=by, created_at=at,
            **{name: getattr(line, name) for name in LINE},
        )  # fmt: skip
        SupplierQuote.objects.bulk_create(
            SupplierQuote(
                line=copy, created_by=by, created_at=at,
                **{name: getattr(quote, name) for name in QUOTE},
            )
            for quote in line.quotes.all()
        )  # fmt: skip


def _done(draft, name, by, at, behalf, **changes):
    save_sums(draft)
    draft.refresh_from_db()
    record(draft, name, by=by, at=at, client=draft.job.client, behalf_of=behalf, **changes)
    return draft
