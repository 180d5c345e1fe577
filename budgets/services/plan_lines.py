"""Lines of a draft plan: one at a time, moved, dropped, many at once; each change sums anew."""

import uuid

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from agency.common.dates import first_of
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import check_version, save, verb
from budgets.models import MediaLine
from budgets.services.plan import (
    LINE_SUMS,
    open_draft,
    price_line,
    recalculate_plan,
    save_sums,
)
from jobs.constants import LINES_MOST
from jobs.services.drafts import add_editor, move_place, others_of, place_after, take_over

VALUES = ("medium", "vehicle", "supplier", "market", "spec", "month", "runs", "bonus_runs",
          "unit_gross", "discount_rate", "fixed_price")  # fmt: skip
FIGURES = ("pk", "position", *LINE_SUMS)


@verb
def save_line(*, plan, data, by, at, line=None, row_version=None, form_key=None):
    """Keep a line of a draft, a new one at the end; `data`: {name of VALUES: value}. The line.

    Afterwards `line.plan` carries the sums. The same form twice is one line (B2).
    """
    draft, behalf = open_draft(plan, by, at)
    if twin := made_before(draft, form_key):
        recalculate_plan(draft)
        return twin
    others = others_of(draft, line, FIGURES)
    row = _line_of(draft, line, row_version) if line else _new_line(draft, others)
    changes = _fill(row, data)
    if not changes and row.pk:
        recalculate_plan(draft, [*others, row])
        return row
    check_line(row)
    if row.pk:
        save(row, *changes, *LINE_SUMS)
    else:
        row.created_by, row.created_at, row.form_key = by, at, form_key
        save(row)
    save_sums(draft, [*others, row])
    add_editor(draft, by)
    _record(row, "save_media_line", by, at, behalf, **changes)
    return row


def _line_of(draft, line, row_version=None):
    row = draft.lines.select_for_update(of=("self",)).filter(pk=line.pk).first()
    if row is None:
        raise Refused(_("This line is not there any more."))
    check_version(row, row_version)
    row.plan = draft
    return row


def made_before(draft, form_key):
    """The line that this form has made already, or None (B2)."""
    if form_key is None:
        return None
    twin = MediaLine.objects.filter(form_key=form_key).first()
    if twin is None:
        return None
    if twin.plan_id != draft.pk:
        raise Refused(_("This form has been sent already, for another plan."))
    twin.plan = draft
    return twin


def _new_line(draft, others):
    check_room(len(others), 1)
    return MediaLine(plan=draft, position=place_after(others), thread=uuid.uuid4())


def check_room(count, more):
    if count + more > LINES_MOST:
        raise Refused(
            _("A media plan has at most %(most)s lines.") % {"most": LINES_MOST}, "vehicle"
        )


def _fill(row, data):
    """Take the values over; {name: [old, new]} of what differs."""
    if "month" in data:
        data = {**data, "month": first_of(data["month"])}
    return take_over(row, data, VALUES)


def check_line(row):
    """Compute the sums; refuse what no plan can hold, whichever way the line came in."""
    if not row.vehicle.strip():
        raise Refused(_("Please name the vehicle."), "vehicle")
    for name in ("runs", "bonus_runs", "unit_gross", "fixed_price"):
        if (getattr(row, name) or 0) < 0:
            raise Refused(_("A media plan holds nothing below 0."), name)
    if not 0 <= row.discount_rate <= 1:
        raise Refused(_("A discount is between 0 and 100 %."), "discount_rate")
    price_line(row, row.plan)


@verb
def remove_line(*, line, by, at, row_version=None):
    """Drop a line of a draft; the draft, with its sums."""
    draft, behalf = open_draft(line.plan, by, at)
    row = _line_of(draft, line, row_version)
    _record(row, "remove_media_line", by, at, behalf, vehicle=row.vehicle, price=row.media_price)
    row.delete()
    save_sums(draft)
    add_editor(draft, by)
    return draft


@verb
def move_line(*, line, up, by, at, row_version=None):
    """One place up or down in the order of the paper."""
    draft, behalf = open_draft(line.plan, by, at)
    line = _line_of(draft, line, row_version)
    order = list(draft.lines.values_list("pk", flat=True))
    place = move_place(MediaLine, order, line.pk, up)
    if place[0] == place[1]:
        return draft
    add_editor(draft, by)
    _record(line, "move_media_line", by, at, behalf, place=place)
    return draft


@verb
def add_rows(*, plan, rows, by, at, form_key=None):
    """Append many lines at once: `rows` are dicts of VALUES, as `budgets.incoming_plan` read them.

    The first of them keeps the key of the form, which adds its rows once (B2).
    """
    draft, behalf = open_draft(plan, by, at)
    if made_before(draft, form_key):
        return draft
    there = draft.lines.aggregate(count=Count("pk"), last=Max("position"))
    check_room(there["count"], len(rows))
    lines = []
    for position, data in enumerate(rows, start=(there["last"] or 0) + 1):
        line = MediaLine(
            plan=draft, position=position, thread=uuid.uuid4(), created_by=by, created_at=at
        )
        _fill(line, data)
        check_line(line)
        lines.append(line)
    if lines:
        lines[0].form_key = form_key
    MediaLine.objects.bulk_create(lines)
    save_sums(draft)
    add_editor(draft, by)
    _record(draft, "add_media_lines", by, at, behalf, lines=len(lines))
    return draft


def _record(row, name, by, at, behalf, **changes):
    draft = row.plan if isinstance(row, MediaLine) else row
    record(row, name, by=by, at=at, client=draft.job.client, behalf_of=behalf, **changes)
