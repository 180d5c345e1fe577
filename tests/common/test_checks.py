"""What the system check says about printing; the deploy checks are in tests/test_settings.py."""

from agency.common import checks


def test_machine_of_the_tests_prints_well():
    assert checks.libraries(None) == []


def test_missing_pango_is_an_error_with_the_way_out(monkeypatch):
    monkeypatch.setattr(checks, "NEEDED", ("surely-not-there",))
    (found,) = checks.libraries(None)
    assert found.id == "agency.E001"
    assert found.hint.startswith("apt-get install libpango-1.0-0")


def test_missing_subsetter_is_only_a_warning(monkeypatch):
    find = checks.ctypes.util.find_library
    monkeypatch.setattr(
        checks.ctypes.util, "find_library", lambda name: None if "subset" in name else find(name)
    )
    (found,) = checks.libraries(None)
    assert found.id == "agency.W001"
