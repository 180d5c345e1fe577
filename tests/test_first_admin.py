"""`manage.py first_admin`: how a new site gets its first person."""

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from accounts.models import User
from agency.common.models import AuditEntry
from tests.builders import make_user

GOOD = "seven-quiet-harbours"


@pytest.fixture
def first_admin(db, monkeypatch):
    """Run the command with a password on standard input."""

    def run(password=GOOD, username="shiyi"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        call_command("first_admin", username, "shi.yi@agency.example", name="石一")

    return run


def test_first_admin_can_sign_in(first_admin):
    first_admin()
    user = authenticate(RequestFactory().post("/login/"), username="shiyi", password=GOOD)
    assert (user.name, user.role, user.is_active) == ("石一", "admin", True)
    assert AuditEntry.objects.get().verb == "create_user"


def test_second_admin_is_made_by_the_first(first_admin):
    make_user(role="admin")
    with pytest.raises(CommandError, match="There is an admin already"):
        first_admin()
    assert not User.objects.filter(username="shiyi").exists()


@pytest.mark.parametrize("password", ["", "short", "1234567890123"])
def test_weak_password_is_refused(first_admin, password):
    with pytest.raises(CommandError):
        first_admin(password)
    assert not User.objects.exists()
