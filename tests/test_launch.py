"""The launcher as a newcomer meets it: a real one, in a folder of its own."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agency.children import free_port, is_free
from agency.environment import BOOT_ERROR

ROOT = Path(__file__).parent.parent
SLOW_MACHINE_SECONDS = 60


@pytest.fixture(scope="module")
def folder():
    """A var/ of its own, as after a first run: the demo agency has its own tests."""
    path = Path(os.environ["VAR_DIR"]) / "launch"
    path.mkdir(parents=True)
    (path / "demo.done").touch()
    return path


@pytest.fixture
def environment(folder):
    """A newcomer's environment: none of the product's variables but port and folder."""
    mine = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "SITE_URL", "ALLOWED_HOSTS")
    kept = {name: value for name, value in os.environ.items() if name not in mine}
    return kept | {"VAR_DIR": str(folder), "PORT": str(free_port())}


class Run:
    """One launcher; what it printed, its ports and all processes below it."""

    def __init__(self, environment):
        self.child = subprocess.Popen(
            [sys.executable, "-m", "agency.launch", "run"],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def wait_until_up(self):
        for line in self.child.stdout:
            self.said += line
            if "Ctrl-C" in line:
                return self
        raise AssertionError(self.said)

    def below(self):
        return descendants(self.child.pid)

    def end(self, signum):
        self.child.send_signal(signum)
        with self.child.stdout:
            self.said += self.child.stdout.read()
        return self.child.wait(SLOW_MACHINE_SECONDS)


def descendants(pid):
    """All processes that a process started, and theirs."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *descendants(child)]
    return found


def is_running(pid):
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_for_end(pids, seconds):
    end = time.monotonic() + seconds
    while any(map(is_running, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    return [pid for pid in pids if is_running(pid)]


@pytest.fixture
def start_run(environment):
    runs = []

    def start():
        runs.append(Run(environment))
        return runs[-1].wait_until_up()

    yield start
    for run in runs:
        if run.child.poll() is None:
            run.end(signal.SIGTERM)


def closed_within(seconds, numbers):
    """Whether nobody listens on any of the ports any more, in time."""
    end = time.monotonic() + seconds
    while not all(map(is_free, numbers)):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def ports(folder):
    """The ports of database and broker, from the note for manage.py."""
    lines = (folder / "dev.env").read_text().splitlines()
    urls = [value for name, _, value in (line.partition("=") for line in lines) if "_URL" in name]
    return [int(url.rpartition(":")[2].partition("/")[0]) for url in urls]


@pytest.mark.slow
def test_killed_launcher_takes_all_down(start_run, folder, environment):
    run = start_run()
    below = run.below()
    run.end(signal.SIGKILL)
    assert len(below) >= 6
    assert closed_within(10, [*ports(folder), int(environment["PORT"])])
    assert wait_for_end(below, seconds=10) == []


@pytest.mark.slow
def test_next_run_heals_and_sigterm_leaves_nothing(start_run, folder, environment):
    run = start_run()
    below = run.below()
    begun = time.monotonic()
    assert run.end(signal.SIGTERM) == 0
    assert time.monotonic() - begun < 10
    assert [pid for pid in below if is_running(pid)] == []
    assert f"http://127.0.0.1:{environment['PORT']}/" in run.said
    assert "ae1 am1 ad1 gad1" in run.said


def launch(environment, command="run"):
    return subprocess.run(
        [sys.executable, "-m", "agency.launch", command],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SLOW_MACHINE_SECONDS,
        check=False,
    )


@pytest.mark.slow
def test_taken_port_is_said_in_one_sentence(environment):
    with socket.create_server(("127.0.0.1", int(environment["PORT"]))):
        done = launch(environment)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {environment['PORT']} is taken by another program: stop that one, or take another "
        f"port with PORT={int(environment['PORT']) + 1} make run"
    )


def test_second_run_is_refused(environment, folder):
    with (folder / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = launch(environment)
    assert done.stderr.strip() == "`make run` is running here already: stop it first."


def test_demo_never_touches_a_database_of_ones_own(environment):
    done = launch(environment | {"DATABASE_URL": "postgres://db.example/agency"}, "demo")
    assert done.returncode == 1
    assert "renews only the private database" in done.stderr


OWN_SERVERS = {"DATABASE_URL": "postgres://db.example/x", "REDIS_URL": "redis://broker.example/0"}


def environment_of(site, environment):
    """What the processes of a site are given when the servers are one's own."""
    program = (
        "import contextlib, json; from agency.launch import VAR, Site\n"
        "with contextlib.ExitStack() as stack:\n"
        f"    print(json.dumps({site}.environment))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | OWN_SERVERS,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_own_servers_are_used_as_they_are(environment):
    """With DATABASE_URL and REDIS_URL set it starts neither."""
    assert OWN_SERVERS.items() <= environment_of("Site(stack)", environment).items()


def test_a_bench_keeps_away_from_the_papers_of_a_run(environment, folder):
    given = environment_of("Site(stack, VAR / 'bench')", environment)
    assert given["VAR_DIR"] == str(folder / "bench")


def test_a_setting_that_stops_the_start_is_one_sentence(environment):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=environment | {"DEBUG": "0", "SECRET_KEY": "x" * 50},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == BOOT_ERROR
    assert done.stderr.startswith("SITE_URL is not set: with DEBUG off the site does not start")
    assert len(done.stderr.splitlines()) == 1


def test_secrets_stay_the_same_and_private(environment, folder):
    program = "from agency.launch import secret; print(secret('test'))"
    words = [
        subprocess.check_output([sys.executable, "-c", program], env=environment, cwd=ROOT)
        for _ in range(2)
    ]
    assert words[0] == words[1]
    assert len(words[0]) > 40
    assert (folder / "secrets.json").stat().st_mode & 0o777 == 0o600
