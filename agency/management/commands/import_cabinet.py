"""`manage.py import_cabinet FOLDER|ZIP --by ae1 [--list papers.xlsx] [--preview]`."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from agency.common.errors import Refused
from archives.cabinet import Cabinet, items
from archives.reports.incoming import known_clients
from archives.services.cabinets import bring_in


class Command(BaseCommand):
    help = (
        "File the papers of an old cabinet: a folder or a ZIP, with a sheet that says what they "
        "are. What lacks client, kind or date waits under “To be filed”. Stopped half-way, call "
        "it again: nothing is filed twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("place", help="the folder or the ZIP")
        parser.add_argument("--by", required=True, help="login of who files them, for own clients")
        parser.add_argument(
            "--list", help="XLSX with: file, client, kind, dated, title, job, source"
        )
        parser.add_argument("--preview", action="store_true", help="say what would be done")

    def handle(self, *args, place, by, preview, **options):
        at = timezone.now()
        person = User.objects.active().filter(username=by.lower()).first()
        if person is None:
            raise CommandError(f"Nobody active has the login {by}.")
        try:
            cabinet = Cabinet(place, options["list"])
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        clients = known_clients(person, at=at)
        self.codes = {known.key: known.code for known in clients}
        done = Counter()
        for item in items(cabinet, clients, timezone.localdate(at)):
            done[self.one(cabinet, item, person, at, preview)] += 1
        self.stdout.write(", ".join(f"{count} {what}" for what, count in sorted(done.items())))

    def one(self, cabinet, item, person, at, preview):
        if preview:
            what, why = ("complete" if item.is_complete else "to be filed by hand"), ""
        else:
            what, why = bring_in(cabinet=cabinet, item=item, by=person, at=at)
        known = (self.codes.get(item.client), item.kind, item.dated_on, item.job_number, why)
        self.stdout.write(f"{what}\t{item.path}\t" + "\t".join(str(one or "–") for one in known))
        return what
