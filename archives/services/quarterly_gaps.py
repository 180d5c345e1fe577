"""What a quarterly report lacks before it may go out (R49)."""

from django.utils.translation import gettext as _

from agency.common.texts import is_reason
from archives.models import CompetitorRow, QuarterlyReport
from archives.services.quarterly_rows import missing


def gaps(report):
    """[(field, words)], in the order of the paper."""
    return [
        *_part_gaps(report, "market"),
        *_competitor_gaps(report),
        *_part_gaps(report, "meaning"),
        *_part_gaps(report, "proposal"),
    ]


def _competitor_gaps(report):
    rows = list(report.rows.select_related("competitor").prefetch_related("observations"))
    new = list(missing(report))
    for row in rows:
        yield from _row_gaps(row)
    for competitor in new:
        words = _("%(competitor)s is known by now and not in the report: take it up.")
        yield "", words % {"competitor": competitor}
    if not rows and not new:
        yield "", _("The client's brands have no competitor yet: name at least one.")


def _part_gaps(report, name):
    if not is_reason(getattr(report, name)):
        part = QuarterlyReport._meta.get_field(name).verbose_name
        yield name, _("“%(part)s” is empty.") % {"part": part}


def _row_gaps(row):
    """A competitor is shown with evidence, or it is said that nothing was seen of him."""
    observations = row.observations.all()
    if row.nothing_seen:
        if observations:
            words = _("%(competitor)s: nothing was seen, and yet observations are chosen.")
            yield field_of(row, "nothing_seen"), words % {"competitor": row}
        return
    for name in (*CompetitorRow.TEXTS, "spend"):
        if getattr(row, name) in ("", None):
            part = CompetitorRow._meta.get_field(name).verbose_name
            words = _("%(competitor)s: “%(part)s” is empty.") % {"competitor": row, "part": part}
            yield field_of(row, name), words
    if not any(one.has_evidence for one in observations):
        words = _(
            "%(competitor)s: choose an observation with evidence from the archive, "
            "or say that nothing was seen."
        )
        yield field_of(row, "chosen"), words % {"competitor": row}


def field_of(row, name):
    """The field of the row on the page where the report is written."""
    return f"row-{row.pk}-{name}"
