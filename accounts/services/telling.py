"""Who is told of a row, and in what words: what the notices of all apps are made of."""

from datetime import UTC, date, datetime

from django.utils.functional import lazy

from accounts.models import AgencySettings
from accounts.services.team import people, recipients_of
from agency.common.models import Notification
from agency.common.services import notify
from agency.common.wording import day_text, moment_text


def words(text, /, **facts):
    """A lazy sentence: put into the reader's language first, then filled; instants are spelt."""

    def spell():
        values = {name: _spell(value) for name, value in facts.items()}
        return str(text) % values

    return lazy(spell, str)()


def _spell(value):
    if isinstance(value, datetime):
        return moment_text(value)
    return day_text(value) if isinstance(value, date) else str(value)


def posts(client, roles, at, named=None, team=None):
    """People in these posts, stand-ins included, each once; `named` is the AE on the row (Z19)."""
    found = []
    for role in roles:
        holder = named if role == "ae" else None
        found += people(client=client, role=role, at=at, named=holder, team=team)
    return list(dict.fromkeys(found))


def one(client, user, at, team=None):
    """A named person of ours with the stand-ins of today."""
    return recipients_of(user=user, client=client, at=at, team=team)


def stamp(instant):
    """An instant as part of a key: the same text whatever zone it came in."""
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def key_of(kind, row, slot, version=""):
    """`kind:model:id:slot[:version]`; the person is added by notify (5.5)."""
    key = f"{kind}:{row._meta.model_name}:{row.pk}:{slot}"
    return f"{key}:{version}" if version else key


def tell(kind, row, recipients, label, *, client, at, slot="", key="", path="", **more):
    """Tell people once about the row; `more` goes to notify (level, due_at, mail, detail)."""
    if not recipients:
        return []
    if more.get("level") == Notification.Level.REMIND:
        more["quiet"] = quiet_hours()
    return notify(
        key=key or key_of(kind, row, slot),
        recipients=recipients,
        kind=kind,
        subject=row,
        label=label,
        path=path or row.get_absolute_url(),
        client_code=client.code,
        zone=client.timezone,
        at=at,
        **more,
    )


def quiet_hours():
    """The hours of the night in which the mail of a reminder waits (5.2)."""
    house = AgencySettings.load()
    return house.quiet_from, house.quiet_to
