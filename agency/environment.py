"""What a setting from outside must be before a site starts with it (C23)."""

import ipaddress
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SAMPLE_KEYS = ("change", "example", "secret", "only-for-development", "django-insecure")
KEY_LENGTH = 40
BOOT_ERROR = 3  # tells gunicorn that trying again is of no use
# Names that no stranger can look up.
PRIVATE_ENDINGS = ("localhost", "testserver", ".local", ".internal", ".lan", ".test")


def load_settings():
    """Read the settings; what keeps the site from starting is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
    try:
        settings.DEBUG  # noqa: B018 reads them all
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        sys.exit(BOOT_ERROR)


def required(name, debug, in_development):
    """The variable's value; without it a site with DEBUG off does not start."""
    value = os.environ.get(name, "")
    if value:
        return value
    if debug:
        return in_development
    raise ImproperlyConfigured(
        f"{name} is not set: with DEBUG off the site does not start without it "
        "(docs/deploy.md; `make run` sets everything for a trial)."
    )


def check_key(key, debug):
    """Refuse a key that others may know or guess."""
    if debug:
        return
    if len(key) < KEY_LENGTH or key.lower().startswith(SAMPLE_KEYS):
        raise ImproperlyConfigured(
            f"SECRET_KEY is a sample or shorter than {KEY_LENGTH} characters: make one with "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )


def is_public(host):
    """Whether strangers could reach a site under this name."""
    host = host.strip("[]").lstrip(".").lower()
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "*" or ("." in host and not host.endswith(PRIVATE_ENDINGS))


def check_hosts(hosts, debug):
    """DEBUG shows secrets in error pages and opens /mail/: never where strangers come."""
    public = [host for host in hosts if is_public(host)]
    if debug and public:
        raise ImproperlyConfigured(f"DEBUG is on and {public[0]} is a public name: set DEBUG=0.")
