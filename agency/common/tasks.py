"""What the clock does for the common base."""

from django.contrib.auth import get_user_model

from agency.common.clock import Step
from agency.common.models import Heartbeat, Notification, RateCount
from agency.common.services.limits import KEPT as COUNTS_KEPT
from agency.common.services.limits import forget_counts
from agency.common.services.notify import send_digest


def awaiting_digest(at):
    notices = Notification.objects.undigested().values("recipient")
    return get_user_model().objects.filter(pk__in=notices).order_by("pk")


def digest(user, at):
    mail = send_digest(user, at)
    return f"{mail}" if mail else None


def old_beats(at):
    return ["old heartbeats"] if Heartbeat.objects.outdated(at).exists() else []


def forget_beats(what, at):
    return f"{Heartbeat.objects.outdated(at).delete()[0]} {what} removed"


def old_counts(at):
    return ["old counts"] if RateCount.objects.filter(at__lt=at - COUNTS_KEPT).exists() else []


def forget_old_counts(what, at):
    return f"{forget_counts(at)} {what} removed"


# The digest comes after every step that may tell somebody something.
STEPS = [
    Step("digest", awaiting_digest, digest),
    Step("pulse", old_beats, forget_beats),
    Step("limits", old_counts, forget_old_counts),
]
