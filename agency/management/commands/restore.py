from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agency.backup import BackupError
from agency.restore import faults, restore


class Command(BaseCommand):
    help = "Bring a backup back into an empty database; no mail leaves until resume_mail."
    # there is nothing in the database yet that a check could look at
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("path")
        parser.add_argument(
            "--verify", action="store_true", help="then check files, audit trail and indexes"
        )

    def handle(self, *args, **options):
        try:
            manifest = restore(options["path"], timezone.now(), self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        if options["verify"]:
            self.verify(manifest)

    def verify(self, manifest):
        found = list(faults(manifest, self.stdout.write))
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"The restored site has {len(found)} faults.")
        self.stdout.write("Verified: files, counts and audit trail are those of the backup.")
