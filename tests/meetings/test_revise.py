"""Revisions: what changed is marked, live actions stay the same rows (R22, R23)."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from meetings import papers, services
from meetings.models import ActionPoint, ContactReport, Meeting
from meetings.services.typed import ActionData, PointData, of_report
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R23")]
AT = when("2026-11-20 10:00")
REASON = "The client named another size."
DAY = date(2026, 11, 25)


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def report(account, ae):
    client, contact = account
    data = make.typed(
        contact,
        points=[PointData(text="One"), PointData(text="Two"), PointData(text="Three")],
        actions=[
            ActionData("Poster", user=ae, due_on=DAY),
            ActionData("Samples", contact=contact, due_on=DAY),
        ],
    )
    return make.delivered(client, contact, ae, data=data)


def revise(report, by, at=AT, reason=REASON):
    return services.revise_report(report=report, reason=reason, by=by, at=at)


def change(draft, by, **fields):
    data = replace(of_report(draft), **fields)
    services.save_draft(report=draft, data=data, row_version=None, by=by, at=AT)


def test_a_revision_is_a_copy_due_in_24_hours(report, ae):
    draft = revise(report, ae)
    assert (draft.revision, draft.number, draft.state) == (2, report.number, "draft")
    assert (draft.supersedes, draft.due_at) == (report, when("2026-11-21 10:00"))
    assert [row.text for row in draft.points.all()] == ["One", "Two", "Three"]
    assert [row.text for row in draft.actions.all()] == ["Poster", "Samples"]
    assert ActionPoint.objects.live().count() == 2


def test_one_draft_revision_at_a_time(report, ae):
    revise(report, ae)
    with pytest.raises(Refused):
        revise(report, ae)
    assert ContactReport.objects.count() == 2


def test_a_reason_is_needed_and_a_draft_is_not_revised(report, account, ae):
    client, contact = account
    with pytest.raises(Refused) as caught:
        revise(report, ae, reason="short")
    assert caught.value.field == "reason"
    with pytest.raises(Refused):
        revise(make.log(client, contact, ae), ae)


def test_others_may_not_revise(report, other_ae):
    for person in (other_ae, make_user(role="department")):
        with pytest.raises(PermissionDenied):
            revise(report, person)


@pytest.mark.rule("R22")
@pytest.mark.parametrize("state", ["accepted", "objected", "deemed_accepted"])
def test_every_answered_report_may_be_revised(report, account, ae, state):
    _client, contact = account
    if state == "deemed_accepted":
        make.tick(when("2026-11-23 11:37"))
    else:
        make.answer(report, contact, AT, state, reason=REASON)
    report.refresh_from_db()
    assert report.state == state
    assert revise(report, ae, when("2026-11-23 12:00")).revision == 2


def test_the_issue_marks_what_changed(report, ae):
    draft = revise(report, ae)
    points = of_report(draft).points
    typed = [points[0], replace(points[1], text="Two and a half"), PointData(text="Four")]
    change(draft, ae, points=typed)
    face = papers.client_face(ContactReport.objects.get(pk=draft.pk), AT)
    marks = [(p["no"], p["text"], p["mark"]) for p in face["items"][0]["points"]]
    assert marks == [
        ("1", "One", ""),
        ("2", "Two and a half", "changed"),
        ("3", "Four", "added"),
        ("", "Three", "dropped"),
    ]
    issued = make.send_out(draft, ae, AT)
    assert [row.mark for row in issued.points.all()] == ["", "changed", "added"]


def test_the_former_is_superseded_and_the_meeting_moves_on(report, ae):
    issued = make.send_out(revise(report, ae), ae, AT)
    report.refresh_from_db()
    assert (report.state, str(issued)) == ("superseded", "LM/CR/2026/001/R2")
    assert {report.document.state, report.internal_document.state} == {"superseded"}
    assert issued.document.replaces == report.document
    assert Meeting.objects.get().report == issued


@pytest.mark.rule("R27")
def test_live_actions_keep_identity_and_log(report, ae):
    poster = report.actions.get(text="Poster")
    services.progress(action=poster, text="half way", by=ae, at=AT)
    draft = revise(report, ae)
    actions = of_report(draft).actions
    change(draft, ae, actions=[replace(actions[0], text="Poster A1"), *actions[1:]])
    issued = make.send_out(draft, ae, AT)
    poster.refresh_from_db()
    assert (poster.report, poster.text, poster.mark) == (issued, "Poster A1", "changed")
    assert poster.logs.get().text == "half way"
    assert ActionPoint.objects.count() == 2


@pytest.mark.rule("R27")
def test_an_action_left_out_is_cancelled_as_dropped(report, ae):
    samples = report.actions.get(text="Samples")
    draft = revise(report, ae)
    change(draft, ae, actions=of_report(draft).actions[:1])
    face = papers.client_face(ContactReport.objects.get(pk=draft.pk), AT)
    assert [(a["text"], a["mark"]) for a in face["actions"]] == [
        ("Poster", ""),
        ("Samples", "dropped"),
    ]
    issued = make.send_out(draft, ae, AT)
    samples.refresh_from_db()
    assert (samples.state, samples.mark, samples.report) == ("cancelled", "dropped", issued)
    assert (samples.cancel_reason, samples.next_notice_at) == (REASON, None)


@pytest.mark.rule("R27")
def test_a_new_action_begins_to_live(report, ae):
    draft = revise(report, ae)
    new = ActionData("Call the printer", user=ae, due_on=DAY)
    change(draft, ae, actions=[*of_report(draft).actions, new])
    make.send_out(draft, ae, AT)
    row = ActionPoint.objects.get(text="Call the printer")
    assert (row.is_live, row.mark, row.first_due_on) == (True, "added", DAY)


@pytest.mark.rule("R27")
def test_a_date_moved_meanwhile_stands_unless_the_draft_says_other(report, ae):
    poster, samples = report.actions.all()
    draft = revise(report, ae)
    later = date(2026, 11, 27)
    for action in (poster, samples):
        services.move_due(action=action, due_on=later, by=ae, at=AT)
    first, second = of_report(draft).actions
    change(draft, ae, actions=[first, replace(second, due_on=date(2026, 11, 30))])
    make.send_out(draft, ae, AT)
    poster.refresh_from_db()
    samples.refresh_from_db()
    assert (poster.due_on, poster.first_due_on) == (later, DAY)
    assert (samples.due_on, samples.mark) == (date(2026, 11, 30), "changed")


@pytest.mark.rule("R27")
def test_a_done_action_stays_done(report, ae):
    poster = report.actions.get(text="Poster")
    services.complete(action=poster, by=ae, at=AT)
    make.send_out(revise(report, ae), ae, AT)
    poster.refresh_from_db()
    assert (poster.state, poster.mark, poster.next_notice_at) == ("done", "", None)


def test_a_mail_of_the_former_that_still_waits_does_not_leave(account, ae):
    client, contact = account
    report = make.issued(client, contact, ae)
    make.send_out(revise(report, ae), ae, AT)
    assert [mail.state for mail in make.mails(report, contact)] == ["void"]


def test_its_mail_says_which_revision_it_is(account, ae, report):
    _client, contact = account
    issued = make.send_out(revise(report, ae), ae, AT)
    mail = make.mails(issued, contact).get()
    assert str(issued) in mail.subject
    assert str(issued) in mail.text
    assert "此为修订 2，取代前一版。" in mail.text
