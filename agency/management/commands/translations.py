"""Collect the strings of the source, compile the translations, or check that they are complete."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import makemessages
from django.test.utils import override_settings

from agency.translations import LOCALE, ROOT, compile_all, keys, problems

LOCALE_NAME = "zh_Hans"
CATALOGUE = Path(LOCALE_NAME) / "LC_MESSAGES" / "django.po"
NOT_SOURCE = {"tests", "bench", "docs", "staticfiles", "locale", "var"}


class Collect(makemessages.Command):
    """A new string stays empty: a guess from a similar one is worse than none."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def copy_source(place):
    """The folders that hold strings. Collecting writes beside the templates, so never in ours."""
    ignore = shutil.ignore_patterns("__pycache__", "fonts", "migrations")
    for folder in ROOT.glob("[!.]*/"):
        if folder.is_dir() and folder.name not in NOT_SOURCE:
            shutil.copytree(folder, place / folder.name, ignore=ignore)


def collect(old=None):
    """The strings of the source as a .po, with the translations of `old`. Needs gettext."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        copy_source(place)
        fresh = place / "locale" / CATALOGUE
        fresh.parent.mkdir(parents=True)
        if old and old.exists():
            shutil.copy(old, fresh)
        with contextlib.chdir(place), override_settings(LOCALE_PATHS=[place / "locale"]):
            call_command(
                Collect(),
                locale=[LOCALE_NAME],
                no_obsolete=True,
                no_wrap=True,
                add_location="never",
                verbosity=0,
            )
        return fresh.read_text()


def out_of_date(path):
    """Strings that only the source or only the .po has, a line each."""
    fresh, here = keys(collect()), keys(path.read_text())
    lines = [f"not collected: {text!r}" for _, text in sorted(fresh - here, key=str)]
    return lines + [f"not in the source: {text!r}" for _, text in sorted(here - fresh, key=str)]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--collect", action="store_true", help="bring the .po up to date first")
        what.add_argument("--check", action="store_true", help="fail when anything is missing")

    def handle(self, *args, **options):
        path = LOCALE / CATALOGUE
        if options["collect"]:
            path.write_text(collect(path))
        compile_all()
        lines = problems(path) if path.exists() else [f"{path} is missing"]
        if options["check"] and not lines:
            lines = out_of_date(path)
        for line in lines:
            self.stdout.write(line)
        if options["check"] and lines:
            raise CommandError(f"{len(lines)} strings to look at: run `make messages`.")
