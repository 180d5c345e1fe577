"""`make run`: private servers, web, worker and beat from one process that takes all down with it.

`python -m agency.launch run|demo|bench`. Needs the packages (agency/setup.py installs them).
"""

import contextlib
import errno
import fcntl
import http.client
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from agency import children
from agency.children import Trouble, last_line, start, stop
from agency.demo.cast import PASSWORD
from agency.servers import Postgres, Valkey
from agency.translations import compile_all

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve()
LOGS = VAR / "log"
PORT = int(os.environ.get("PORT", "8000"))
OWN_DATABASE = "DATABASE_URL" not in os.environ

PYTHON = sys.executable
CELERY = [PYTHON, "-m", "celery", "-A", "agency"]
PROCESSES = {
    "web": [
        *(PYTHON, "-m", "gunicorn", "agency.wsgi", "--bind", f"127.0.0.1:{PORT}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--graceful-timeout", "3", "--no-control-socket"),
    ],
    "worker": [*CELERY, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"],
    "beat": [*CELERY, "beat"],
}
# What the kernel sends when we were killed. A worker asked kindly waits for a broker that is gone.
DEATH_SIGNALS = {"web": signal.SIGQUIT, "worker": signal.SIGKILL, "beat": signal.SIGTERM}
STOP_SECONDS = 6
# A process that lived this long is started again when it ends; one that did not is broken.
LONG_ENOUGH_SECONDS = 20

LOGINS = "ae1 am1 ad1 gad1 finance1 management1 creative1 media1 production1 admin1"


# --- what a run keeps under var/ ---------------------------------------------------------------


@contextlib.contextmanager
def only_one():
    """One run in a checkout. The lock ends with the process, however that ends."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "run.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("`make run` is running here already: stop it first.") from None
        yield


def write_private(path, text):
    """All of the text or none, for our eyes only."""
    new = path.with_name(f"{path.name}.new")
    new.touch(mode=0o600)
    new.write_text(text)
    new.rename(path)


def secret(name):
    """A random word kept for this checkout's servers and sessions."""
    path = VAR / "secrets.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    if name not in known:
        known[name] = secrets.token_urlsafe(40)
        write_private(path, json.dumps(known))
    return known[name]


# --- one run -----------------------------------------------------------------------------------


class Site:
    """The servers and processes of one run, and the environment they share."""

    def __init__(self, stack, folder=VAR):
        """Start the servers that the environment does not name; `stack` stops them."""
        LOGS.mkdir(parents=True, exist_ok=True)
        defaults = {
            "DEBUG": "1",
            "SECRET_KEY": secret("key"),
            "PORT": str(PORT),
            "SITE_URL": f"http://127.0.0.1:{PORT}",
        }
        self.environment = defaults | os.environ | {"VAR_DIR": str(folder)}
        if OWN_DATABASE:
            self.postgres = Postgres(folder, secret("database"))
            self.start_server(stack, self.postgres, "DATABASE_URL")
        if "REDIS_URL" not in os.environ:
            self.start_server(stack, Valkey(folder, secret("broker")), "REDIS_URL")

    def start_server(self, stack, server, variable):
        stack.callback(server.stop)
        self.environment[variable] = server.start().url

    @property
    def is_debug(self):
        return self.environment["DEBUG"].lower() in ("1", "true", "yes", "on")

    def note(self):
        """Leave the addresses for manage.py by hand (settings.py reads them)."""
        names = ("DEBUG", "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SITE_URL", "PORT")
        lines = [f"{name}={self.environment[name]}\n" for name in names]
        write_private(VAR / "dev.env", "".join(lines))

    def manage(self, *args):
        """Run manage.py; Trouble with its last words when it fails."""
        path = LOGS / "manage.log"
        with path.open("wb") as log:
            child = start([PYTHON, "manage.py", *args], env=self.environment, cwd=ROOT, stderr=log)
        try:
            code = child.wait()
        finally:
            stop(child)
        if code:
            raise Trouble(f"manage.py {args[0]} failed: {last_line(path)} (all of it: {path})")

    def prepare(self):
        compile_all()
        self.manage("migrate", "--verbosity", "0")
        if not self.is_debug:
            self.manage("collectstatic", "--no-input", "--verbosity", "0")
        elif OWN_DATABASE:
            self.fill_demo()

    def fill_demo(self):
        """The demo agency, once. One left half filled is dropped: nothing in it is anybody's."""
        begun, done = VAR / "demo.begun", VAR / "demo.done"
        if done.exists():
            return
        if begun.exists():
            self.empty()
        begun.touch()
        print("Filling the demo agency (once, up to three minutes) …", flush=True)
        self.manage("demo")
        begun.rename(done)

    def empty(self):
        """A private database and store as on the first day."""
        self.postgres.drop_database()
        for name in ("files", "mail"):
            shutil.rmtree(VAR / name, ignore_errors=True)
        for name in ("demo.begun", "demo.done"):
            (VAR / name).unlink(missing_ok=True)
        self.manage("migrate", "--verbosity", "0")

    def start_process(self, name):
        """Start web, worker or beat, its words going to its log."""
        with (LOGS / f"{name}.log").open("ab") as log:
            child = start(
                PROCESSES[name],
                death_signal=DEATH_SIGNALS[name],
                env=self.environment | {"PYTHONUNBUFFERED": "1"},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        child.started_at = time.monotonic()
        return child

    @contextlib.contextmanager
    def processes(self):
        """All three, up; all ended together on the way out."""
        running = {}
        try:
            for name in PROCESSES:
                running[name] = self.start_process(name)
            children.wait_until(web_answers, running["web"], "The web process", LOGS / "web.log")
            yield running
        finally:
            stop_all(running.values())

    def watch(self, running):
        """Until a signal ends us: start again what fell over, give up on what cannot stand."""
        while True:
            time.sleep(0.5)
            for name, child in running.items():
                if child.poll() is None:
                    continue
                if time.monotonic() - child.started_at < LONG_ENOUGH_SECONDS:
                    raise Trouble(f"{name} does not run: {last_line(LOGS / f'{name}.log')}")
                print(f"{name} ended ({child.returncode}) and is started again.", flush=True)
                running[name] = self.start_process(name)

    def welcome(self):
        """The block that a newcomer reads."""
        address = self.environment["SITE_URL"]
        mails = f"{address}/mail/  (kept in {VAR / 'mail'})"
        lines = [
            ("address", f"{address}/"),
            ("log in as", LOGINS),
            ("password", PASSWORD),
            ("mails", "to EMAIL_URL" if self.environment.get("EMAIL_URL") else mails),
            ("logs", str(LOGS)),
            ("stop", "Ctrl-C"),
        ]
        print("\n" + "".join(f"  {name:<11}{text}\n" for name, text in lines), flush=True)


def stop_all(running):
    """Ask all at once, so that the slowest sets the time."""
    for child in running:
        if child.poll() is None:
            child.send_signal(child.stop_signal)
    end = time.monotonic() + STOP_SECONDS
    for child in running:
        stop(child, max(0.1, end - time.monotonic()))


def web_answers():
    """Whether the web process answers anything at all."""
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(line):
        line.request("GET", "/healthz/")
        return bool(line.getresponse().status)
    return False


# --- commands ----------------------------------------------------------------------------------


def run():
    with contextlib.ExitStack() as stack:
        stack.enter_context(only_one())
        children.claim_port(PORT)
        site = Site(stack)
        site.note()
        site.prepare()
        running = stack.enter_context(site.processes())
        site.welcome()
        site.watch(running)


def demo():
    """The demo agency as on the first day."""
    if not OWN_DATABASE:
        raise Trouble("DATABASE_URL is set: `make demo` renews only the private database.")
    with contextlib.ExitStack() as stack:
        stack.enter_context(only_one())
        site = Site(stack)
        site.note()
        site.empty()
        site.prepare()


def bench():
    """Figures from an empty database of their own (bench/ says what is timed)."""
    with contextlib.ExitStack() as stack:
        site = Site(stack, VAR / "bench")
        if OWN_DATABASE:
            site.postgres.drop_database()
            shutil.rmtree(VAR / "bench" / "files", ignore_errors=True)
        done = start([PYTHON, "-m", "bench", *sys.argv[2:]], env=site.environment, cwd=ROOT)
        stack.callback(stop, done)
        sys.exit(done.wait())


COMMANDS = {"run": run, "demo": demo, "bench": bench}


def stop_on_signals():
    """Ctrl-C, SIGTERM and a closed terminal end us alike, once."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(_signum, _frame):
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        raise SystemExit(0)

    for number in signals:
        signal.signal(number, end)
    if "MAKELEVEL" in os.environ:
        children.follow_parent()  # make itself may be killed the hard way


def main(command):
    stop_on_signals()
    try:
        COMMANDS[command]()
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit(f"\nThe disk is full: make room at {VAR} and start again.")


if __name__ == "__main__":
    main(sys.argv[1])
