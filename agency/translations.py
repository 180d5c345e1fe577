"""Compile the translations, and say what they lack, without gettext's programs."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"


def compile_all(folder=LOCALE):
    """Write each .mo that is older than its .po."""
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(target))


def problems(path):
    """What keeps one .po from being complete, a line each."""
    catalogue = polib.pofile(str(path))
    lines = [f"no translation: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    lines += [f"not sure: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    lines += [f"no longer used: {entry.msgid!r}" for entry in catalogue.obsolete_entries()]
    return lines


def keys(text):
    """What a .po holds, as (context, string)."""
    return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(text) if not entry.obsolete}
