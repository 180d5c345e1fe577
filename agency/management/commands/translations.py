"""Collect the strings of the source, compile the translations, or check that they are complete."""

import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from agency.translations import LOCALE, compile_all, keys, problems

LOCALE_NAME = "zh_Hans"
IGNORED = ["var/*", ".venv/*", "staticfiles/*", "tests/*", "bench/*", "docs/*"]


def collect(folder=LOCALE):
    """Write the strings of the source into `folder` (needs gettext's programs)."""
    folder.mkdir(exist_ok=True)
    with override_settings(LOCALE_PATHS=[folder]):
        call_command(
            "makemessages",
            locale=[LOCALE_NAME],
            ignore_patterns=IGNORED,
            no_obsolete=True,
            no_wrap=True,
            add_location="never",
            verbosity=0,
        )


def out_of_date(path):
    """Strings that only the source or only the .po has, a line each."""
    with tempfile.TemporaryDirectory() as name:
        collect(Path(name))
        fresh = keys(Path(name) / path.relative_to(LOCALE))
    here = keys(path)
    lines = [f"not collected: {text!r}" for _, text in sorted(fresh - here, key=str)]
    return lines + [f"not in the source: {text!r}" for _, text in sorted(here - fresh, key=str)]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--collect", action="store_true", help="bring the .po up to date first")
        what.add_argument("--check", action="store_true", help="fail when anything is missing")

    def handle(self, *args, **options):
        if options["collect"]:
            collect()
        compile_all()
        path = LOCALE / LOCALE_NAME / "LC_MESSAGES" / "django.po"
        lines = problems(path) if path.exists() else [f"{path} is missing"]
        if options["check"] and not lines:
            lines = out_of_date(path)
        for line in lines:
            self.stdout.write(line)
        if options["check"] and lines:
            raise CommandError(f"{len(lines)} strings to look at: run `make messages`.")
