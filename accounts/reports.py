"""Reads over people and clients: what waits for a person here, and who belongs to whom."""

from datetime import timedelta

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import AgencySettings, Assignment, Client, StandIn, Todo
from accounts.models.scope import local_day
from accounts.permissions import is_over, people_under
from accounts.services.years import unknown_years
from agency.common.context import once
from agency.common.dates import MIDNIGHT, local_instant
from agency.common.duties import Duty
from agency.common.wording import full_day_text

__all__ = ["awaiting", "client_names", "house_name", "is_over", "my_people", "open_todos", "team"]
LOOK_AHEAD = timedelta(days=14)
DAY = timedelta(days=1)


def awaiting(user, at):
    """To-dos of today, clients without lead AM (AD), absences not covered (AM)."""
    if not user.is_authenticated:
        return []
    if user.is_admin:
        return [*_todos(user, at), *_unknown_years(at)]
    found = list(_todos(user, at))
    if user.rank >= 3:
        found += _without_lead(user, at)
    if user.rank == 2:
        found += _uncovered(user, at)
    return found


def _unknown_years(at):
    """Until the holidays of a year are entered its clocks count Monday to Friday (C4)."""
    for year in unknown_years(at):
        yield Duty(
            group=_("Enter"),
            sentence=_("The holidays of %(year)s are not known.") % {"year": year},
            url=reverse("accounts:calendar_days"),
            button=_("Working days"),
        )


def open_todos(user):
    """[Todo] still open, by day; asked once a page (R70)."""
    rows = Todo.objects.visible_to(user).open().select_related("client")
    return once(("to-dos", user.pk), lambda: list(rows))


def _todos(user, at):
    for todo in (row for row in open_todos(user) if row.due_on <= local_day(at)):
        yield Duty(
            group=_("To do"),
            sentence=todo.text,
            client=todo.client.name if todo.client else "",
            url=reverse("accounts:todo_update", args=[todo.pk]),
            button=_("View"),
            due_at=local_instant(todo.due_on + DAY, MIDNIGHT),
        )


def _without_lead(user, at):
    """R80: each client has an AM in charge; without one it is the AD's to name one.

    Where there is no AD either, it is the GAD's (Z19).
    """
    rows = Client.objects.visible_to(user, at).at_work().exclude(_has_lead("am", at))
    if user.role == "gad":
        rows = rows.exclude(_has_lead("ad", at))
    rows = rows.annotate(since=Max("assignments__ends_on", filter=_past_leads(at)))
    return [_lead_duty(client) for client in rows]


def _has_lead(role, at):
    rows = Assignment.objects.leads().on(local_day(at)).filter(user__is_active=True, role=role)
    return Exists(rows.filter(client=OuterRef("pk")))


def _past_leads(at):
    return Q(assignments__role="am", assignments__is_lead=True) & Q(
        assignments__ends_on__lt=local_day(at)
    )


def _lead_duty(client):
    since = local_instant(client.since + DAY, MIDNIGHT) if client.since else client.created_at
    return Duty(
        group=pgettext("duty", "Name"),
        sentence=_("Account manager in charge"),
        client=client.name,
        url=reverse("accounts:assignment_create", args=[client.pk]),
        button=_("Assign"),
        due_at=since,
    )


def _uncovered(user, at):
    """R77: an AE of mine is away, and a client of theirs has nobody for these days."""
    today = local_day(at)
    clients = Client.objects.visible_to(user, at).at_work().values("pk")
    served = Assignment.objects.on(today).filter(client__in=clients, role="ae")
    absences = list(
        StandIn.objects.overlapping(today, today + LOOK_AHEAD)
        .filter(absent__in=served.values("user"), absent__is_active=True)
        .select_related("absent", "deputy")
    )
    if not absences:
        return []
    rows = served.filter(user__in=[row.absent_id for row in absences]).select_related("client")
    pairs = [(absence, row.client) for absence in absences for row in rows]
    return [
        _absence_duty(absence, client)
        for absence, client in pairs
        if _serves(absence, client, rows) and not _is_covered(absence, client, absences)
    ]


def _serves(absence, client, rows):
    return any(row.user_id == absence.absent_id and row.client_id == client.pk for row in rows)


def _is_covered(absence, client, absences):
    """True when somebody present stands in for this client on the first day of the absence."""
    return any(
        other.absent_id == absence.absent_id
        and other.client_id in (None, client.pk)
        and other.deputy.is_active
        and other.starts_on <= absence.starts_on <= other.ends_on
        for other in absences
    )


def _absence_duty(absence, client):
    facts = {
        "name": absence.absent,
        "first": full_day_text(absence.starts_on),
        "last": full_day_text(absence.ends_on),
    }
    return Duty(
        group=_("Appoint"),
        sentence=_("Stand-in for %(name)s, %(first)s to %(last)s") % facts,
        client=client.name,
        url=f"{reverse('accounts:stand_in_create')}?absent={absence.absent_id}&client={client.pk}",
        button=_("Appoint"),
        due_at=local_instant(absence.starts_on, MIDNIGHT),
    )


def my_people(user, at):
    """Active people of lower rank on clients of mine, by name (R69, R80)."""
    return people_under(user, at)


def client_names(user, at):
    """Names of the clients in scope: what may be shown of somebody else's day."""
    return set(Client.objects.visible_to(user, at).values_list("name", flat=True))


def team(rows):
    """[(title, [assignment])] of who serves a client, the highest rank first."""
    roles = reversed(Assignment.Role.values[:4])
    groups = [(role, [row for row in rows if row.role == role]) for role in (*roles, "department")]
    return [(found[0].get_role_display(), found) for _role, found in groups if found]


def house_name():
    """The agency's name in the reader's language, for the frame; one query a page."""
    row = AgencySettings.found()
    if row is None:
        return ""
    return row.name_en if get_language() == "en" and row.name_en else row.name
