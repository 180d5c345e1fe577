"""Before Django reads its settings: where this run keeps its files, and its own PostgreSQL.

Loaded by `-p tests.plugin` (pyproject.toml). With DATABASE_URL set, that server is used. Under
pytest-xdist the first process owns the server; each worker has a database and a folder of its own.
"""

import functools
import importlib
import os
import secrets
import shutil
import signal
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from agency.children import free_port
from agency.servers import Postgres, can_reach, shelter

ROOT = Path(__file__).resolve().parent.parent
RUNS = ROOT / "var" / "tests"
# Nothing has to survive a test run, so the disk is never waited for.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "max_wal_size": "512MB",
    # It would count the rows of a test that never commits as none, and plan for none.
    "autovacuum": "off",
    # Tables hold a handful of rows: any plan does, and looking for the best costs more.
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
}
# Their world is made once and shared by all tests of file or folder: a single process runs them.
TOGETHER = {
    "tests/test_bad_inputs.py",
    "tests/demo/",
    "tests/test_every_sheet.py",
    "tests/test_house.py",
    "tests/test_launch.py",
    "tests/test_permissions.py",
}
OWN_SERVER = "TESTS_OWN_SERVER"


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def sweep(folder):
    """Take away what killed runs left behind; their servers are gone already."""
    for left in folder.glob("[0-9]*"):
        if left.name.isdigit() and not is_alive(int(left.name)):
            shutil.rmtree(left, ignore_errors=True)


def folder_of_run():
    RUNS.mkdir(parents=True, exist_ok=True)
    runs = RUNS if can_reach(RUNS) else shelter(RUNS)
    sweep(runs)
    return runs / str(os.getpid())


def prepare_environment():
    """Set the variables that settings.py reads; give the server's port and password."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["VAR_DIR"] = f"{os.environ['VAR_DIR']}/{worker}"
        return
    os.environ |= {
        "DEBUG": "1",
        "SECRET_KEY": "tests-only-" + "0" * 50,
        "SITE_URL": "http://testserver",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "VAR_DIR": str(folder_of_run()),
        "TIME_ZONE": "Asia/Shanghai",
    }
    for name in (
        "EMAIL_URL",
        "STORAGE_URL",
        "PROCESS",
        "PROXIES",
        "MAIL_COPY_TO",
        "SCAN_COMMAND",
        "INTAKE_URL",
    ):
        os.environ.pop(name, None)
    if "DATABASE_URL" not in os.environ:
        password, port = secrets.token_urlsafe(12), free_port()
        os.environ["DATABASE_URL"] = f"postgres://agency:{password}@127.0.0.1:{port}/agency"
        os.environ[OWN_SERVER] = f"{port} {password}"


prepare_environment()


# --- room for deep calls ------------------------------------------------------------------------

# CPython keeps the frames of a thread in pieces of 16 KB, asks the system for each and gives it
# back at once: a loop that calls over an edge pays two system calls for every step. What a test
# calls lies deep, so it met such edges half a million times in a hundred tests, a sixth of their
# time. Below a function that claims a large stack all frames fit into its own piece.
ROOM = 70_000  # words, of a piece of 1 MB


def with_room(method):
    def call(self):
        return method(self)

    call.__code__ = call.__code__.replace(co_stacksize=ROOM)
    return functools.wraps(method)(call)


pytest.Function.setup = with_room(pytest.Function.setup)
pytest.Function.runtest = with_room(pytest.Function.runtest)


# --- server and sharing out ---------------------------------------------------------------------


class Server:
    """The PostgreSQL of the run, stopped at its end with all its files."""

    postgres = None


def pytest_configure(config):
    """Start before the first test; in the main thread, as the death signal wants it."""
    if "PYTEST_XDIST_WORKER" in os.environ or config.option.collectonly:
        return
    # a stopped run cleans up after itself like a finished one
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if OWN_SERVER in os.environ:
        port, password = os.environ[OWN_SERVER].split(" ")
        folder = Path(os.environ["VAR_DIR"])
        Server.postgres = Postgres(folder, password, int(port), SETTINGS).start()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """Each process compiles its share of the tests first, and finds those of the others done."""
    if session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        for path in sorted(ROOT.glob("tests/**/test_*.py"))[number::count]:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return (yield)


class Together(LoadScopeScheduling):
    """Each test to whoever is free, but some files whole to one process, and those first."""

    def _split_scope(self, nodeid):
        return next((path for path in TOGETHER if nodeid.startswith(path)), nodeid)


def pytest_xdist_make_scheduler(config, log):
    return Together(config, log)


def pytest_unconfigure():
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    if Server.postgres:
        Server.postgres.stop()
    shutil.rmtree(os.environ["VAR_DIR"], ignore_errors=True)
