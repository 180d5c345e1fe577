"""Set-up: says what is missing, does nothing twice, and notices a lock file that is behind."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agency import setup
from agency.children import Trouble

ROOT = Path(__file__).parent.parent


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A copy of the lock files to play with; the packages stay where they are."""
    for path in ROOT.glob("requirements*.*"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    return tmp_path


def test_lock_files_are_current():
    assert setup.check_locks() is None


def test_lock_file_behind_its_source_is_named(elsewhere):
    source = elsewhere / "requirements.in"
    source.write_text(source.read_text().replace("polib==1.2.0\n", ""))
    with pytest.raises(Trouble, match=r"requirements\.txt is not current: run `make lock`"):
        setup.check_locks()


def test_changed_lock_file_asks_for_a_new_installation(elsewhere):
    before = setup.stamp_of("run")
    (elsewhere / "requirements.txt").write_text("django==5.2.19\n")
    assert setup.stamp_of("run") != before


def test_what_the_tests_need_holds_what_a_run_needs():
    assert setup.is_ready("test")
    assert setup.is_ready("run")


def test_second_setup_is_silent():
    done = subprocess.run(
        [sys.executable, "-m", "agency.setup", "test"], cwd=ROOT, capture_output=True, check=True
    )
    assert done.stdout + done.stderr == b""


OPTIMIZED = "'--enable-optimizations' '--with-lto'"


@pytest.mark.parametrize(
    ("built", "has_system", "wanted"),
    [
        (OPTIMIZED, True, "ours"),
        ("'--prefix=/x'", True, "system"),
        ("'--prefix=/x'", False, "ours"),
    ],
)
def test_python_is_the_system_s_where_ours_is_slow(
    monkeypatch, tmp_path, built, has_system, wanted
):
    system = tmp_path / "python3"
    if has_system:
        system.symlink_to(sys.executable)
    monkeypatch.setattr(setup, "SYSTEM_PYTHON", system)
    monkeypatch.setattr(setup.sysconfig, "get_config_var", lambda _name: built)
    found = setup.python_to_use.__wrapped__()
    assert found == ({"ours": sys.executable, "system": system}[wanted], sys.version)


def test_full_disk_is_said_before_anything_is_done(monkeypatch):
    monkeypatch.setattr(setup, "MEGABYTES", {"run": 10**9})
    monkeypatch.setattr(setup, "stamp_of", lambda kind: "another")
    with pytest.raises(Trouble, match=r"Only \d+ MB are free at .*: make room for 1000000000 MB"):
        setup.check_room("run")


def test_missing_library_is_named_by_its_package(monkeypatch):
    monkeypatch.setattr(setup, "LIBRARIES", {"libpango-1.0-0": "surely-not-there"})
    assert "libpango-1.0-0" in setup.missing_packages("run")


def test_failing_program_tells_its_last_words():
    with pytest.raises(Trouble, match=r"python.* failed: no luck"):
        setup.run(sys.executable, "-c", "raise SystemExit('no luck')")
