"""What every verb ends with: the audit entry; and rows made once for one form."""

from django.db import IntegrityError, transaction

from agency.common.services.audit import audit


def record(row, verb, *, by, at, client, behalf_of=None, contact_name="", **changes):
    """Append to the audit trail what was done to the row, for whom (4.4)."""
    audit(
        actor=by,
        verb=verb,
        subject=row,
        client_code=client.code if client else "",
        changes=changes,
        behalf_of=behalf_of,
        contact_name=contact_name,
        at=at,
    )


def once(row):
    """Save a new row; return the earlier one when its form was sent before (B2)."""
    if row.form_key is None:
        row.save()
        return row, True
    model = type(row)
    earlier = model._base_manager.filter(form_key=row.form_key).first()
    if earlier is not None:
        return earlier, False
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return model._base_manager.get(form_key=row.form_key), False
    return row, True
