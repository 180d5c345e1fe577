"""How rows of this app are written: set, check in the constraints' own words, save."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.verbs import save


def made_before(model, form_key):
    """The row that the same form has made already, or None (B2)."""
    return model._base_manager.filter(form_key=form_key).first() if form_key else None


def insert(row):
    """Check and save a new row; the database has the last word in a race."""
    check(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(
            _("Somebody else has just saved the same. Please look at the list.")
        ) from error
    return row


def change(row, values):
    """Set the values, check, save and raise the version; return {field: [old, new]}."""
    changes = differences(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    if changes:
        check(row)
        save(row)
    return changes


def differences(row, values):
    pairs = {name: (getattr(row, name), value) for name, value in values.items()}
    return {name: [str(old), str(new)] for name, (old, new) in pairs.items() if old != new}


def check_order(first, last):
    """Days in order; asked before the constraints, which cannot compare a range that is none."""
    if last is not None and last < first:
        raise Refused(_("The last day lies before the first."), "ends_on")


def check(row):
    """Refuse what a field or a constraint forbids; a constraint's code names its field."""
    try:
        row.full_clean()
    except ValidationError as error:
        reasons = list(_reasons(row, error))
        raise Refused(reasons[0][1], reasons[0][0], reasons) from error


def _reasons(row, error):
    names = {field.name for field in row._meta.get_fields()}
    for name, errors in error.error_dict.items():
        for one in errors:
            where = one.code if name == NON_FIELD_ERRORS and one.code in names else name
            text = " ".join(one.messages)
            yield ("" if where == NON_FIELD_ERRORS else where), text
