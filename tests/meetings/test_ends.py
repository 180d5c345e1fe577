"""How a meeting ended and when its clock began (R15–R17, domain.md 3.1, E9)."""

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from meetings import services
from meetings.models import ContactReport, Meeting
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R15", "R16", "R17")]
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
REASON = "The recorder had the time."
NOON, LATER = when("2026-11-19 12:00"), when("2026-11-19 16:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def meeting(account, ae):
    client, contact = account
    return make.invited(client, ae, contact, START, END, items=[services.ItemData("Poster", 20)])


def again(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def hold(meeting, by, ended_at=END, at=NOON, **fields):
    return services.hold_meeting(
        meeting=meeting, ended_at=when(ended_at), row_version=None, by=by, at=at, **fields
    )


def correct(meeting, by, ended_at, at=LATER, reason=REASON):
    return services.correct_end(
        meeting=meeting, ended_at=when(ended_at), reason=reason, row_version=None, by=by, at=at
    )


def test_holding_opens_the_report_of_the_ae_with_its_items(meeting, account, ae, am):
    _client, contact = account
    report = hold(meeting, am)
    assert (again(meeting).state, again(meeting).report) == ("held", report)
    assert (report.author, report.due_at) == (ae, when("2026-11-20 11:00"))
    assert report.returner == contact
    assert [str(point.item) for point in report.points.all()] == ["Poster"]


def test_the_button_ends_it_now(meeting, ae):
    report = hold(meeting, ae, "2026-11-19 10:50", when("2026-11-19 10:50"), source="button")
    assert report.due_at == when("2026-11-20 10:50")
    assert again(meeting).end_source == "button"


def test_the_absent_are_noted(meeting, account, ae):
    _client, contact = account
    there = meeting.attendees.get(user=ae).pk
    hold(meeting, ae, present={there})
    assert meeting.attendees.get(contact=contact).present is False


@pytest.mark.parametrize(
    ("ended_at", "at"),
    [
        ("2026-11-19 12:00:01", NOON),
        (START, NOON),
        ("2026-11-19 09:00", when("2026-11-19 09:59")),
    ],
)
def test_an_impossible_end_is_refused(meeting, ae, ended_at, at):
    with pytest.raises(Refused):
        hold(meeting, ae, ended_at, at)
    assert again(meeting).state == "planned"


def test_it_is_held_once(meeting, ae):
    hold(meeting, ae)
    with pytest.raises(Refused):
        hold(meeting, ae)
    assert ContactReport.objects.count() == 1


def test_a_stale_page_holds_nothing(meeting, ae):
    with pytest.raises(Stale):
        services.hold_meeting(
            meeting=meeting, ended_at=when(END), row_version=meeting.row_version + 1, by=ae, at=NOON
        )


def test_others_may_not_hold(meeting, other_ae):
    for person in (other_ae, make_user(role="department"), make_user(role="management")):
        with pytest.raises(PermissionDenied):
            hold(meeting, person)


def test_not_held_stops_the_clock_and_tells_the_am(meeting, ae):
    make.tick(NOON)
    assert again(meeting).report is not None
    services.not_held(
        meeting=meeting, reason="Nobody of the client came.", row_version=None, by=ae, at=NOON
    )
    assert (again(meeting).state, again(meeting).report) == ("not_held", None)
    assert not ContactReport.objects.exists()
    assert {who for who, _slot in make.told(meeting, "not_held")} == {"am"}
    make.tick(when("2026-11-21 12:00"))
    assert not ContactReport.objects.exists()


def test_not_held_needs_a_reason_and_the_start(meeting, ae):
    for reason, at in (("", NOON), ("Nobody of the client came.", when("2026-11-19 09:59"))):
        with pytest.raises(Refused):
            services.not_held(meeting=meeting, reason=reason, row_version=None, by=ae, at=at)
    assert again(meeting).state == "planned"


def test_the_end_is_asked_for_once(meeting):
    for time in ("2026-11-19 11:30", "2026-11-19 11:31", "2026-11-19 13:00"):
        make.tick(when(time))
    assert len(make.told(meeting, "end_missing")) == 1


def test_a_correction_within_two_hours_counts_at_once(meeting, ae):
    report = hold(meeting, ae)
    correct(meeting, ae, "2026-11-19 13:00")
    report.refresh_from_db()
    assert (report.due_at, again(meeting).claimed_end) == (when("2026-11-20 13:00"), None)


def test_two_corrections_do_not_add_up_past_the_am(meeting, ae):
    report = hold(meeting, ae)
    correct(meeting, ae, "2026-11-19 12:45")
    correct(meeting, ae, "2026-11-19 14:00")
    report.refresh_from_db()
    assert report.due_at == when("2026-11-20 12:45")
    assert again(meeting).claimed_end == when("2026-11-19 14:00")


def test_an_earlier_end_moves_the_deadline_forward(meeting, ae):
    report = hold(meeting, ae)
    correct(meeting, ae, "2026-11-19 10:40")
    report.refresh_from_db()
    assert report.due_at == when("2026-11-20 10:40")


def test_a_correction_is_refused(meeting, ae):
    report = hold(meeting, ae)
    for ended_at, reason in (("2026-11-19 16:01", REASON), (START, REASON), (END, "no")):
        with pytest.raises(Refused):
            correct(meeting, ae, ended_at, reason=reason)
    make.send_out(report, ae, NOON)
    with pytest.raises(Refused):
        correct(meeting, ae, "2026-11-19 10:40")


def claim(meeting, ae):
    hold(meeting, ae)
    return correct(meeting, ae, "2026-11-19 13:30")


def test_the_am_refuses_the_later_end(meeting, ae, am):
    claim(meeting, ae)
    services.refuse_end(meeting=meeting, reason=REASON, row_version=None, by=am, at=NOON)
    assert (again(meeting).ended_at, again(meeting).claimed_end) == (when(END), None)
    assert {who for who, _slot in make.told(meeting, "end_refused")} == {"ae"}


def test_nobody_confirms_the_own_claim_nor_without_the_right(meeting, ae, am, other_ae):
    claim(meeting, am)
    with pytest.raises(Refused):
        services.confirm_end(meeting=meeting, row_version=None, by=am, at=NOON)
    for person in (ae, other_ae):
        with pytest.raises(PermissionDenied):
            services.confirm_end(meeting=meeting, row_version=None, by=person, at=NOON)


def test_without_a_claim_there_is_nothing_to_confirm(meeting, ae, am):
    hold(meeting, ae)
    with pytest.raises(Refused):
        services.confirm_end(meeting=meeting, row_version=None, by=am, at=NOON)


@pytest.mark.rule("R14")
def test_outcomes_fill_the_empty_points(meeting, ae):
    report = hold(meeting, ae)
    item = meeting.items.get()
    services.set_outcomes(
        meeting=meeting,
        outcomes={item.pk: ("concluded", "Poster A")},
        row_version=None,
        by=ae,
        at=NOON,
    )
    point = report.points.get()
    assert (point.text, point.kind) == ("Poster A", "decision")


@pytest.mark.rule("R14")
def test_outcomes_are_refused(meeting, ae):
    item = meeting.items.get()
    early = when("2026-11-19 09:00")
    for outcome, at in (("concluded", early), ("solved", NOON)):
        with pytest.raises(Refused):
            services.set_outcomes(
                meeting=meeting, outcomes={item.pk: (outcome, "")}, row_version=None, by=ae, at=at
            )
    report = hold(meeting, ae)
    make.send_out(report, ae, NOON)
    with pytest.raises(Refused):
        services.set_outcomes(
            meeting=meeting, outcomes={item.pk: ("dropped", "")}, row_version=None, by=ae, at=NOON
        )
