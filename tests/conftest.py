"""What every test may ask for. Nothing here pretends: servers, browser and mail are real."""

import gc
import os
import secrets
import shutil
from pathlib import Path
from types import SimpleNamespace

import boto3
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from playwright.sync_api import sync_playwright

from agency.environment import BUCKET, BucketAddress
from agency.servers import Valkey
from archives.storage import write_mark
from tests import builders
from tests.bucket import KEYS, REGION, Service
from tests.serving import Sites, environment
from tests.sink import Sink

CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages here live too short for its best code to pay.
    "--js-flags=--no-turbofan",
]
# Nothing is looked through while the tests are collected: all of it stays.
gc.disable()
SELDOM = (20_000, 10, 20)
APPS = ("accounts", "archives", "jobs", "budgets", "meetings")
PAPERLESS = ("jobs", "budgets", "meetings")
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def pytest_configure():
    # Argon2 is meant to be slow; tests log in hundreds of times (tests/test_settings.py looks at
    # the real list).
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage costs 7 % of the run."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers():
    """The triggers that keep the audit trail whole also stop the flush between tests (C6).

    Small tables are emptied faster by DELETE than by TRUNCATE; no test counts on first numbers.
    """
    original = DatabaseOperations.sql_flush

    def sql_flush(self, _style, tables, **_kwargs):
        rows = [" ".join(["DELETE FROM", self.quote_name(table)]) for table in tables]
        return rows and ["SET LOCAL session_replication_role = replica", *rows]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = original


@pytest.fixture(autouse=True)
def _nothing_kept():
    """What pages keep for a minute is forgotten between tests."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    """Papers of a test lie in a folder of its own: the store knows which site it belongs to."""
    settings.STORAGE_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _blank_papers(request, settings):
    """Most tests of verbs and pages read no paper: they are spared the printing.

    Tests marked `papers` print and read real ones; so do all outside of PAPERLESS.
    """
    at_home = request.path.parent.name in PAPERLESS
    if at_home and request.node.get_closest_marker("papers") is None:
        settings.FAULT = "pdf_blank"


@pytest.fixture(autouse=True)
def _bare_frame(request, settings):
    """Most pages are read for what they are about, not for the number beside "Home".

    It is counted on every page of every app, and its own tests count it (tests/test_home.py).
    """
    if request.path.parent.name in APPS:
        settings.FRAME_COUNT = ""


@pytest.fixture(scope="module")
def whole_file(request, django_db_setup, django_db_blocker, tmp_path_factory):
    store = tmp_path_factory.mktemp("kept")
    fault = "pdf_blank" if request.node.get_closest_marker("papers") is None else ""
    with builders.kept(django_db_blocker, store, fault):
        rows = SimpleNamespace(**request.module.make_kept())
        builders.settle()
        yield store, rows


@pytest.fixture
def kept(whole_file, settings, db):
    """What the file's `make_kept()` gives by name: made once, read anew for each test."""
    settings.STORAGE_ROOT, rows = whole_file
    return builders.read_anew(rows)


# --- people ------------------------------------------------------------------------------------


@pytest.fixture
def ae(db):
    """The account executive of the client that a test makes with `make_client(team=[ae])`."""
    return builders.make_user(username="ae", role="ae")


@pytest.fixture
def am(db):
    return builders.make_user(username="am", role="am")


@pytest.fixture
def ad(db):
    return builders.make_user(username="ad", role="ad")


@pytest.fixture
def other_ae(db):
    """An account executive of another client."""
    return builders.make_user(username="other_ae", role="ae")


@pytest.fixture
def sign_in(client):
    """sign_in(user): the browser, in which this person is now."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


# --- servers -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def valkey(tmp_path_factory):
    """A broker of our own: `.url`, `.child` (to stop, pause or kill), `.start()` again."""
    server = Valkey(Path(os.environ["VAR_DIR"]) / "valkey", secrets.token_urlsafe(12)).start()
    yield server
    server.stop()


@pytest.fixture
def smtp(settings):
    """A mail server on loopback that mails of this test go to (tests/sink.py)."""
    with Sink() as sink:
        settings.EMAIL_URL = sink.url
        settings.MAIL_DIR = None
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
        yield sink


@pytest.fixture(scope="session")
def s3():
    """A server of buckets: `.url`, `.stop()`, `.start()` again with what was in it."""
    service = Service()
    yield service
    service.stop()


@pytest.fixture
def bucket(s3, settings, tmp_path, monkeypatch):
    """Papers of this test lie in a bucket of its own, not in a folder; boto3's own view of it."""
    for name, value in (KEYS | {"AWS_EC2_METADATA_DISABLED": "true"}).items():
        monkeypatch.setenv(name, value)
    address = BucketAddress(f"papers-{secrets.token_hex(6)}", "site/", s3.url, REGION)
    settings.STORE, settings.STORAGE_BUCKET = BUCKET, address
    settings.STORAGE_ROOT = tmp_path / "staging"
    found = boto3.resource("s3", endpoint_url=s3.url, region_name=REGION).Bucket(address.name)
    found.create(CreateBucketConfiguration={"LocationConstraint": REGION})
    return found


@pytest.fixture
def process_env(transactional_db):
    """The environment for our own processes (manage.py, gunicorn, celery) on the test database."""
    return environment(django_settings.STORAGE_ROOT)


@pytest.fixture(scope="session")
def sites(django_db_setup, tmp_path_factory):
    with Sites(tmp_path_factory.mktemp("sites")) as sites:
        yield sites


@pytest.fixture
def serve(sites, transactional_db, settings):
    """serve(fault, threads) -> the site, with this fault; its store is that of the test."""
    settings.STORAGE_ROOT = sites.store
    write_mark()
    return sites.serve


# --- browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for the run. `browser.new_context(locale=…)` makes a person's own."""
    program = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if program is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("Chromium is not installed: apt-get install chromium-headless-shell")
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def axe():
    """Looks for what keeps people out: `axe.run(page)`."""
    return Axe()
