from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts import services
from accounts.models import AgencySettings
from agency.common.errors import Stale
from agency.common.models import AuditEntry, CalendarDay
from tests.builders import make_group, make_user, when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
SATURDAY = date(2026, 11, 21)


@pytest.fixture
def admin():
    return make_user(role="admin")


def test_settings_are_one_row():
    assert AgencySettings.load() == AgencySettings.load()
    assert AgencySettings.objects.count() == 1


def test_admin_changes_the_settings(admin):
    services.update_settings(by=admin, at=NOW, name="Greenisle")
    assert AgencySettings.load().name == "Greenisle"
    assert AuditEntry.objects.get().verb == "update_settings"


@pytest.mark.parametrize("role", ["ae", "am", "ad", "gad", "finance", "management", "department"])
def test_nobody_else_changes_settings_or_calendar(role):
    user = make_user(role=role)
    with pytest.raises(PermissionDenied):
        services.update_settings(by=user, at=NOW, name="Mine")
    with pytest.raises(PermissionDenied):
        services.set_day(day=SATURDAY, is_working=True, name="x", by=user, at=NOW)
    assert not CalendarDay.objects.exists()


def test_settings_from_a_page_of_before_are_stale(admin):
    version = AgencySettings.load().row_version
    services.update_settings(by=admin, at=NOW, row_version=version, name="One")
    with pytest.raises(Stale):
        services.update_settings(by=admin, at=NOW, row_version=version, name="Two")


def test_make_up_workday_counts_at_once(admin):
    assert not CalendarDay.objects.calendar().is_working(SATURDAY)
    services.set_day(day=SATURDAY, is_working=True, name="调休", by=admin, at=NOW)
    assert CalendarDay.objects.calendar().is_working(SATURDAY)


def test_same_day_again_is_corrected(admin):
    services.set_day(day=SATURDAY, is_working=True, name="调休", by=admin, at=NOW)
    services.set_day(day=SATURDAY, is_working=False, name="休", by=admin, at=NOW)
    (row,) = CalendarDay.objects.all()
    assert (row.is_working, row.name) == (False, "休")


def test_removed_day_counts_as_the_library_says(admin):
    row = services.set_day(day=date(2026, 11, 20), is_working=False, name="x", by=admin, at=NOW)
    services.remove_day(day=row, by=admin, at=NOW)
    assert CalendarDay.objects.calendar().is_working(date(2026, 11, 20))
    assert "remove_day" in set(AuditEntry.objects.values_list("verb", flat=True))


def test_admin_gives_a_group_another_head(admin):
    group, gad = make_group(), make_user(role="gad")
    services.update_group(group=group, by=admin, at=NOW, head=gad)
    group.refresh_from_db()
    assert group.head == gad
