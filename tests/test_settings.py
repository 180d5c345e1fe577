"""Settings from the environment: what stops a start, and what a site is like once it runs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from agency.children import start
from agency.environment import (
    BUCKET,
    FOLDER,
    BucketAddress,
    check_accel,
    check_hosts,
    check_key,
    is_public,
    read_store,
)

ROOT = Path(__file__).parent.parent
SITE = {
    "DEBUG": "0",
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgres://agency:word@db.example/agency",
    "REDIS_URL": "redis://broker.example/0",
    "SITE_URL": "https://agency.example",
    "ALLOWED_HOSTS": "agency.example",
    "EMAIL_URL": "smtp://mail.example",
    "STORAGE_URL": "file:///srv/agency/files",
    "PATH": os.environ["PATH"],
    "VAR_DIR": "/nonexistent",
}
SHOW = "import json, sys\nfrom django.conf import settings\n"


def python(program, environment):
    return subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"DJANGO_SETTINGS_MODULE": "agency.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


ANSWER = """
settings.DEBUG
for line in sys.stdin:
    print(json.dumps(eval(line), default=str), flush=True)
"""
# The settings of one site after the other, in a program that has started once.
CHECK = """
import importlib, os, django
from django.core.management import CommandError, call_command
from django.utils.functional import empty
django.setup()
for line in sys.stdin:
    os.environ.update(json.loads(line))
    importlib.reload(sys.modules["agency.settings"])
    settings._wrapped, said = empty, ""
    try:
        call_command("check", deploy=True, fail_level="WARNING", stdout=sys.stderr)
    except CommandError as error:
        said = str(error)
    print(json.dumps(said), flush=True)
