"""What `manage.py check` says about this machine, and `check --deploy` about a site (C23)."""

import ctypes.util
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
NEEDED = ("pango-1.0", "pangoft2-1.0")


def libraries(app_configs, **kwargs):
    """Papers cannot be printed without Pango, and only slowly without harfbuzz-subset."""
    if not all(map(ctypes.util.find_library, NEEDED)):
        return [Error("Papers cannot be printed: Pango is missing.", hint=APT, id="agency.E001")]
    if not ctypes.util.find_library("harfbuzz-subset"):
        message = "Papers print slowly: libharfbuzz-subset is missing."
        return [Warning(message, hint=APT, id="agency.W001")]
    return []


def address(app_configs, **kwargs):
    """Links in mails start with SITE_URL: it must be https and a host that we answer for."""
    found = urlsplit(settings.SITE_URL)
    errors = []
    if found.scheme != "https":
        errors.append(Error("SITE_URL is not https.", id="agency.E002"))
    if "*" in settings.ALLOWED_HOSTS:
        errors.append(Error("ALLOWED_HOSTS lets in any name.", id="agency.E003"))
    elif found.hostname not in settings.ALLOWED_HOSTS:
        errors.append(Error("ALLOWED_HOSTS lacks the host of SITE_URL.", id="agency.E004"))
    return errors


def mail(app_configs, **kwargs):
    if settings.MAIL_DIR is None:
        return []
    message = "EMAIL_URL is not set: mails would be written to a folder and reach nobody."
    return [Error(message, id="agency.E005")]


def storage(app_configs, **kwargs):
    """Papers must not lie where the next deployment of the code wipes them away."""
    if settings.STORAGE_BUCKET or not Path(settings.STORAGE_ROOT).is_relative_to(settings.BASE_DIR):
        return []
    return [Error("STORAGE_URL points into the program's own folder.", id="agency.E006")]


def register_all():
    """Called once when the app is ready."""
    register(libraries, "libraries")
    for check in (address, mail, storage):
        register(check, Tags.security, deploy=True)
