"""How long before the start the agenda went out, and what that is worth (R5, R6, 5.3)."""

from django.db import models
from django.utils.translation import pgettext_lazy

from meetings.constants import AGENDA_MINIMUM, AGENDA_TARGET


class Lead(models.TextChoices):
    OK = "ok", pgettext_lazy("agenda", "Two hours before or earlier")
    SHORT = "short", pgettext_lazy("agenda", "Short notice")
    LATE = "late", pgettext_lazy("agenda", "Late")
    NONE = "none", pgettext_lazy("agenda", "Without agenda")


def lead_verdict(start, sent_at):
    """The verdict on the last sending before the start; nothing sent by then is none."""
    if sent_at is None or sent_at >= start:
        return Lead.NONE
    if start - sent_at >= AGENDA_TARGET:
        return Lead.OK
    return Lead.SHORT if start - sent_at >= AGENDA_MINIMUM else Lead.LATE


def is_urgent(start, at):
    """Planned or moved less than two hours before it begins (R6)."""
    return start - at < AGENDA_TARGET