"""


class Sites:
    """Programs on sites with these settings, each started once and asked line by line."""

    def __init__(self):
        self.running = {}

    def ask(self, program, environment, line):
        key = (program, *environment.items())
        if key not in self.running:
            self.running[key] = begin(program, environment)
        child = self.running[key]
        print(line, file=child.stdin, flush=True)
        answer = child.stdout.readline()
        assert answer, child.communicate()[1]
        return json.loads(answer)

    def stop(self):
        for child in self.running.values():
            child.communicate()


def begin(program, environment):
    return start(
        [sys.executable, "-c", SHOW + program],
        env=environment | {"DJANGO_SETTINGS_MODULE": "agency.settings"},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


sites = Sites()


@pytest.fixture(scope="module", autouse=True)
def _sites_end():
    yield
    sites.stop()


def show(expression, **changes):
    """The value that an expression about `settings` has on a site."""
    return sites.ask(ANSWER, SITE | changes, expression)


def refusal(environment):
    """The last line of a start that is refused."""
    done = python(f"{SHOW}settings.DEBUG", environment)
    assert done.returncode == 1, "it started"
    return done.stderr.strip().splitlines()[-1].partition(": ")[2]


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS"]
)
def test_missing_variable_stops_the_start(name):
    environment = {key: value for key, value in SITE.items() if key != name}
    assert refusal(environment) == (
        f"{name} is not set: with DEBUG off the site does not start without it "
        "(docs/deploy.md; `make run` sets everything for a trial)."
    )


@pytest.mark.parametrize("url", ["sqlite:///db.sqlite3", "mysql://db.example/agency"])
def test_only_postgresql_is_accepted(url):
    assert refusal(SITE | {"DATABASE_URL": url}) == (
        "DATABASE_URL must be postgres://…: only PostgreSQL is supported."
    )


def store_of(url):
    return read_store(url, staging="/var/staging")


def test_storage_is_a_folder_or_a_bucket():
    assert store_of("file:///srv/%E6%A1%A3") == (FOLDER, Path("/srv/档"), None)
    assert store_of("s3://papers") == (BUCKET, Path("/var/staging"), BucketAddress("papers"))
    assert refusal(SITE | {"STORAGE_URL": "ftp://files.example/"}) == (
        "STORAGE_URL must be file:///… for a folder of papers, or s3://bucket for a bucket."
    )


def test_bucket_has_prefix_endpoint_region_and_style():
    url = "s3://papers/a/b/?endpoint=https://s3.example:9000&region=cn-north-1&style=path"

    assert store_of(url)[2] == BucketAddress(
        "papers", "a/b/", "https://s3.example:9000", "cn-north-1", "path"
    )


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("s3://", "must name a bucket"),
        ("s3://ab", "must name a bucket"),
        ("s3://Papers", "must name a bucket"),
        ("s3://id:word@papers", "must not hold a key"),
        ("s3://papers?bucket=other", "knows no bucket"),
        ("s3://papers?endpoint=s3.example", "endpoint must be https"),
        ("s3://papers?style=odd", "style must be"),
        ("file://host/srv", "must be file:///"),
    ],
)
def test_address_of_a_bucket_that_makes_no_sense_is_said(url, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        store_of(url)


def test_bucket_without_boto3_is_said_in_one_sentence():
    blocked = "import sys\nsys.modules['boto3'] = None\n"
    done = python(f"{blocked}{SHOW}settings.DEBUG", SITE | {"STORAGE_URL": "s3://papers"})

    assert done.stderr.strip().splitlines()[-1].partition(": ")[2] == (
        "STORAGE_URL is s3://…, which needs boto3: "
        "pip install --require-hashes -r requirements.txt -r requirements-s3.txt"
    )


def test_site_with_a_folder_does_not_load_boto3():
    setup = "import sys, django\ndjango.setup()\nfrom archives import storage\n"
    done = python(f"{setup}storage.the_store()\nprint('boto3' in sys.modules)", SITE)

    assert done.stdout.strip() == "False", done.stderr


@pytest.mark.parametrize("prefix", ["stored", "/stored", "/", "//x/", "/a b/", "https://x/"])
def test_address_for_nginx_must_be_a_path_of_one_word(prefix):
    with pytest.raises(ImproperlyConfigured, match="must look like /stored/"):
        check_accel(prefix, bucket=None)


def test_nginx_sends_no_papers_of_a_bucket():
    with pytest.raises(ImproperlyConfigured, match="with a folder of papers"):
        check_accel("/stored/", BucketAddress("papers"))
    assert check_accel("/stored/", bucket=None) == "/stored/"


@pytest.mark.parametrize("key", ["short", "change-me-" + "x" * 50, "only-for-development" * 3])
def test_sample_key_stops_the_start(key):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is a sample"):
        check_key(key, debug=False)


def test_debug_on_a_public_name_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match=r"DEBUG is on and agency\.example is"):
        check_hosts(["localhost", "agency.example"], debug=True)


@pytest.mark.parametrize("host", ["agency.example.com", ".example.com", "*", "8.8.8.8"])
def test_strangers_reach_public_names(host):
    assert is_public(host)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "192.168.1.7", "desk.local", "desk", "testserver"]
)
def test_strangers_do_not_reach_private_names(host):
    assert not is_public(host)


def test_site_over_https_has_host_cookies():
    names = show("[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]")
    assert names == ["__Host-session", "__Host-csrf"]
    assert show("[settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE]") == [True, True]


def test_site_over_http_has_cookies_that_browsers_keep():
    http = {"SITE_URL": "http://agency.example"}
    assert show("[settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE]", **http) == [
        "session",
        False,
    ]


def test_passwords_are_stored_with_argon2():
    assert show("settings.PASSWORD_HASHERS[0]").endswith("Argon2PasswordHasher")


def test_session_lasts_a_working_day():
    assert show("settings.SESSION_COOKIE_AGE") == 12 * 3600


def test_forwarded_headers_count_only_behind_a_proxy():
    assert show("settings.SECURE_PROXY_SSL_HEADER") is None
    header = show("settings.SECURE_PROXY_SSL_HEADER", PROXIES="1")
    assert header == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_only_the_web_process_pools_and_limits():
    assert "pool" not in show("settings.DATABASES['default']['OPTIONS']")
    web = show("settings.DATABASES['default']['OPTIONS']", PROCESS="web")
    assert web["pool"]["max_size"] == 10
    pool = "settings.DATABASES['default']['OPTIONS']['pool']['max_size']"
    assert show(pool, PROCESS="web", DATABASE_POOL="50") == 50
    assert "statement_timeout=15s" in web["options"]
    assert "lock_timeout=5s" in web["options"]


def test_mail_goes_to_a_folder_only_without_a_server():
    assert show("settings.MAIL_DIR") is None
    assert show("settings.EMAIL_HOST") == "mail.example"
    assert show("settings.MAIL_DIR", EMAIL_URL="").endswith("/mail")


def test_note_of_make_run_is_not_read_on_a_site(tmp_path):
    (tmp_path / "dev.env").write_text("DEBUG=1\n")
    assert show("settings.DEBUG", VAR_DIR=str(tmp_path)) is False


def test_static_files_have_hashed_names_on_a_site():
    backend = show("settings.STORAGES['staticfiles']['BACKEND']")
    assert backend == "whitenoise.storage.CompressedManifestStaticFilesStorage"


def test_broker_holds_json_only_and_gives_back_what_a_dead_worker_held():
    assert show("settings.CELERY_ACCEPT_CONTENT") == ["json"]
    assert show("settings.CELERY_TASK_ACKS_LATE and settings.CELERY_TASK_REJECT_ON_WORKER_LOST")
    limit, visibility = show(
        "[settings.CELERY_TASK_TIME_LIMIT,"
        " settings.CELERY_BROKER_TRANSPORT_OPTIONS['visibility_timeout']]"
    )
    assert limit < visibility


GOOD = SITE | {"SECRET_KEY": "Zq3" + "w8Kx_-" * 12}


def deploy_check(**changes):
    """What `check --deploy` finds wrong with a site."""
    return sites.ask(CHECK, GOOD, json.dumps(GOOD | changes))


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"SITE_URL": "http://agency.example"}, "agency.E002"),
        ({"ALLOWED_HOSTS": "*"}, "agency.E003"),
        ({"ALLOWED_HOSTS": "other.example"}, "agency.E004"),
        ({"EMAIL_URL": ""}, "agency.E005"),
        ({"STORAGE_URL": (ROOT / "var" / "files").as_uri()}, "agency.E006"),
    ],
)
def test_deploy_check_names_what_is_wrong(changes, number):
    assert number in deploy_check(**changes)


@pytest.mark.parametrize("url", [SITE["STORAGE_URL"], "s3://papers"])
def test_deploy_check_is_content_with_a_site_as_documented(url):
    assert deploy_check(STORAGE_URL=url) == ""


def test_deploy_check_fails_the_command():
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=GOOD | {"SITE_URL": "http://agency.example"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "agency.E002" in done.stderr
