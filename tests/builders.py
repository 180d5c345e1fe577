"""Test data in plain functions: each makes the least that is valid. Say only what matters."""

from contextlib import contextmanager
from copy import copy
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test import override_settings

from accounts.models import (
    AccountGroup,
    Assignment,
    Brand,
    Client,
    Contact,
    Contract,
    StandIn,
    User,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


@contextmanager
def unguarded():
    """A cursor of a superuser with the triggers off: what no application can do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def kept(blocker, store, fault="pdf_blank"):
    """What is made within stands for all tests of one module, and is gone after it.

    Each test takes back what it did itself. Papers are blank where nothing else is said.
    """
    site = override_settings(STORAGE_ROOT=store, FAULT=fault)
    with blocker.unblock(), transaction.atomic(), site:
        yield
        transaction.set_rollback(True)


def read_anew(thing):
    """The same rows as they are in the database: what a test did to the objects is not on them."""
    if isinstance(thing, Model):
        return type(thing)._default_manager.get(pk=thing.pk)
    if hasattr(thing, "__dict__"):
        found = copy(thing)
        vars(found).update({name: read_anew(value) for name, value in vars(thing).items()})
        return found
    return thing


def from_kept(*names):
    """Fixtures of these names, each what the file's `make_kept()` gives by it."""
    return [_from_kept(name) for name in names]


def _from_kept(name):
    @pytest.fixture(name=name)
    def found(kept):
        return getattr(kept, name)

    return found


def settle():
    """What was made is checked now, not again at the end of each test that is taken back."""
    connection.check_constraints()


def count_rows():
    """Tell the planner how many rows there are now, as the server does by itself, only later.

    Our tables alone: those of the whole server would be locked for the other process.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(connection.introspection.django_table_names())}")


def when(text, zone=SHANGHAI):
    """An aware instant from '2026-11-19 11:37' or with seconds, in the zone."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def make_user(username=None, role="ae", **fields):
    username = username or f"{role}{next(_numbers)}"
    defaults = {"name": username, "email": f"{username}@greenisle.example", "language": "en"}
    if role == "department":
        defaults["department"] = "creative"
    user = User(username=username, role=role, **{**defaults, **fields})
    user.set_unusable_password()
    user.save()
    return user


def make_group(head=None, **fields):
    head = head or make_user(role="gad")
    return AccountGroup.objects.create(
        **{"name": f"Group {next(_numbers)}", "head": head, **fields}
    )


def make_client(code=None, team=(), **fields):
    """A client with its team: each person is lead in the role of his title."""
    code = code or _code(next(_numbers))
    group = fields.pop("group", None) or make_group()
    defaults = {"name": f"Client {code}", "status": Client.Status.ACTIVE}
    client = Client.objects.create(code=code, group=group, **{**defaults, **fields})
    for user in team:
        assign(client, user)
    return client


def _code(number):
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"X{letters}"


def assign(client, user, role=None, is_lead=None, **fields):
    role = role or (user.role if user.role in Assignment.Role.values else "department")
    if is_lead is None:
        taken = client.assignments.filter(role=role, is_lead=True).exists()
        is_lead = role != "department" and not taken
    defaults = {"starts_on": LONG_AGO, "role": role, "is_lead": is_lead}
    return Assignment.objects.create(client=client, user=user, **{**defaults, **fields})


def make_contact(client, name="何嘉宁", **fields):
    number = next(_numbers)
    defaults = {"address_as": f"{name[0]}总", "email": f"contact{number}@client.example"}
    return Contact.objects.create(client=client, name=name, **{**defaults, **fields})


def make_brand(client, **fields):
    return Brand.objects.create(client=client, **{"name": f"Brand {next(_numbers)}", **fields})


def make_stand_in(absent, deputy, starts_on, ends_on, **fields):
    defaults = {"reason": "annual leave", "made_by": absent}
    return StandIn.objects.create(
        absent=absent, deputy=deputy, starts_on=starts_on, ends_on=ends_on, **{**defaults, **fields}
    )


def make_contract(client, **fields):
    """A contract in force, the agency's usual rates; entered long ago unless said."""
    defaults = {
        "number": f"K-{next(_numbers)}", "title": "Frame", "starts_on": LONG_AGO,
        "created_at": when("2020-01-01 09:00"),
    }  # fmt: skip
    return Contract.objects.create(client=client, **{**defaults, **fields})
