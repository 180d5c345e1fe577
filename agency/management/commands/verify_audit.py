from django.core.management.base import BaseCommand, CommandError

from agency.common.models import AuditEntry
from agency.common.services.audit import breaks, head


class Command(BaseCommand):
    help = "Check that the audit trail is complete and unbroken. Exit 1 when it is not."

    def add_arguments(self, parser):
        parser.add_argument("--head", default="", help="a head noted earlier: finds a cut tail")

    def handle(self, *args, **options):
        found = list(breaks(known_head=options["head"]))
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"The audit trail is broken in {len(found)} places.")
        self.stdout.write(f"{AuditEntry.objects.count()} entries, head {head()}")
