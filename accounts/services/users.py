"""People of the agency: made, changed, shut out (R92). Only the admin does this (4.2)."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Assignment, Client, User
from accounts.models.scope import local_day
from accounts.models.user import RANKS
from accounts.permissions import require
from accounts.services.edits import change, insert, made_before
from accounts.services.team import close, take_lead
from accounts.services.trail import record, worded
from agency.common.errors import Refused
from agency.common.services import notify
from agency.common.verbs import check_version, lock, save, verb
from agency.common.wording import names_text

RIGHT = "accounts.manage_users"


@verb
def create_user(*, by, at, password="", form_key=None, **values):
    """A new person; without a password nobody can sign in as yet."""
    require(by, RIGHT, None, at)
    if twin := made_before(User, form_key):
        return twin
    row = User(form_key=form_key, created_by=by, created_at=at, **_low(values))
    _set_password(row, password)
    insert(row)
    record("create_user", row, by=by, at=at, changes={"role": ["", row.role]})
    return row


@verb
def update_user(*, user, by, at, row_version=None, **values):
    """Change a person. Nobody changes his own role, and a client's people cannot become admin."""
    require(by, RIGHT, None, at)
    row = lock(user)
    check_version(row, row_version)
    if values.get("role", row.role) != row.role:
        _check_role(row, values["role"], by, at)
    changes = change(row, _low(values))
    record("update_user", row, by=by, at=at, changes=changes)
    return row


def _check_role(row, role, by, at):
    if by is not None and by.pk == row.pk:
        raise Refused(_("Nobody changes his own role."), "role")
    if row.role == "gad" and row.groups_headed.exists():
        raise Refused(_("This person heads a group: name another head first."), "role")
    if role == "admin" and row.assignments.until_after(local_day(at)).exists():
        raise Refused(
            _("This person serves clients: an admin needs an account of his own."), "role"
        )


@verb
def set_own_language(*, user, language):
    """The language switch of the user menu: remembered for the person."""
    row = lock(user)
    row.language = language
    save(row, "language")
    return row


@verb
def set_password(*, user, password, by, at):
    """A new password for somebody; every session of that person ends."""
    if by is None or by.pk != user.pk:
        require(by, RIGHT, None, at)
    row = lock(user)
    _set_password(row, password)
    save(row, "password")
    record("set_password", row, by=by, at=at)
    return row


def _set_password(row, password):
    if not password:
        row.set_unusable_password()
        return
    try:
        validate_password(password, row)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password") from error
    row.set_password(password)


def _low(values):
    """User name and address are kept in lower case: login does not ask how they were typed."""
    low = {name: values[name].strip().lower() for name in ("username", "email") if name in values}
    return {**values, **low}


@verb
def deactivate_user(*, user, by, at, successors=None, heir=None, movers=(), row_version=None):
    """Shut a person out at once and hand the open duties over (R92, 4.4).

    successors: {client id: user}; heir: for all other clients and what has no client.
    movers: of each app (open_duties, reassign): open_duties(user) -> {client or None: count},
    reassign(old, new, client, by, at) -> int. Refused while a duty has nobody to go to.
    """
    require(by, RIGHT, None, at)
    row = lock(user)
    check_version(row, row_version)
    _check_leaving(row, by)
    heirs = _heirs(row, successors or {}, heir, movers, at)
    moved = _move(row, heirs, movers, by, at)
    for client, new in heirs.items():
        _hand_over(row, new, client, by, at)
    _close_assignments(row, at)
    _head_groups(row, heir)
    _shut_out(row, heir or next(iter(heirs.values()), None), at)
    changes = {"moved": moved, "successors": {str(c or ""): str(n) for c, n in heirs.items()}}
    record("deactivate_user", row, by=by, at=at, changes=changes)
    return row


def _check_leaving(row, by):
    if not row.is_active:
        raise Refused(_("This person is inactive already."))
    if by is not None and by.pk == row.pk:
        raise Refused(_("Nobody shuts himself out."))


def _heirs(row, successors, heir, movers, at):
    """{client or None: who takes over}; refused while a duty has nobody to go to."""
    duties = _duties(row, movers)
    clients = {*duties, *served(row, at), None}
    heirs = {client: successors.get(getattr(client, "pk", None), heir) for client in clients}
    _check_heirs(row, heirs)
    lacking = {client: count for client, count in duties.items() if heirs[client] is None}
    if lacking:
        raise Refused(_lacking_text(lacking), "heir")
    return {client: new for client, new in heirs.items() if new is not None}


