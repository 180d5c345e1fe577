from django.core.management.base import BaseCommand, CommandError

from archives.verify import findings

EVERY = 1000


class Command(BaseCommand):
    help = (
        "Compare every stored file with its recorded hash. Exit 1 when one is missing or changed."
    )

    def handle(self, *args, **options):
        self.total = 0
        found = list(findings(self.progress))
        for finding in found:
            self.stdout.write(str(finding))
        losses = [finding for finding in found if finding.is_loss]
        if losses:
            raise CommandError(f"{len(losses)} of {self.total} files are missing or changed.")
        self.stdout.write(f"{self.total} files, all whole.")

    def progress(self, done, total):
        self.total = total
        if done % EVERY == 0:
            self.stdout.write(f"{done:,} of {total:,} …")
