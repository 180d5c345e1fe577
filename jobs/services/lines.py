"""Lines of a draft: one at a time, moved, dropped, many at once; each change sums anew (6.1)."""

from functools import lru_cache

from django.db import IntegrityError
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import check_version, held, save, verb
from jobs.constants import LINES_MOST
from jobs.models import EstimateLine, SupplierQuote
from jobs.services.drafts import add_editor, move_place, others_of, place_after, take_over
from jobs.services.estimate import open_draft, recalculate, save_sums
from jobs.sums import MOST, line_sums

VALUES = ("group", "deliverable", "text", "quantity", "unit", "unit_cost", "markup_rate",
          "fixed_price", "vat_rate", "is_optional", "chosen", "supplier")  # fmt: skip
COMPUTED = ("chosen", "cost", "price")
# What a save wants of its line and of the draft.
LOCKED = (
    *(field.name for field in EstimateLine._meta.concrete_fields),
    *(f"estimate__{name}" for name in ("state", "change", "currency", "contingency_rate")),
    *(f"estimate__{name}" for name in ("vat_rate", "author", "job")),
)
FIGURES = ("pk", "position", "group", "form_key", "price", "cost", "vat_rate", "chosen")


@verb
def save_line(*, estimate, data, by, at, line=None, row_version=None, form_key=None):
    """Keep a line of a draft, a new one at the end; `data`: {name of VALUES: value}. The line.

    Afterwards `line.estimate` carries the sums, and a new line the one it follows as `follows`.
    The same form twice is one line (B2).
    """
    row = _lock_line(estimate, line) if line else None
    draft, behalf = open_draft(estimate, by, at, locked=row and row.estimate)
    others = others_of(draft, line, FIGURES)
    if twin := _twin_of(draft, others, form_key):
        recalculate(draft, others)
        return twin
    row = _checked(row, draft, row_version) if line else _new_line(draft, others)
    changes = _fill(row, data)
    if not changes and row.pk:
        recalculate(draft, [*others, row])
        return row
    check_line(row)
    if row.pk:
        save(row, *changes, *COMPUTED)
    else:
        row.created_by, row.created_at, row.form_key = by, at, form_key
        _insert(row)
    save_sums(draft, [*others, row])
    add_editor(draft, by)
    _record(row, "save_line", by, at, behalf, **changes)
    return row


def _lock_line(estimate, line):
    """The line with its estimate, both locked, the estimate first; None when it has gone.

    It carries the limit above which the house wants three quotes as `quotes_above`, too.
    """
    with held(estimate):
        return _lockable().filter(pk=line.pk, estimate=estimate.pk).first()


@lru_cache
def _lockable():
    """The question of _lock_line, put together once; it holds no answer."""
    rows = EstimateLine.objects.with_quotes().with_limit().select_related("estimate")
    return rows.only(*LOCKED).select_for_update(of=("self",))


def _line_of(draft, line, row_version=None):
    rows = draft.lines.with_quotes().select_for_update(of=("self",))
    return _checked(rows.filter(pk=line.pk).first(), draft, row_version)


def _checked(row, draft, row_version):
    if row is None:
        raise Refused(_("This line is not there any more."))
    check_version(row, row_version)
    row.estimate = draft
    return row


def _twin_of(draft, others, form_key):
    """The line of the draft that this form has made already, or None (B2)."""
    made = [row for row in others if form_key is not None and row.form_key == form_key]
    if not made:
        return None
    twin = draft.lines.with_quotes().get(pk=made[0].pk)
    twin.estimate = draft
    twin.follows = _last([row for row in others if row.position < twin.position])
    return twin


def _last(lines):
    return max(lines, key=lambda row: row.position, default=None)


def _insert(row):
    """A form that has made a line of another estimate makes none here: its key is used up (B2)."""
    try:
        save(row)
    except IntegrityError as error:
        if "form_key" not in str(error):
            raise
        raise Refused(_sent_elsewhere()) from error


def _sent_elsewhere():
    return _("This form has been sent already, for another estimate.")


def made_before(draft, form_key):
    """Whether this form has added its lines already (B2)."""
    twin = form_key and EstimateLine.objects.filter(form_key=form_key).first()
    if twin and twin.estimate_id != draft.pk:
        raise Refused(_sent_elsewhere())
    return bool(twin)


def _new_line(draft, others):
    check_room(len(others), 1)
    row = EstimateLine(
        estimate=draft, position=place_after(others), markup_rate=draft.markup_rate,
        vat_rate=draft.vat_rate,
    )  # fmt: skip
    row.asked, row.follows = 0, _last(others)
    return row


def check_room(count, more):
    if count + more > LINES_MOST:
        raise Refused(_("An estimate has at most %(most)s lines.") % {"most": LINES_MOST}, "text")


