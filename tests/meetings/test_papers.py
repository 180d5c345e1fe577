"""Two faces from two data functions: the client's never receives a forbidden field (section 7)."""

from dataclasses import replace
from datetime import date

import pytest

from agency.common.pdf import render, text_of
from meetings import papers, services
from meetings.services.issue import FACES
from meetings.services.typed import PointData, of_report
from tests.builders import make_contact, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
AT = when("2026-11-19 12:00")
SECRET = "planted-7341"


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def report(account, ae):
    client, contact = account
    points = [
        PointData(text="Fine"),
        PointData("opinion", f"{SECRET} opinion"),
        PointData("problem", "Gold is green", "Print again"),
    ]
    layout = make_user("layout", role="department")
    report = make.log(
        client,
        contact,
        ae,
        data=make.typed(
            contact,
            points=points,
            actions=[
                make.action(user=layout, due_on=date(2026, 11, 25)),
                make.action("Samples", contact=contact, due_on=date(2026, 11, 24)),
            ],
            remark_internal=f"{SECRET} remark",
        ),
    )
    report.late_reason = f"{SECRET} late"
    report.revise_reason = f"{SECRET} revision"
    return report


def test_planted_words_never_reach_the_clients_face(report):
    client_face, internal = papers.client_face(report, AT), papers.internal_face(report, AT)
    assert SECRET not in str(client_face)
    assert "internal" not in client_face
    assert str(internal).count(SECRET) == 4


def test_planted_words_are_not_in_the_clients_pdf(report):
    text = text_of(render(FACES["client"][0], papers.client_face(report, AT)))
    assert SECRET not in text
    assert "Gold is green" in text


def test_points_have_the_same_numbers_on_both_faces(report):
    numbers = [
        [(p["no"], p["text"]) for p in face(report, AT)["items"][0]["points"]]
        for face in (papers.client_face, papers.internal_face)
    ]
    assert numbers[0] == numbers[1] == [("1", "Fine"), ("2", "Gold is green")]


def test_the_client_sees_of_ours_only_whom_he_may(report, ae):
    stranger = make_user("controller", role="management")
    report.readers.add(stranger)
    names = [person["name"] for person in papers.client_face(report, AT)["distribution_ours"]]
    assert sorted(names) == ["ad", "ae", "am", "layout"]
    inside = [person["name"] for person in papers.internal_face(report, AT)["distribution_ours"]]
    assert "controller" in inside


def test_actions_name_owner_org_and_department(report, account):
    client, contact = account
    ours, theirs = papers.client_face(report, AT)["actions"]
    assert (ours["who"]["role"], ours["is_client"], ours["org"]) == ("creative", False, "")
    assert (theirs["who"]["name"], theirs["org"]) == (contact.name, client.name)
    assert theirs["due_on"] == date(2026, 11, 24)


def test_several_calls_list_each_person_once(report, account, ae):
    _client, contact = account
    services.add_call_to_report(
        report=report,
        kind="written",
        title="Fax",
        ended_at=when("2026-11-19 11:00"),
        users=[ae],
        contacts=[contact],
        by=ae,
        at=AT,
    )
    face = papers.client_face(report, AT)
    assert [row["title"] for row in face["meetings"]] == ["Fax", "Poster"]
    assert len(face["present_client"]) == len(face["present_ours"]) == 1


def test_items_group_the_points_and_the_absent_are_listed(account, ae):
    client, contact = account
    missing = make_contact(client, "林翀")
    meeting = make.plan(
        client,
        ae,
        "2026-11-19 10:00",
        "2026-11-19 11:00",
        [ae, contact, missing],
        items=[services.ItemData("Poster", is_disputed=True), services.ItemData("Plan")],
    )
    services.invite(meeting=meeting, row_version=None, by=ae, at=when("2026-11-02 09:00"))
    present = set(meeting.attendees.exclude(contact=missing).values_list("pk", flat=True))
    report = services.hold_meeting(
        meeting=meeting, ended_at=AT, row_version=None, by=ae, at=AT, present=present
    )
    points = [replace(p, text=f"About {p.item}") for p in of_report(report).points]
    data = replace(of_report(report), points=[*points, PointData(text="Also")])
    services.save_draft(report=report, data=data, row_version=None, by=ae, at=AT)
    face = papers.client_face(report, AT)
    groups = [(g["title"], g["is_disputed"], g["points"][0]["no"]) for g in face["items"]]
    assert groups == [("Poster", True, "1.1"), ("Plan", False, "2.1"), ("", False, "3.1")]
    assert [person["name"] for person in face["absent"]] == ["林翀"]


def test_reply_is_wanted_48_working_hours_after_the_issue(report):
    assert papers.client_face(report, AT)["reply_by"] is None
    report.issued_at = when("2026-11-20 11:05")
    assert papers.client_face(report, AT)["reply_by"] == when("2026-11-24 11:05")


def test_the_next_meeting_is_named(report, account, ae):
    client, contact = account
    make.invited(client, ae, contact, "2026-11-30 14:00", "2026-11-30 15:00")
    face = papers.client_face(report, AT)
    assert [row["starts_at"] for row in face["next"]] == [when("2026-11-30 14:00")]
