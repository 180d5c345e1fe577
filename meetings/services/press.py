"""The press check on the day of a meeting, and its finding in the reference file (R8)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import once, record
from agency.common.verbs import check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Document
from archives.services import file_document
from meetings import papers_prepare
from meetings.deadline import local_day
from meetings.models import Meeting, PressCheck
from meetings.services.ends import RUN, lock_meeting

TITLE = gettext_noop("Press check")


@verb
def check_press(
    *, meeting, sources, by, at, finding="", nothing_new=False, no_surprise=False, asked=(),
    form_key=None,
):  # fmt: skip
    """What was looked at and found, on the day of the meeting and before its start."""
    meeting, behalf = lock_meeting(meeting, RUN, None, by, at, *Meeting.AHEAD)
    _check_time(meeting, at)
    _check_words(sources, finding, nothing_new, no_surprise)
    check = PressCheck(
        meeting=meeting, client=meeting.client, on=at, by=by, sources=sources.strip(),
        finding=finding.strip(), nothing_new=nothing_new, no_surprise=no_surprise,
        created_by=by, form_key=form_key,
    )  # fmt: skip
    check, is_new = once(check)
    if is_new:
        check.asked.set(asked)
        record(meeting, "check_press", by=by, at=at, client=meeting.client, behalf_of=behalf)
    return check


def _check_time(meeting, at):
    if at > meeting.starts_at:
        raise Refused(_("The meeting has begun: the press check was missed."))
    if local_day(meeting.client, at) != local_day(meeting.client, meeting.starts_at):
        raise Refused(_("The press is looked at on the day of the meeting."))


def _check_words(sources, finding, nothing_new, no_surprise):
    reasons = []
    if not sources.strip():
        reasons.append(("sources", _("Say what was looked at.")))
    if bool(finding.strip()) == bool(nothing_new):
        reasons.append(("finding", _("Either what was found, or “nothing new”.")))
    if nothing_new and not no_surprise:
        reasons.append(("no_surprise", _("What is the unknown situation? Write it as a finding.")))
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)


@verb
def file_finding(*, check, by, at, row_version=None):
    """The finding becomes a clipping of the reference file, once."""
    check = lock(check)
    behalf = require(by, "archives.file_document", check.client, at)
    if not check.finding:
        raise Refused(_("Nothing was found: there is nothing to file."))
    if check.document_id:
        return check
    check_version(check, row_version)
    check.document = _filed(check, by, at)
    save(check, "document")
    record(check.meeting or check, "file_finding", by=by, at=at, client=check.client,
           behalf_of=behalf, number=check.document_id)  # fmt: skip
    return check


def _filed(check, by, at):
    day = local_day(check.client, check.on)
    return file_document(
        client=check.client,
        kind=Kind.CLIPPING,
        title=_titled("zh-hans", day),
        title_en=_titled("en", day),
        content=render("meetings/pdf/press.html", papers_prepare.press(check, at)),
        name=f"press-{check.client.code}-{day}.pdf",
        face=Document.Face.INTERNAL,
        dated_on=day,
        topic=_topic(check.client),
        text=f"{check.finding}\n{check.sources}",
        source=" ".join(check.sources.split())[:120],
        by=by,
        at=at,
    )


def _topic(client):
    """What all of them are looked up by in the reference file (R45)."""
    with override("en" if client.paper_language == "en" else "zh-hans"):
        return _("Press checks")


def _titled(language, day):
    with override(language):
        return f"{_(TITLE)} {day}"
