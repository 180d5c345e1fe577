"""What every verb of jobs begins with: the right on the job's client (4.2), for whom it is used."""

from accounts.models import User
from accounts.permissions import require


def require_on(job, permission, by, at):
    """Refuse with 403 unless allowed on the job's client; whom the person acts for, or None.

    A department's person has his rights (marked "own" in the table) on jobs that his department
    has work on.
    """
    return require(by, permission, job.client, at, own=is_theirs(job, by, at))


def is_theirs(job, user, at):
    """Has the person's department work on the job (4.1)?"""
    if user is None or user.role != User.Role.DEPARTMENT:
        return False
    return type(job).objects.visible_to(user, at).filter(pk=job.pk).exists()
