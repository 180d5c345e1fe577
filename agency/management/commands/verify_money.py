from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from budgets.reports.proof import findings


class Command(BaseCommand):
    help = "Check that every figure, invoice and payment adds up. Exit 1 when one does not."

    def handle(self, *args, **options):
        found = 0
        for line in findings(timezone.now()):
            self.stdout.write(line)
            found += 1
        if found:
            raise CommandError(f"The money does not add up in {found} places.")
        self.stdout.write("All figures add up.")
