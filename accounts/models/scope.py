"""Which clients a person works on at an instant, as one subquery (domain.md 4.1)."""

from functools import lru_cache

from django.apps import apps
from django.db import models
from django.db.models import Lookup, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone


def on_day(day, prefix=""):
    """Rows whose days, both inclusive, hold `day`; an open end never closes."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


def local_day(at=None):
    """The agency's day at the instant."""
    return timezone.localdate(at or timezone.now())


def scope(user, at=None):
    """Clients in the person's scope; None means all of them, an admin has none (4.1).

    Open assignments, those of people stood in for, and for a GAD the groups they head.
    """
    if not user.is_authenticated or user.is_admin or not user.is_active:
        return apps.get_model("accounts", "Client")._base_manager.none()
    if user.sees_all_clients:
        return None
    return _question(user.pk, local_day(at))


@lru_cache(maxsize=1000)
def _question(user_id, day):
    """The subquery as SQL, put together once a person and day: every list of a page begins with it.

    It holds no answer; who is served when is asked by the statement that it becomes a part of.
    """
    assignments = apps.get_model("accounts", "Assignment")._base_manager.filter(on_day(day))
    own, absent = assignments.filter(user=user_id), assignments.filter(covered(user_id, day))
    clients = apps.get_model("accounts", "Client")._base_manager
    inside = Q(pk__in=own.values("client")) | Q(pk__in=absent.values("client"))
    return statement(clients.filter(inside | Q(group__head=user_id)).values("pk"))


def statement(rows):
    """The question for these rows as SQL, for `__in`: put together once, in many statements."""
    return RawSQL(*rows.order_by().query.sql_with_params())  # noqa: S611 (Django's own SQL)


def covered(user, day):
    """Assignments of people this person stands in for on the day, on the clients named (4.4)."""
    days = on_day(day, "user__absences__")
    client = Q(user__absences__client__isnull=True) | Q(user__absences__client=models.F("client"))
    return days & client & Q(user__absences__deputy=user)


@models.ForeignKey.register_lookup
class Among(Lookup):
    """client__among: the question for the clients, asked once, and its list given to an index."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        right, more = compiler.compile(self.rhs)
        return f"{left} = ANY(ARRAY{right})", [*params, *more]


class ScopedQuerySet(models.QuerySet):
    """For rows that belong to a client; `client_path` leads from the row to it.

    client_lookup: "among" where the rows asked for are thousands of some hundred thousand.
    """

    client_path, client_lookup = "client", "in"

    def visible_to(self, user, at=None):
        """Only what the person may know of; another client's rows are not there (Z14)."""
        clients = scope(user, at)
        if clients is None:
            return self
        return self.filter(**{f"{self.client_path}__{self.client_lookup}": clients})


class MoneyQuerySet(ScopedQuerySet):
    """For rows with the agency's or the client's money: a department sees none (4.2)."""

    def visible_to(self, user, at=None):
        if not user.is_authenticated or user.is_department:
            return self.none()
        return super().visible_to(user, at)
