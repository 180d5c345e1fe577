"""Translations: compiled without gettext, and complete."""

import ast
import gettext
import os
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from agency.translations import LOCALE, compile_all, keys, problems


@pytest.fixture
def catalogue(tmp_path):
    """A .po of three strings: one done, one unsure, one empty."""
    path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid="Contact report", msgstr="会晤报告"))
    file.append(polib.POEntry(msgid="Call", msgstr="电话", flags=["fuzzy"]))
    file.append(polib.POEntry(msgid="Client", msgctxt="kind"))
    file.save(str(path))
    return path


def test_compiled_catalogue_translates(catalogue, tmp_path):
    compile_all(tmp_path)
    with catalogue.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Contact report") == "会晤报告"


def test_only_older_files_are_compiled(catalogue, tmp_path):
    target = catalogue.with_suffix(".mo")
    target.write_bytes(b"as it was")
    compile_all(tmp_path)
    assert target.read_bytes() == b"as it was"
    os.utime(target, (0, 0))
    compile_all(tmp_path)
    assert target.read_bytes() != b"as it was"


def test_problems_name_each_string(catalogue):
    assert problems(catalogue) == ["no translation: 'Client'", "not sure: 'Call'"]


def test_keys_tell_contexts_apart(catalogue):
    assert keys(catalogue.read_text()) == {
        (None, "Contact report"),
        (None, "Call"),
        ("kind", "Client"),
    }


def test_chinese_is_complete(capsys):
    """Every string of the source, and no other, has its Chinese."""
    try:
        call_command("translations", "--check")
    except CommandError:
        pytest.fail(capsys.readouterr().out)


def asked(path):
    """(context, words) of every string that the file asks the catalogue for."""
    tree = ast.parse(path.read_text())
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            known |= {name.asname or name.name: name.name for name in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = tuple(arg.value for arg in node.args if isinstance(arg, ast.Constant))
            kind = known.get(node.func.id, "").removesuffix("_lazy")
            if kind == "gettext" and words:
                yield (None, words[0])
            elif kind == "pgettext" and len(words) == 2:
                yield words


def test_every_string_of_the_code_is_in_the_catalogue():
    """The collector does not look into f-strings: what stands there it would miss."""
    path = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
    there = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(path))}
    apps = ("accounts", "archives", "jobs", "budgets", "meetings", "agency")
    files = [file for app in apps for file in Path(app).rglob("*.py")]
    wanted = {words for file in files for words in asked(file)}
    assert len(wanted) > 1000
    assert sorted(wanted - there, key=str) == []


def test_no_translation_is_left_uncompiled():
    compile_all()
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        assert path.with_suffix(".mo").stat().st_mtime >= path.stat().st_mtime
