"""Brands and products of a client."""

from accounts.models import Brand, Product
from accounts.permissions import require
from accounts.services.edits import change, insert, made_before
from accounts.services.trail import record
from agency.common.verbs import check_version, lock, verb

RIGHT = "accounts.change_client"


@verb
def create_brand(*, client, by, at, form_key=None, **values):
    behalf_of = require(by, RIGHT, client, at)
    if twin := made_before(Brand, form_key):
        return twin
    row = insert(Brand(client=client, form_key=form_key, created_by=by, created_at=at, **values))
    record("create_brand", row, by=by, at=at, client=client, behalf_of=behalf_of)
    return row


@verb
def update_brand(*, brand, by, at, row_version=None, **values):
    row = lock(brand)
    check_version(row, row_version)
    behalf_of = require(by, RIGHT, row.client, at)
    changes = change(row, values)
    record(
        "update_brand",
        row,
        by=by,
        at=at,
        client=row.client,
        behalf_of=behalf_of,
        changes=changes,
    )
    return row


@verb
def set_brand_active(*, brand, is_active, by, at, row_version=None):
    """Archive a brand, or take it up again: its papers stay where they are (R92)."""
    row = lock(brand)
    check_version(row, row_version)
    behalf_of = require(by, RIGHT, row.client, at)
    changes = change(row, {"is_active": is_active})
    name = "restore_brand" if is_active else "archive_brand"
    record(name, row, by=by, at=at, client=row.client, behalf_of=behalf_of, changes=changes)
    return row


@verb
def create_product(*, brand, by, at, form_key=None, **values):
    behalf_of = require(by, RIGHT, brand.client, at)
    if twin := made_before(Product, form_key):
        return twin
    row = insert(Product(brand=brand, form_key=form_key, created_by=by, created_at=at, **values))
    record("create_product", row, by=by, at=at, client=brand.client, behalf_of=behalf_of)
    return row


@verb
def update_product(*, product, by, at, **values):
    row = lock(product)
    behalf_of = require(by, RIGHT, row.brand.client, at)
    changes = change(row, values)
    record(
        "update_product",
        row,
        by=by,
        at=at,
        client=row.brand.client,
        behalf_of=behalf_of,
        changes=changes,
    )
    return row
