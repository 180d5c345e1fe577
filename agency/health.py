"""What is ill, as JSON, for whoever watches the site (C4). No secrets, no names of clients."""

from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agency.common.models import Heartbeat, Instance, OutboxMail
from archives import storage

MAIL_WAITS = timedelta(minutes=10)
BROKER_SECONDS = 1


@require_safe
def healthz(request):
    """200 when database, storage, clock and outbox are well, else 503 naming what is ill.

    A dead broker is named, and no 503 while the clock beats: `clock --loop` may stand in.
    """
    at = timezone.now()
    facts = {"at": at.isoformat(), "broker": broker()}
    try:
        facts |= {"database": "ok", "clock": clock(at), "mail": mail(at)}
        facts["storage"] = "ok" if storage.is_well() else "cannot be written, or is nearly full"
    except DatabaseError:
        connection.close()
        facts |= {"database": "cannot be reached"}
    ill = sorted(name for name in ("storage", "database", "clock", "mail") if is_ill(facts, name))
    body = {"status": "ill" if ill else "well", "ill": ill, **facts}
    return JsonResponse(body, status=503 if ill else 200)


def is_ill(facts, name):
    fact = facts.get(name, "ok")
    return (fact["state"] if isinstance(fact, dict) else fact) != "ok"


def clock(at):
    """When the clock last beat, and whether its time can be trusted."""
    last = Heartbeat.objects.newest()
    facts = {
        "last": last.at.isoformat() if last else None,
        "backlog": last.backlog if last else 0,
        "database_gap_s": str(last.db_gap_s) if last else None,
    }
    if last is None or Heartbeat.objects.stopped_since(at):
        return {"state": "stands still", **facts}
    return {"state": "ok" if last.is_good else "its time is in doubt", **facts}


def mail(at):
    """How long the oldest mail waits, and how many need a person."""
    site = Instance.objects.first()
    waiting = OutboxMail.objects.due(at)
    oldest = waiting.first()
    facts = {
        "waiting": waiting.count(),
        "oldest": oldest.next_try_at.isoformat() if oldest else None,
        "held": OutboxMail.objects.doubtful().count(),
    }
    if site and not site.may_send:
        return {"state": "ok", "paused": True, **facts}
    is_late = oldest is not None and at - oldest.next_try_at > MAIL_WAITS
    return {"state": "does not leave" if is_late else "ok", **facts}


def broker():
    try:
        redis.Redis.from_url(
            settings.REDIS_URL,
            socket_connect_timeout=BROKER_SECONDS,
            socket_timeout=BROKER_SECONDS,
        ).ping()
    except (redis.RedisError, OSError):
        return "cannot be reached"
    return "ok"
