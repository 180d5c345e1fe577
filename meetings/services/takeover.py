"""What was typed during a meeting goes into the draft of its report, each line once (R13, 3.2).

A line and its words in the draft stay together until somebody writes there: from then on the
words of the draft are theirs, and the line changes them no more.
"""

from agency.common.verbs import lock, save
from meetings.models import ActionPoint, AgendaItem, HoldLine, ReportPoint
from meetings.services.draft import keep_owners

KINDS = {"d": ReportPoint.Kind.DECISION, "c": ReportPoint.Kind.DISCUSSION}


def take_all(meeting, at):
    """Every line that is not in the draft yet."""
    rows = meeting.hold_lines.filter(is_removed=False, taken_at=None)
    take(meeting, list(rows.select_related("item", "user", "contact")), at)


def take(meeting, rows, at):
    """Put these lines into the draft, if there is one; whoever writes it is shown both."""
    if meeting.report_id is None or not rows:
        return
    report = lock(meeting.report)
    for row in rows:
        _write(report, row)
    HoldLine.objects.filter(pk__in=[row.pk for row in rows]).update(taken_at=at)
    _finish(report)


def _finish(report):
    _put_in_order(report)
    keep_owners(report)
    save(report, "no_action")


def _write(report, row):
    if row.kind == HoldLine.Kind.ACTION:
        _write_action(report, row)
        return
    _conclude(row)
    empty = ReportPoint.objects.filter(report=report, item=row.item_id, text="", solution="")
    point = (row.item_id and empty.first()) or ReportPoint(report=report, item_id=row.item_id)
    point.kind, point.text = KINDS[row.kind], row.text
    point.position = point.position or _last(report.points)
    point.save()


def _write_action(report, row):
    report.no_action = False
    ActionPoint.objects.create(
        report=report,
        position=_last(report.actions),
        text=row.text,
        user=row.user,
        contact=row.contact,
        due_on=row.due_on,
    )


def _last(rows):
    last = rows.order_by("position").last()
    return last.position + 1 if last else 1


def _conclude(row, old=None):
    """The item's own conclusion: what was typed as such, line by line, `old` being what it was."""
    if row.item_id is None:
        return
    item = AgendaItem.objects.get(pk=row.item_id)
    lines = item.conclusion.splitlines()
    if old is not None and old not in lines:
        return
    is_said = row.kind == HoldLine.Kind.CONCLUSION and not row.is_removed
    new = [row.text] if is_said else []
    if old is not None:
        place = lines.index(old)
        lines[place : place + 1] = new
    else:
        lines += [text for text in new if text not in lines]
    item.conclusion = "\n".join(lines)
    item.save(update_fields=["conclusion"])


def _put_in_order(report):
    """Points of one item stand together, items in the order of the agenda."""
    points = list(report.points.select_related("item"))
    points.sort(key=lambda row: (row.item is None, row.item.position if row.item else 0))
    for position, point in enumerate(points, start=1):
        if point.position != position:
            point.position = position
            point.save(update_fields=["position"])


def written(meeting, row):
    """The row of the draft that still says what the line says; None when nobody can tell."""
    if meeting.report_id is None or row.taken_at is None:
        return None
    if row.kind == HoldLine.Kind.ACTION:
        same = {"user": row.user_id, "contact": row.contact_id, "due_on": row.due_on}
        return meeting.report.actions.filter(is_live=False, text=row.text, **same).first()
    same = {"item": row.item_id, "kind": KINDS[row.kind], "text": row.text}
    return meeting.report.points.filter(**same).first()


def rewrite(meeting, before, row, old):
    """The line has been changed: so are its words in the draft that are still its own.

    old: the conclusion that it was, None when it was another kind.
    """
    if meeting.report_id is None or row.taken_at is None:
        return
    _conclude(row, old)
    if before is None:
        return
    report = lock(meeting.report)
    if isinstance(before, ActionPoint) != (row.kind == HoldLine.Kind.ACTION):
        before.delete()
        _write(report, row)
    else:
        _change(before, row)
    _finish(report)


def _change(before, row):
    before.text = row.text
    if isinstance(before, ActionPoint):
        before.user, before.contact, before.due_on = row.user, row.contact, row.due_on
    else:
        before.kind = KINDS[row.kind]
    before.save()


def erase(meeting, before, row):
    """The line has been removed."""
    if meeting.report_id is None or row.taken_at is None:
        return
    if row.kind == HoldLine.Kind.CONCLUSION:
        _conclude(row, row.text)
    if before is not None:
        report = lock(meeting.report)
        before.delete()
        _finish(report)
