"""The tapes of a client for its tab: `{% load tapes %}{% tapes_of client as shelf %}`."""

from django import template

from accounts.models.scope import local_day
from archives.models import Tape

SHOWN = 6
register = template.Library()


@register.simple_tag(takes_context=True)
def tapes_of(context, client):
    """[(tape, state in words, tone)]: those that are out first, then the newest."""
    user, at = context["request"].user, context["now"]
    rows = Tape.objects.visible_to(user, at).of_account(client).with_owner().with_loan()
    rows = rows.exclude(state=Tape.State.DISCARDED).order_by("-state", "-pk")[:SHOWN]
    today = local_day(at)
    return [(tape, tape.state_text(today), tape.tone_on(today)) for tape in rows]
