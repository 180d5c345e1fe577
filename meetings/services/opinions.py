"""What a client thinks of our work reaches management promptly (R25)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Rights, require
from accounts.services.telling import posts, stamp, tell, words
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import check_state, lock, save, verb
from meetings.models import ContactReport, ReportPoint
from meetings.services.naming import title_of

READERS = ("am", "ad", "gad")


@verb
def flag_opinion(*, point, by, at):
    """Pass a point of a draft to AM, AD and GAD at once, without waiting for the issue."""
    report = lock(point.report)
    behalf = require(by, "meetings.issue_report", report.client, at)
    check_state(report, ContactReport.State.DRAFT)
    point = ReportPoint.objects.get(pk=point.pk)
    if point.told_at is not None:
        raise Refused(_("Management has been told of this point."))
    point.for_management = True
    point.save(update_fields=["for_management"])
    tell_flagged(report, by, at)
    save(report)
    record(report, "flag_opinion", by=by, at=at, client=report.client, behalf_of=behalf)
    return point


def tell_flagged(report, by, at):
    """Tell management of every flagged point it does not know yet; the caller saves the report."""
    points = [p for p in report.points.filter(for_management=True, told_at=None) if p.text.strip()]
    if not points:
        return
    for point in points:
        point.told_at = at
        point.save(update_fields=["told_at"])
        label = words(gettext_lazy("Client opinion: %(text)s"), text=point.text[:120])
        people = posts(report.client, READERS, at)
        tell("opinion", report, people, label, client=report.client, at=at, slot=f"p{point.pk}")
    report.opinion_told_at = at
    report.opinion_read_at = report.opinion_read_by = report.opinion_reminded_at = None


@verb
def read_opinion(*, report, by, at):
    """The AD (or who stands for him, or the GAD) has read what the client thinks."""
    report = lock(report)
    behalf = require(by, "accounts.view_client", report.client, at)
    if Rights(by, at).role_on(report.client) not in ("ad", "gad"):
        raise Refused(_("The opinion waits for the account director."))
    if report.opinion_told_at is None:
        raise Refused(_("There is no opinion in this report."))
    if report.opinion_read_at is None:
        report.opinion_read_at, report.opinion_read_by = at, by
        save(report, "opinion_read_at", "opinion_read_by")
        record(report, "read_opinion", by=by, at=at, client=report.client, behalf_of=behalf)
    return report


def unread(before):
    """Reports whose opinions nobody of the AD's post has read since, not reminded of yet."""
    return ContactReport.objects.opinion_unread().filter(
        opinion_told_at__lte=before, opinion_reminded_at=None
    )


@verb
def remind(*, report, at):
    """Unread after 24 hours: the AD is reminded, once for each telling (R25)."""
    report = lock(report)
    if report.opinion_told_at is None or report.opinion_read_at or report.opinion_reminded_at:
        return []
    report.opinion_reminded_at = at
    report.save(update_fields=["opinion_reminded_at"])
    label = words(gettext_lazy("Client opinion not read yet: %(title)s"), title=title_of(report))
    return tell(
        "opinion_unread",
        report,
        posts(report.client, ["ad"], at),
        label,
        client=report.client,
        at=at,
        slot=stamp(report.opinion_told_at),
        level="remind",
    )
