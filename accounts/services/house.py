"""Settings of the agency and its calendar of working days: the admin's (4.2)."""

from django.conf import settings
from django.core.cache import cache

from accounts.models import AccountGroup, AgencySettings
from accounts.permissions import require
from accounts.services.edits import change, insert
from accounts.services.trail import record
from agency.common.models import CalendarDay
from agency.common.pages import house_key
from agency.common.verbs import check_version, lock, save, verb

RIGHT = "accounts.manage_settings"


@verb
def update_settings(*, by, at, row_version=None, **values):
    require(by, RIGHT, None, at)
    row = lock(AgencySettings.load())
    check_version(row, row_version)
    changes = change(row, values)
    record("update_settings", row, by=by, at=at, changes=changes)
    cache.delete_many([house_key(code) for code, _language in settings.LANGUAGES])
    return row


@verb
def set_logo(*, sha256, by, at, row_version=None):
    """The filed picture that papers print in the letterhead from now on; "" takes it out."""
    require(by, RIGHT, None, at)
    row = lock(AgencySettings.load())
    check_version(row, row_version)
    old, row.logo_sha256 = row.logo_sha256, sha256
    save(row, "logo_sha256")
    record("set_logo", row, by=by, at=at, changes={"sha256": [old, sha256]})
    return row


@verb
def set_day(*, day, is_working, name, by, at):
    """A holiday or a make-up workday (调休); the same day again is corrected."""
    require(by, RIGHT, None, at)
    known = CalendarDay.objects.filter(day=day).first()
    if known:
        row = lock(known)
        changes = change(row, {"is_working": is_working, "name": name})
    else:
        row = insert(
            CalendarDay(day=day, is_working=is_working, name=name, created_by=by, created_at=at)
        )
        changes = {"is_working": ["", str(is_working)]}
    record("set_day", row, by=by, at=at, changes=changes)
    return row


@verb
def remove_day(*, day, by, at, row_version=None):
    """The day counts again as the library of holidays says."""
    require(by, RIGHT, None, at)
    row = lock(day)
    check_version(row, row_version)
    record("remove_day", row, by=by, at=at, changes={"day": [str(row.day), ""]})
    row.delete()


@verb
def create_group(*, by, at, name, head):
    require(by, RIGHT, None, at)
    row = insert(AccountGroup(name=name, head=head, created_by=by, created_at=at))
    record("create_group", row, by=by, at=at, changes={"head": ["", str(head)]})
    return row


@verb
def update_group(*, group, by, at, row_version=None, **values):
    require(by, RIGHT, None, at)
    row = lock(group)
    check_version(row, row_version)
    changes = change(row, values)
    record("update_group", row, by=by, at=at, changes=changes)
    return row
