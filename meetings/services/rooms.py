"""The meeting rooms of the house: the admin enters them, with the other settings (4.2)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services import audit
from agency.common.verbs import check_version, lock, save, verb
from meetings.models import Room

RIGHT = "accounts.manage_settings"


@verb
def create_room(*, name, seats, by, at, equipment="", is_active=True):
    require(by, RIGHT, None, at)
    room = Room(name=name, seats=seats, equipment=equipment, is_active=is_active, created_by=by)
    return _save(room, "create_room", by, at)


@verb
def change_room(*, room, name, seats, equipment, is_active, by, at, row_version=None):
    """A room out of use keeps its bookings and takes no new one."""
    require(by, RIGHT, None, at)
    room = lock(room)
    check_version(room, row_version)
    room.name, room.seats, room.equipment, room.is_active = name, seats, equipment, is_active
    return _save(room, "change_room", by, at)


def _save(room, done, by, at):
    try:
        with transaction.atomic():
            save(room)
    except IntegrityError as error:
        raise Refused(_("There is a room of this name already."), "name") from error
    changes = {"name": room.name, "seats": room.seats, "is_active": room.is_active}
    audit(actor=by, verb=done, subject=room, client_code="", changes=changes, at=at)
    return room
