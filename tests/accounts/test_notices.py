"""What the clock tells: contracts that end (R41), the morning list (R70), links that expire."""

from datetime import date, timedelta

import pytest

from accounts.models import Contract, User
from accounts.services import make_link, morning_list
from accounts.services.notices import people_to_write
from accounts.tasks import STEPS, morning_step
from agency.common.clock import run_step
from agency.common.duties import Duty
from agency.common.models import CalendarDay, Notification, OutboxMail
from tests.builders import make_client, make_contact, make_stand_in, make_user, when

LAST = date(2026, 12, 31)


def tick(at):
    lines = [line for step in STEPS for line in run_step(step, at)]
    assert not [line for line in lines if "FAILED" in line]
    return lines


def contract_for(client, ends_on=LAST):
    return Contract.objects.create(
        client=client, number="C-1", title="Frame", starts_on=date(2026, 1, 1), ends_on=ends_on
    )


def told():
    rows = Notification.objects.filter(kind="contract_end", is_dropped=False)
    return {(row.recipient.role, row.key.split(":")[3]) for row in rows}


@pytest.mark.rule("R41")
@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        # 90 days before is Friday 2 October, a holiday: the working day before is 30 September
        ("2026-09-30 08:59", set()),
        ("2026-09-30 09:00", {("ae", "90"), ("am", "90")}),
        ("2026-12-01 08:59", {("ae", "90"), ("am", "90")}),
        ("2026-12-01 09:00", {("ae", "30"), ("am", "30"), ("ad", "30")}),
        ("2026-12-24 09:00", {("ae", "7"), ("am", "7")}),
        ("2027-01-01 00:00", set()),
    ],
)
def test_a_contract_end_is_told_at_90_30_and_7_days(ae, am, ad, at, wanted):
    contract_for(make_client(team=[ae, am, ad]))
    tick(when(at))
    assert told() == wanted


@pytest.mark.rule("R41")
def test_each_slot_is_told_once_and_the_lower_ones_never_later(ae, am):
    contract_for(make_client(team=[ae, am]))
    for _tick in range(2):
        tick(when("2026-12-24 09:00"))
    assert told() == {("ae", "7"), ("am", "7")}
    assert Notification.objects.filter(kind="contract_end", is_dropped=True).count() == 4


@pytest.mark.rule("R41")
def test_a_new_end_is_told_anew(ae, am):
    contract = contract_for(make_client(team=[ae, am]), date(2026, 12, 24))
    tick(when("2026-12-17 09:00"))
    Contract.objects.filter(pk=contract.pk).update(ends_on=LAST)
    tick(when("2026-12-24 09:00"))
    assert Notification.objects.filter(kind="contract_end", is_dropped=False).count() == 4


def test_an_archived_contract_and_a_closed_client_are_not_told(ae, am):
    Contract.objects.filter(pk=contract_for(make_client(team=[ae, am])).pk).update(is_archived=True)
    tick(when("2026-12-24 09:00"))
    assert told() == set()


@pytest.mark.rule("R41", "R77")
def test_the_stand_in_is_told_too(ae, am, other_ae):
    contract_for(make_client(team=[ae, am]))
    make_stand_in(ae, other_ae, date(2026, 12, 20), LAST)
    tick(when("2026-12-24 09:00"))
    assert {row.recipient for row in Notification.objects.filter(is_dropped=False)} == {
        ae,
        am,
        other_ae,
    }


def test_the_clock_closes_links_whose_time_is_over(ae):
    contact = make_contact(make_client(team=[ae]))
    at = when("2026-11-19 11:37")
    link = make_link(
        contact=contact, subject=contact, purpose="view", expires_at=at, at=at - timedelta(days=1)
    )
    tick(at)
    link.refresh_from_db()
    assert link.state == "expired"


def duty(text="Greenwheat Foods, media review", due_at=None):
    return Duty(group="Issue", sentence=text, url="/", button="Write", due_at=due_at)


@pytest.mark.rule("R70")
@pytest.mark.parametrize(
    ("at", "writes"),
    [
        ("2026-11-19 08:29:59", False),
        ("2026-11-19 08:30", True),
        ("2026-11-19 17:00", True),
        ("2026-11-21 08:30", False),
        ("2026-10-01 08:30", False),
        ("2026-10-10 08:30", True),
    ],
)
def test_the_list_comes_at_half_past_eight_on_working_days(ae, at, writes):
    assert (ae in people_to_write(when(at))) is writes


@pytest.mark.rule("R70")
def test_the_list_names_each_duty(ae):
    at = when("2026-11-19 08:30")
    morning_list(user=ae, duties=[duty(due_at=when("2026-11-19 11:42")), duty("two")], at=at)
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == (ae.email, "2 things need you")
    assert "- Issue: Greenwheat Foods, media review (3 h 12 min left)" in mail.text.splitlines()
    assert mail.valid_until == when("2026-11-20 00:00")


@pytest.mark.rule("R70")
def test_an_empty_list_is_no_mail(ae):
    at = when("2026-11-19 08:30")
    assert list(run_step(morning_step(lambda user, at: []), at)) == []
    assert (OutboxMail.objects.count(), User.objects.get(pk=ae.pk).morning_on) == (0, at.date())


@pytest.mark.rule("R70")
def test_the_list_comes_once_a_day(ae):
    step = morning_step(lambda user, at: [duty()])
    first = list(run_step(step, when("2026-11-19 08:30")))
    again = list(run_step(step, when("2026-11-19 08:31")))
    next_day = list(run_step(step, when("2026-11-20 08:30")))
    assert (len(first), again, len(next_day)) == (1, [], 1)


@pytest.mark.rule("R70")
def test_the_list_speaks_the_persons_language(db):
    user = make_user(language="zh")
    morning_list(user=user, duties=[duty()], at=when("2026-11-19 08:30"))
    assert OutboxMail.objects.get().to == user.email


def test_a_day_that_the_agency_takes_off_has_no_list(ae):
    CalendarDay.objects.create(day=date(2026, 11, 19), is_working=False, name="Outing")
    assert list(people_to_write(when("2026-11-19 09:00"))) == []


def test_the_admin_has_no_list(db):
    make_user(role="admin")
    assert list(people_to_write(when("2026-11-19 09:00"))) == []
