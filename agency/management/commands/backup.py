from django.core.management.base import BaseCommand, CommandError

from agency.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Write database and files as one consistent set into a new folder (docs/backup.md)."

    def add_arguments(self, parser):
        parser.add_argument("path")

    def handle(self, *args, **options):
        try:
            manifest = back_up(options["path"], self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        for sha256, fault in manifest["faults"].items():
            self.stderr.write(f"{fault}: {sha256}")
        if manifest["faults"]:
            raise CommandError("The backup is made, but these files were ill in the store.")
        rows = sum(manifest["counts"].values())
        self.stdout.write(f"{rows:,} rows and {len(manifest['files']):,} files are saved.")