def _fill(row, data):
    """Take the values over; {name: [old, new]} of what differs."""
    changes = take_over(row, data, VALUES)
    if not row.is_optional:
        row.chosen = True
    return changes


def check_line(row):
    """Compute cost and price; refuse what an estimate of its kind cannot hold (R60)."""
    if not row.quantity:
        raise Refused(_("The quantity cannot be 0."), "quantity")
    if not row.estimate.is_change_order:
        for name in ("quantity", "unit_cost", "fixed_price"):
            if (getattr(row, name) or 0) < 0:
                raise Refused(_("Less than 0 is possible only in a change order."), name)
    row.cost, row.price = line_sums(row.quantity, row.unit_cost, row.markup_rate, row.fixed_price)
    if max(abs(row.cost), abs(row.price)) > MOST:
        raise Refused(_("The amount of this line is too large to be kept."), "quantity")
    _check_of_job(row)


def _check_of_job(row):
    thing = row.deliverable
    if thing is not None and thing.job_id != row.estimate.job_id:
        raise Refused(_("This deliverable belongs to another job."), "deliverable")


@verb
def delete_line(*, line, by, at, row_version=None):
    """Drop a line of a draft with its quotes."""
    draft, behalf = open_draft(line.estimate, by, at)
    row = _line_of(draft, line, row_version)
    _record(row, "delete_line", by, at, behalf, text=row.text, price=row.price)
    row.delete()
    save_sums(draft)
    add_editor(draft, by)
    return draft


@verb
def move_line(*, line, up, by, at):
    """One place up or down in the order of the paper."""
    draft, behalf = open_draft(line.estimate, by, at)
    order = list(draft.lines.values_list("pk", flat=True))
    if line.pk not in order:
        raise Refused(_("This line is not there any more."))
    place = move_place(EstimateLine, order, line.pk, up)
    if place[0] == place[1]:
        return draft
    add_editor(draft, by)
    _record(line, "move_line", by, at, behalf, place=place)
    return draft


@verb
def add_rows(*, estimate, rows, by, at, form_key=None):
    """Append many lines at once: `rows` are dicts of VALUES, as `jobs.incoming` has read them.

    The first of them keeps the key of the form, which adds its rows once (B2).
    """
    draft, behalf = open_draft(estimate, by, at)
    if made_before(draft, form_key):
        return draft
    there = draft.lines.aggregate(count=Count("pk"), last=Max("position"))
    check_room(there["count"], len(rows))
    lines = []
    for position, data in enumerate(rows, start=(there["last"] or 0) + 1):
        line = EstimateLine(
            estimate=draft, position=position, created_by=by, created_at=at,
            **{"markup_rate": draft.markup_rate, "vat_rate": draft.vat_rate, **data},
        )  # fmt: skip
        check_line(line)
        lines.append(line)
    if lines:
        lines[0].form_key = form_key
    EstimateLine.objects.bulk_create(lines)
    save_sums(draft)
    add_editor(draft, by)
    _record(draft, "add_lines", by, at, behalf, lines=len(lines))
    return draft


@verb
def save_quotes(*, line, quotes, by, at, row_version=None):
    """The suppliers' quotes of a line; `quotes`: dicts of supplier, amount, on, document, chosen.

    One supplier quotes once, and at most one is chosen; the chosen one is the line's supplier.
    """
    draft, behalf = open_draft(line.estimate, by, at)
    row = _line_of(draft, line, row_version)
    check_quotes(quotes, draft.job.client)
    row.quotes.all().delete()
    SupplierQuote.objects.bulk_create(
        SupplierQuote(line=row, created_by=by, created_at=at, **quote) for quote in quotes
    )
    chosen = next((quote["supplier"] for quote in quotes if quote["chosen"]), None)
    if chosen is not None:
        row.supplier = chosen
    save(row)
    add_editor(draft, by)
    _record(
        row, "save_quotes", by, at, behalf,
        quotes=[f"{quote['supplier']}: {quote['amount']}" for quote in quotes],
    )  # fmt: skip
    return row


def check_quotes(quotes, client):
    if len({quote["supplier"].pk for quote in quotes}) < len(quotes):
        raise Refused(_("Each supplier quotes once."), "supplier")
    if sum(bool(quote["chosen"]) for quote in quotes) > 1:
        raise Refused(_("Only one quote can be chosen."), "chosen")
    for quote in quotes:
        if quote["amount"] <= 0:
            raise Refused(_("A quote is an amount above 0."), "amount")
        paper = quote.get("document")
        if paper is not None and paper.client_id != client.pk:
            raise Refused(_("This paper belongs to another client."), "document")


def _record(row, name, by, at, behalf, **changes):
    draft = row.estimate if isinstance(row, EstimateLine) else row
    record(row, name, by=by, at=at, client=draft.job.client, behalf_of=behalf, **changes)
