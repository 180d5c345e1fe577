"""Suppliers: outside houses of no one client; who writes estimates keeps them."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.audit import audit
from agency.common.services.record import once
from agency.common.verbs import check_version, lock, save, verb
from jobs.models import Supplier

RIGHT = "jobs.edit_estimate"


@verb
def create_supplier(*, by, at, form_key=None, **values):
    """A new supplier; the same form twice is one (B2)."""
    _require(by)
    supplier = Supplier(form_key=form_key, created_by=by, created_at=at, **values)
    if form_key is None or not Supplier.objects.filter(form_key=form_key).exists():
        _check_name(supplier)
    supplier, is_new = once(supplier)
    if is_new:
        audit(actor=by, verb="create_supplier", subject=supplier, at=at)
    return supplier


@verb
def update_supplier(*, supplier, by, at, row_version=None, **values):
    """Change a supplier; one that is not active is offered no more."""
    _require(by)
    row = lock(supplier)
    check_version(row, row_version)
    changes = {
        name: [getattr(row, name), value]
        for name, value in values.items() if getattr(row, name) != value
    }  # fmt: skip
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    _check_name(row)
    _save(row)
    audit(actor=by, verb="update_supplier", subject=row, changes=changes, at=at)
    return row


def _require(by):
    if not by.is_active or not by.has_perm(RIGHT):
        raise PermissionDenied(RIGHT)


def _check_name(supplier):
    supplier.name = " ".join(supplier.name.split())
    others = Supplier.objects.filter(name__iexact=supplier.name).exclude(pk=supplier.pk)
    if others.exists():
        raise Refused(_("There is a supplier of this name already."), "name")


def _save(row):
    try:
        with transaction.atomic():
            save(row)
    except IntegrityError as error:
        raise Refused(_("There is a supplier of this name already."), "name") from error
