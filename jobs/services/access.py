"""What every verb of jobs begins with: the right on the job's client (4.2), for whom it is used."""

from accounts.models import User
from accounts.permissions import require

COSTS_BY = "production"


def require_on(job, permission, by, at, own=False, team=None):
    """Refuse with 403 unless allowed on the job's client; whom the person acts for, or None.

    own: a verb that the table gives a department on what is its own ("confirm", "take", "tick");
    it is so on jobs that the department has work on. team: as `Rights` takes it.
    """
    is_own = own and is_theirs(job, by, at)
    return require(by, permission, job.client, at, own=is_own, team=team)


def is_theirs(job, user, at):
    """Has the person's department work on the job (4.1)?"""
    if user is None or user.role != User.Role.DEPARTMENT:
        return False
    return type(job).objects.visible_to(user, at).filter(pk=job.pk).exists()


def enters_costs(job, user, at):
    """Of the departments only production enters costs (4.2)."""
    return user is not None and user.department == COSTS_BY and is_theirs(job, user, at)


def may_read_opportunities(user):
    """Who edits opportunities and suggestions reads them, and the management does (4.2)."""
    return user.has_perm("budgets.edit_opportunity") or user.role == User.Role.MANAGEMENT
