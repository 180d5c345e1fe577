"""What the verbs of media plans begin with: the right on the job's client (4.2)."""

from accounts.models import User
from jobs.services.access import require_on

PLANS_BY = "media"


def require_plan(job, permission, by, at):
    """403 unless allowed; for whom the person acts. The media department edits plans of jobs it
    has work on, no other department does (4.2)."""
    return require_on(job, permission, by, at, own=is_media(by))


def is_media(user):
    """Does the person sit in the media department?"""
    return user is not None and user.role == User.Role.DEPARTMENT and user.department == PLANS_BY
