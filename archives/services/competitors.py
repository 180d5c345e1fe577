"""The houses that a brand competes with (D6)."""

from accounts.permissions import require
from accounts.services.edits import change, insert, made_before
from agency.common.services.record import record
from agency.common.verbs import check_version, lock, verb
from archives.models import Competitor

RIGHT = "archives.edit_archive"


@verb
def create_competitor(*, brand, by, at, form_key=None, **values):
    behalf = require(by, RIGHT, brand.client, at)
    if twin := made_before(Competitor, form_key):
        return twin
    row = Competitor(brand=brand, form_key=form_key, created_by=by, created_at=at, **values)
    insert(row)
    record(row, "create_competitor", by=by, at=at, client=brand.client, behalf_of=behalf)
    return row


@verb
def update_competitor(*, competitor, by, at, row_version=None, **values):
    row, client = lock(competitor), competitor.brand.client
    check_version(row, row_version)
    behalf = require(by, RIGHT, client, at)
    changes = change(row, values)
    if changes:
        record(row, "update_competitor", by=by, at=at, client=client, behalf_of=behalf, **changes)
    return row
