"""What a setting from outside must be before a site starts with it (C23)."""

import importlib.util
import ipaddress
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SAMPLE_KEYS = ("change", "example", "secret", "only-for-development", "django-insecure")
KEY_LENGTH = 40
BOOT_ERROR = 3  # tells gunicorn that trying again is of no use
FOLDER, BUCKET = "archives.storage.folder.Folder", "archives.storage.bucket.Bucket"
BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
BUCKET_FACTS = ("endpoint", "region", "style")
STYLES = ("auto", "path", "virtual")
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


# --- where papers are kept -----------------------------------------------------------------------


class BucketAddress(NamedTuple):
    """What STORAGE_URL=s3://name/prefix?endpoint=…&region=…&style=… says."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    style: str = "auto"


def read_store(url, staging):
    """(kind of store, folder, bucket or None); with a bucket the folder is `staging`."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc:
        return FOLDER, Path(unquote(parts.path)), None
    if parts.scheme == "s3":
        return BUCKET, Path(staging), read_bucket(parts)
    raise ImproperlyConfigured(
        "STORAGE_URL must be file:///… for a folder of papers, or s3://bucket for a bucket."
    )


def read_bucket(parts):
    """The address in an s3:// URL; keys to it are never part of it."""
    if "@" in parts.netloc:
        raise ImproperlyConfigured(
            "STORAGE_URL must not hold a key: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    facts = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    prefix = unquote(parts.path).strip("/")
    address = BucketAddress(parts.netloc, f"{prefix}/" if prefix else "", **_known(facts))
    _check_bucket(address)
    if importlib.util.find_spec("boto3") is None:
        raise ImproperlyConfigured(
            "STORAGE_URL is s3://…, which needs boto3: "
            "pip install --require-hashes -r requirements.txt -r requirements-s3.txt"
        )
    return address


def _known(facts):
    for name in facts:
        if name not in BUCKET_FACTS:
            raise ImproperlyConfigured(
                f"STORAGE_URL knows no {name}: after s3://bucket/prefix come "
                "?endpoint=…&region=…&style=… only."
            )
    return facts


def _check_bucket(address):
    if not BUCKET_NAME.fullmatch(address.name):
        raise ImproperlyConfigured(
            "STORAGE_URL must name a bucket: 3 to 63 small letters, digits, dots and hyphens."
        )
    if address.endpoint and not re.match(r"https?://[^/]", address.endpoint):
        raise ImproperlyConfigured("STORAGE_URL: endpoint must be https://… or http://….")
    if address.style not in STYLES:
        raise ImproperlyConfigured("STORAGE_URL: style must be auto, path or virtual.")


def check_accel(prefix, bucket):
    """The address under which the web server in front finds the folder of papers, or ''."""
    if prefix and bucket:
        raise ImproperlyConfigured("X_ACCEL_PREFIX works with a folder of papers, not with s3://…")
    if prefix and not re.fullmatch(r"/[A-Za-z0-9_-]+/", prefix):
        raise ImproperlyConfigured("X_ACCEL_PREFIX must look like /stored/.")
    return prefix
