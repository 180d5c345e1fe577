"""When somebody last spoke with a contact, and whom nobody has spoken to (R75)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from accounts.models import Client, Contact, ContactNote
from accounts.models.scope import local_day
from agency.common.dates import MIDNIGHT, local_instant
from meetings.constants import UNSPOKEN_DAYS
from meetings.models import Attendee, Meeting

DAY = timedelta(days=1)
SPOKEN = (Meeting.Kind.FACE, Meeting.Kind.VIDEO, Meeting.Kind.CALL)


def talks_of(contact):
    """Meetings and calls that were held and at which the contact was."""
    return Attendee.objects.filter(
        contact=contact, present=True, meeting__state=Meeting.State.HELD, meeting__kind__in=SPOKEN
    )


def with_last_spoken(contacts):
    """`noted_on` and `met_at` beside each contact."""
    notes = ContactNote.objects.spoken().filter(contact=OuterRef("pk"))
    talks = talks_of(OuterRef("pk")).order_by("-meeting__starts_at")
    return contacts.annotate(
        noted_on=Subquery(notes.order_by("-on").values("on")[:1]),
        met_at=Subquery(talks.values("meeting__starts_at")[:1]),
    )


def last_spoken(contact):
    """The day of the last talk with a contact out of `with_last_spoken`; None before the first."""
    met_on = contact.met_at and timezone.localdate(contact.met_at)
    return max((day for day in (contact.noted_on, met_on) if day), default=None)


def known_since(contact):
    """The day from which the silence counts."""
    return last_spoken(contact) or timezone.localdate(contact.created_at)


def unspoken(contacts, at):
    """Key contacts of active clients to whom nobody has spoken for fourteen days.

    Asked from the few meetings of the last days, not from all that a contact ever attended.
    """
    last_day = local_day(at) - UNSPOKEN_DAYS
    since = local_instant(last_day + DAY, MIDNIGHT)
    notes = ContactNote.objects.spoken().filter(contact=OuterRef("pk"), on__gt=last_day)
    talks = talks_of(OuterRef("pk")).filter(
        meeting__client=OuterRef("client"), meeting__starts_at__gte=since
    )
    active = {"is_key": True, "is_active": True, "client__status": Client.Status.ACTIVE}
    rows = contacts.filter(created_at__lt=since, **active)
    return with_last_spoken(rows.filter(~Exists(notes), ~Exists(talks)))


def unspoken_to(user, at):
    return unspoken(Contact.objects.visible_to(user, at), at)