def _duties(row, movers):
    found = {}
    for open_duties, _reassign in movers:
        for client, count in open_duties(row).items():
            found[client] = found.get(client, 0) + count
    return {client: count for client, count in found.items() if count}


def _move(row, heirs, movers, by, at):
    return sum(
        reassign(old=row, new=heirs[client], client=client, by=by, at=at)
        for open_duties, reassign in movers
        for client, count in open_duties(row).items()
        if count
    )


def served(user, at):
    """The clients that the person serves now or later."""
    rows = user.assignments.until_after(local_day(at)).values("client")
    return list(Client.objects.filter(pk__in=rows))


def _check_heirs(row, heirs):
    for new in heirs.values():
        if new is None:
            continue
        if new.pk == row.pk or not new.is_active:
            raise Refused(_("A successor must be somebody else who is still here."), "heir")
        if new.is_admin and not row.is_admin:
            raise Refused(_("An admin serves no client."), "heir")


def _lacking_text(lacking):
    count = sum(lacking.values())
    text = ngettext(
        "%(count)d duty is open: name a successor for %(names)s.",
        "%(count)d duties are open: name a successor for %(names)s.",
        count,
    )
    names = names_text(sorted(str(client or _("what has no client")) for client in lacking))
    return text % {"count": count, "names": names}


def _hand_over(old, new, client, by, at):
    """The successor serves the client in the same role, as far as his title goes (4.1)."""
    today = local_day(at)
    rows = old.assignments.until_after(today).filter(client=client) if client else []
    for row in rows:
        role, is_lead = _fitting(row.role, new), row.is_lead
        close(lock(row), today)
        if role is not None:
            taken = _serve(new, row, role, today, by, at)
            if is_lead and taken.role == row.role:
                take_lead(taken, by, at)
    _tell_handed_over(old, new, client, at)


def _serve(new, row, role, today, by, at):
    """The successor's assignment at the client: the one there is, or a new one."""
    known = new.assignments.until_after(today).filter(client=row.client).first()
    return known or insert(
        Assignment(
            client=row.client,
            user=new,
            role=role,
            starts_on=max(row.starts_on, today),
            created_by=by,
            created_at=at,
        )
    )


def _fitting(role, new):
    if role == "department":
        return role if new.role == "department" else None
    if not new.rank:
        return None
    return min(role, new.role, key=RANKS.get)


def _tell_handed_over(old, new, client, at):
    notify(
        key=f"handed_over:user:{old.pk}:{client.pk if client else 0}:{at:%Y%m%d%H%M%S}",
        recipients=[new],
        kind="handed_over",
        subject=old,
        label=worded(lambda: _handed_text(old, client)),
        path="/",
        client_code=client.code if client else "",
        at=at,
    )


def _handed_text(old, client):
    facts = {"name": old, "what": client or _("what has no client")}
    return _("You take over from %(name)s: %(what)s.") % facts


def _close_assignments(row, at):
    """Nothing is served from this day on."""
    today = local_day(at)
    for assignment in row.assignments.until_after(today):
        close(lock(assignment), today)


def _head_groups(row, heir):
    if not row.groups_headed.exists():
        return
    if heir is None or heir.role != "gad":
        raise Refused(_("This person heads a group: the successor must be a GAD."), "heir")
    row.groups_headed.update(head=heir)


def _shut_out(row, successor, at):
    """No session outlives this: the password goes, and with it the hash that sessions carry."""
    row.is_active, row.left_on, row.successor = False, local_day(at), successor
    row.feed_hash = None
    row.set_unusable_password()
    save(row)


@verb
def reactivate_user(*, user, by, at, row_version=None):
    """Somebody comes back: without clients and without a password, both are given anew."""
    require(by, RIGHT, None, at)
    row = lock(user)
    check_version(row, row_version)
    if row.is_active:
        raise Refused(_("This person is active already."))
    row.is_active, row.left_on, row.successor = True, None, None
    save(row)
    record("reactivate_user", row, by=by, at=at)
    return row
