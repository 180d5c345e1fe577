"""Who gets what answer where: the table that the permission test asks (C8)."""

import csv

from django.core.management.base import BaseCommand
from django.urls import get_resolver

from agency.rights import LINES, PEOPLE

HEAD = ("address", "name", "method", "about", *PEOPLE)


def addresses(resolver=None, path="/", space=""):
    """Yield (pattern, name) of every address."""
    for one in (resolver or get_resolver()).url_patterns:
        here = f"{path}{one.pattern}"
        if hasattr(one, "url_patterns"):
            yield from addresses(one, here, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield here, f"{space}{one.name}"


def rows():
    """One row for each address, method and whose thing it is about."""
    for pattern, name in addresses():
        line = LINES[name]
        for is_own in [True, False] if line.thing else [True]:
            about = "" if not line.thing else "own client" if is_own else "other client"
            for method in ("GET", "POST"):
                answers = [line.answer(method, person, is_own) for person in PEOPLE]
                yield [pattern, name, method, about, *answers]


class Command(BaseCommand):
    help = "Every address, kind of person, GET and POST, with the answer it gives."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "csv"], default="text")

    def handle(self, *args, **options):
        if options["format"] == "csv":
            csv.writer(self.stdout).writerows([HEAD, *rows()])
            return
        table = [[str(cell) for cell in row] for row in (HEAD, *rows())]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        for row in table:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
