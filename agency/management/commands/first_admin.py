"""The first person of a new site, who then makes all others on its pages."""

import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.services import create_user
from agency.common.errors import Refused


def ask_for_password():
    """From the keyboard without showing it, or the first line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("email")
        parser.add_argument("--name", help="as shown to others (default: the username)")

    def handle(self, *args, **options):
        if User.objects.filter(role=User.Role.ADMIN, is_active=True).exists():
            raise CommandError("There is an admin already: ask that person.")
        password = ask_for_password()
        if not password:
            raise CommandError("A password is needed.")
        try:
            create_user(
                by=None,
                at=timezone.now(),
                password=password,
                username=options["username"],
                email=options["email"],
                name=options["name"] or options["username"],
                role=User.Role.ADMIN,
            )
        except Refused as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{options['username']} can sign in and make the others.")
