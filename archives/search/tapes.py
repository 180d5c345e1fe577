"""Tapes whose number, title, shelf or owner holds the words of a question (R47, 9.3)."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from archives.models import Tape
from archives.search.groups import Other, Wanted, first_rows, said

FIELDS = (
    *("title", "content", "shelf", "client__name", "client__code"),
    *("competitor__name", "competitor__brand__client__name"),
)
SHOWN = ("number", "title", "shelf", "state", "client__name", "competitor__name")


def tapes(question, user, at):
    account = Coalesce(F("client"), F("competitor__brand__client"))
    rows = Tape.objects.annotate(account_id=account)
    rows = first_rows(rows, question, user, at, FIELDS, "number", client="account_id")
    return Wanted(_("Tapes"), rows, SHOWN, _row)


def _row(tape):
    where = tape.shelf if tape.state == Tape.State.IN else tape.get_state_display()
    about = said(tape.owner_name, where)
    return Other(tape.title, tape.get_absolute_url(), code=tape.number, about=about)
