"""The weekly report leaves: numbered, filed, mailed, once; and in a next revision (R30, 3.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.services.sending import before_send
from agency.common.models import AuditEntry
from agency.common.services import VoidMail
from archives.models import Dispatch, Document
from meetings.models import StatusReport
from meetings.services import status_issue, status_lines, status_sign
from tests.builders import from_kept, make_contact, make_user, when
from tests.meetings import weeks
from tests.meetings.weeks import DUE, FRIDAY, SAID, WHY, refusal, told

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R30")]
make_kept = weeks.make_world
client, contact, ae, am, ad, job = from_kept("client", "contact", "ae", "am", "ad", "job")
NUMBER = "LM/WS/2026/001"
SECOND = timedelta(seconds=1)
OTHER = {"current": "Client has returned it and wants another face"}
NOT_SIGNED = "The words are not those that were signed: nothing is sent."


def by_clock(report, at=DUE):
    return status_issue.send_due(report=report, at=at)


def reissue(report, by, at=DUE):
    return status_issue.reissue_status(report=report, reason=WHY, by=by, at=at)


def test_the_clock_sends_at_the_due_time(client, ae, am):
    report = by_clock(weeks.signed(client, ae, am))
    assert (report.state, report.number, report.issued_at) == ("issued", NUMBER, DUE)
    assert (report.issued_by, report.next_notice_at) == (None, None)


def test_both_faces_are_filed_under_its_number(client, ae, am, job):
    report = by_clock(weeks.signed(client, ae, am))
    papers = [report.document, report.internal_document]
    assert [(paper.face, paper.kind, paper.number, paper.name) for paper in papers] == [
        ("client", "status_report", NUMBER, "LM-WS-2026-001.pdf"),
        ("internal", "status_report", NUMBER, "LM-WS-2026-001-internal.pdf"),
    ]
    assert [row.job_number for row in report.document.job_numbers.all()] == [job.number]
    assert report.document.dated_on == date(2026, 11, 27)


def test_who_gets_status_reports_gets_a_mail_with_a_link(client, contact, ae, am):
    make_contact(client, name="林")
    report = by_clock(weeks.signed(client, ae, am))
    (row,) = Dispatch.objects.filter(document=report.document)
    assert (row.contact, row.link.purpose) == (contact, "view")
    assert row.key == f"status:{client.pk}:2026-11-23:r1:c{contact.pk}"
    assert [one["sha256"] for one in row.mail.attachments] == [report.document.sha256]


def test_all_of_ours_are_told(client, ae, am, ad):
    by_clock(weeks.signed(client, ae, am))
    for user in (ae, am, ad):
        assert told("report_issued", user) == [f"Weekly status report issued: {NUMBER}"]


def test_without_anybody_to_send_it_to_it_is_issued_all_the_same(client, contact, ae, am):
    contact.gets_status = False
    contact.save()
    assert by_clock(weeks.signed(client, ae, am)).state == "issued"
    assert not Dispatch.objects.exists()


def test_numbers_follow_each_other(client, ae, am):
    by_clock(weeks.signed(client, ae, am))
    monday = date(2026, 11, 30)
    second = weeks.signed(client, ae, am, when("2026-12-04 10:00"), week=monday, current="All new",
                          next_step="Print it", next_on=date(2026, 12, 9))  # fmt: skip
    assert by_clock(second, when("2026-12-04 17:00")).number == "LM/WS/2026/002"


# --- never an unsigned word ---------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_unsigned_it_does_not_leave(client, contact, ae, state):
    report = weeks.draft(client) if state == "draft" else weeks.submitted(client, ae)
    assert by_clock(report) is None
    assert (weeks.again(report).state, weeks.mails(contact).count()) == (state, 0)


def test_not_a_second_before(client, ae, am):
    report = weeks.signed(client, ae, am)
    assert by_clock(report, DUE - SECOND) is None
    with pytest.raises(Exception, match="It is not due yet"):
        status_issue.issue_status(report=report, by=None, at=DUE - SECOND)


def test_an_edit_one_second_before_stops_it(client, contact, ae, am):
    report = weeks.signed(client, ae, am)
    weeks.write(weeks.line_of(report), ae, DUE - SECOND, **OTHER)
    assert by_clock(report) is None
    assert (weeks.again(report).state, weeks.mails(contact).count()) == ("draft", 0)


def test_words_changed_behind_its_back_are_not_sent(client, contact, ae, am):
    report = weeks.signed(client, ae, am)
    report.lines.update(current="Something nobody has signed")
    assert refusal(status_sign.send_now, report=report, by=am) == [NOT_SIGNED]
    assert by_clock(report) is None
    assert (weeks.again(report).state, weeks.mails(contact).count()) == ("draft", 0)
    words = f"Not sent, its words are not those that were signed: {report}"
    assert told("refused", ae) == told("refused", am) == [words]


@pytest.mark.parametrize("state", ["resting", "closed", "prospect"])
def test_a_client_that_is_not_active_gets_none(client, contact, ae, am, state):
    report = weeks.signed(client, ae, am)
    client.status = state
    client.save()
    assert by_clock(weeks.again(report)) is None
    assert refusal(status_sign.send_now, report=weeks.again(report), by=am) == [
        "The client is not active."
    ]


def test_at_rest_when_the_mail_is_taken_it_is_void(client, contact, ae, am):
    by_clock(weeks.signed(client, ae, am))
    mail = weeks.mails(contact).get()
    assert before_send(mail, DUE)
    client.status = "resting"
    client.save()
    with pytest.raises(VoidMail, match="the client is not active"):
        before_send(mail, DUE)


# --- once ---------------------------------------------------------------------------------------


def test_twice_is_once(client, contact, ae, am):
    report = weeks.signed(client, ae, am)
    assert by_clock(report)
    assert by_clock(report) is by_clock(report, DUE + SECOND) is None
    assert (weeks.mails(contact).count(), Document.objects.count()) == (1, 2)


def test_sent_by_hand_the_clock_has_nothing_to_do(client, contact, ae, am):
    report = weeks.sent(client, ae, am)
    assert (report.issued_by, report.issued_at) == (am, FRIDAY)
    assert by_clock(report) is None
    assert weeks.mails(contact).count() == 1


def test_by_hand_it_needs_the_right_and_both_signatures(client, ae, am):
    report = weeks.submitted(client, ae)
    assert refusal(status_sign.send_now, report=report, by=am)[0].startswith("Not possible")
    for other in (ae, make_user(role="am")):
        with pytest.raises(PermissionDenied):
            status_sign.send_now(report=report, by=other, at=FRIDAY)


def audit(verb):
    return AuditEntry.objects.filter(verb=verb).latest("pk").changes


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (DUE, None),
        (DUE + timedelta(minutes=5), None),
        (when("2026-11-30 09:00"), "sent late for technical reasons"),
    ],
)
def test_sent_late_by_the_systems_fault_it_says_so_and_is_in_time(client, ae, am, at, reason):
    report = by_clock(weeks.signed(client, ae, am), at)
    assert audit("issue_status").get("reason") == reason
    assert (report.issued_at, report.is_late(at)) == (at, False)
    assert StatusReport.objects.in_time().get() == report


# --- the next revision --------------------------------------------------------------------------


def test_a_revision_has_the_same_lines_and_takes_its_place(client, ae, am):
    first = by_clock(weeks.signed(client, ae, am))
    report = reissue(first, am)
    assert (report.revision, report.state, report.revise_reason) == (2, "draft", WHY)
    assert (weeks.line_of(report).current, report.lines.count()) == (SAID["current"], 4)
    assert weeks.again(first).state == "issued"


def revised(first, ae, am, at):
    report = reissue(first, am)
    weeks.write(weeks.line_of(report), ae, at, **OTHER)
    report = status_sign.submit_status(report=report, by=ae, at=at)
    return status_sign.sign_status(report=report, by=am, at=at)


def test_signed_it_goes_at_once_under_the_same_number(client, contact, ae, am):
    first, later = by_clock(weeks.signed(client, ae, am)), when("2026-12-01 10:00")
    report = revised(first, ae, am, later)
    assert (report.state, report.number, report.issued_at) == ("issued", NUMBER, later)
    assert (str(report), report.late_reason) == (f"{NUMBER}/R2", "")
    assert (weeks.again(first).state, weeks.again(first.document).state) == (
        "superseded", "superseded"
    )  # fmt: skip
    first_mail, mail = weeks.mails(contact).order_by("pk")
    assert mail.subject.endswith(f"{NUMBER}/R2")
    assert ("此为修订" in first_mail.text, "此为修订 2" in mail.text) == (False, True)


def test_asked_again_there_is_one_revision(client, ae, am):
    first = by_clock(weeks.signed(client, ae, am))
    assert reissue(first, am) == reissue(first, am)


def test_it_wants_a_reason_the_right_and_an_issued_report(client, ae, am):
    report = weeks.signed(client, ae, am)
    assert refusal(status_issue.reissue_status, report=report, reason=WHY, by=am)[0].startswith(
        "Not"
    )
    report = by_clock(report)
    assert refusal(status_issue.reissue_status, report=report, reason="x", by=am) == [
        "Please give a reason of at least 10 characters."
    ]
    with pytest.raises(PermissionDenied):
        reissue(report, ae)


# --- next week ----------------------------------------------------------------------------------


@pytest.mark.rule("R32")
def test_next_week_follows_the_last_issued_one_and_begins_empty(client, ae, am):
    last = weeks.sent(client, ae, am)
    line = weeks.line_of(weeks.draft(client, when("2026-11-30 06:00"), date(2026, 11, 30)))
    assert line.former == weeks.line_of(last)
    assert (line.current, line.former.current) == ("", weeks.SAID["current"])


@pytest.mark.rule("R32")
def test_issued_late_the_draft_of_the_next_week_follows_it(client, ae, am):
    report = weeks.submitted(client, ae)
    later = weeks.draft(client, when("2026-11-30 06:00"), date(2026, 11, 30))
    assert weeks.line_of(later).former is None
    tuesday = when("2026-12-01 10:00")
    status_sign.sign_status(report=report, by=am, at=tuesday, late_reason=WHY)
    assert weeks.line_of(later).former == weeks.line_of(report)


@pytest.mark.rule("R28")
def test_free_lines_go_on_until_they_have_ended(client, ae, am):
    report = weeks.written(client, ae)
    for title, ended in (("Fair", None), ("Done", date(2026, 11, 27))):
        typed = {**SAID, "title": title, "section": "research", "ended_on": ended,
                 "current": f"{title}: {WHY}"}  # fmt: skip
        status_lines.add_line(report=report, typed=typed, by=ae, at=FRIDAY)
    report = status_sign.submit_status(report=report, by=ae, at=FRIDAY)
    by_clock(status_sign.sign_status(report=report, by=am, at=FRIDAY))
    later = weeks.draft(client, when("2026-11-30 06:00"), date(2026, 11, 30))
    (line,) = later.lines.filter(section="research")
    assert (line.title, line.source_key) == ("Fair", line.former.source_key)
