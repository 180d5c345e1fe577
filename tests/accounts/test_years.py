"""A year whose holidays nobody knows is said to the admin: on home, and once as a notice (C4)."""

from datetime import date

import pytest

from accounts.reports import awaiting
from accounts.services.years import tell_unknown, unknown_years, years_to_tell
from agency.common.models import CalendarDay, Notification
from agency.common.verbs import unit
from tests.builders import make_user, when

pytestmark = pytest.mark.django_db
UNKNOWN = when("2035-05-04 10:00")
KNOWN = when("2026-05-04 10:00")


@pytest.fixture
def admin(db):
    return make_user(role="admin")


def tell(at):
    with unit():
        for year in years_to_tell(at):
            tell_unknown(year=year, at=at)


@pytest.mark.rule("C4")
def test_admin_finds_it_on_home_and_nobody_else(admin, ae):
    (duty,) = awaiting(admin, UNKNOWN)
    assert duty.sentence == "The holidays of 2035 are not known."
    assert awaiting(ae, UNKNOWN) == []
    assert awaiting(admin, KNOWN) == []


def test_coming_year_is_asked_for_two_months_ahead():
    assert unknown_years(when("2026-10-31 10:00")) == []
    assert 2035 in unknown_years(when("2034-12-01 10:00"))


@pytest.mark.rule("C4")
def test_every_admin_is_told_once(admin):
    other = make_user(role="admin")
    for _twice in range(2):
        tell(UNKNOWN)
    told = Notification.objects.filter(kind="calendar_unknown")
    assert {row.recipient for row in told} == {admin, other}
    assert told.count() == 2
    assert years_to_tell(UNKNOWN) == []


def test_entered_holidays_end_it(admin):
    for day in range(1, 8):
        CalendarDay.objects.create(day=date(2035, 10, day), is_working=False, name="国庆节")
    assert awaiting(admin, UNKNOWN) == []
